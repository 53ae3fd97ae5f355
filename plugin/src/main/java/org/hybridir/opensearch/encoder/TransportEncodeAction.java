package org.hybridir.opensearch.encoder;

import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.HandledTransportAction;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportService;

/** Encodes texts on this node. */
public final class TransportEncodeAction extends HandledTransportAction<EncodeRequest, EncodeResponse> {
    private final NodeEncoders encoders;

    @Inject
    public TransportEncodeAction(
            TransportService transportService, ActionFilters actionFilters, NodeEncoders encoders) {
        super(EncodeAction.NAME, transportService, actionFilters, EncodeRequest::new);
        this.encoders = encoders;
    }

    @Override
    protected void doExecute(Task task, EncodeRequest request, ActionListener<EncodeResponse> listener) {
        encoders.encode(
                request.encoder(),
                request.texts(),
                request.role(),
                ActionListener.map(listener, encodings -> new EncodeResponse(request.encoder(), encodings)));
    }
}

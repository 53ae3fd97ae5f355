package org.hybridir.opensearch.encoder;

import org.opensearch.common.inject.Inject;
import org.opensearch.common.lifecycle.AbstractLifecycleComponent;
import org.opensearch.transport.TransportService;

/** Brings the node's task manager, which there is by injection only, to its encoders, which are made before it. */
public final class NodeTasks extends AbstractLifecycleComponent {
    @Inject
    public NodeTasks(TransportService transportService, NodeEncoders encoders) {
        encoders.setTaskManager(transportService.getTaskManager());
    }

    @Override
    protected void doStart() {}

    @Override
    protected void doStop() {}

    @Override
    protected void doClose() {}
}

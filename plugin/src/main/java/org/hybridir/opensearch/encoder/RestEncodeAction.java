package org.hybridir.opensearch.encoder;

import java.io.IOException;
import java.util.List;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestCancellableNodeClient;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

/**
 * {@code POST _hybrid_ir/_encode}:
 *
 * <pre>{@code
 * {"encoder": "mbert", "texts": ["Where is the library?"], "role": "query"}
 * }</pre>
 *
 * and the answer
 *
 * <pre>{@code
 * {"encoder": "mbert", "encodings": [{"vector": [0.01, ...], "tokens": 7, "truncated": false}]}
 * }</pre>
 *
 * Closing the connection cancels the request: what still waits is not encoded.
 */
public final class RestEncodeAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "hybrid_ir_encode";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(Method.POST, "/_hybrid_ir/_encode"), new Route(Method.POST, "/_plugins/_hybrid_ir/_encode"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        request.requiredContent();
        try (XContentParser parser = request.contentParser()) {
            EncodeRequest asked = EncodeRequest.fromXContent(parser);
            return channel -> new RestCancellableNodeClient(client, request.getHttpChannel())
                    .execute(EncodeAction.INSTANCE, asked, new RestToXContentListener<EncodeResponse>(channel));
        }
    }
}

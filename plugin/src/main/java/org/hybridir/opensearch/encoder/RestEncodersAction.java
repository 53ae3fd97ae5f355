package org.hybridir.opensearch.encoder;

import java.util.List;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.RestResponse;
import org.opensearch.rest.action.RestActions;
import org.opensearch.rest.action.RestBuilderListener;
import org.opensearch.transport.client.node.NodeClient;

/**
 * {@code GET _hybrid_ir/encoders} and {@code GET _hybrid_ir/encoders/{name}}. With {@code ?open=true} an encoder that is
 * closed is opened, and one that failed is tried again. The answer:
 *
 * <pre>{@code
 * {"_nodes": {...}, "cluster_name": "...",
 *  "encoders": {"mbert": {"nodes": {"sB4...": {"node": "node-1", "state": "open", "dimension": 768, ...}},
 *                         "missing_on": ["node-2"]}}}
 * }</pre>
 */
public final class RestEncodersAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "hybrid_ir_encoders";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, "/_hybrid_ir/encoders"),
                new Route(Method.GET, "/_hybrid_ir/encoders/{name}"),
                new Route(Method.GET, "/_plugins/_hybrid_ir/encoders"),
                new Route(Method.GET, "/_plugins/_hybrid_ir/encoders/{name}"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        String name = request.param("name");
        EncodersRequest asked = new EncodersRequest(name, request.paramAsBoolean("open", false));
        return channel ->
                client.execute(EncodersAction.INSTANCE, asked, new RestBuilderListener<EncodersResponse>(channel) {
                    @Override
                    public RestResponse buildResponse(EncodersResponse response, XContentBuilder builder)
                            throws Exception {
                        if (name != null && response.byEncoder().isEmpty() && !response.hasFailures()) {
                            return new BytesRestResponse(
                                    channel,
                                    new ResourceNotFoundException("unknown encoder [" + name
                                            + "]: no node has it; GET _hybrid_ir/encoders lists what the nodes have"));
                        }
                        builder.startObject();
                        RestActions.buildNodesHeader(builder, channel.request(), response);
                        builder.field("cluster_name", response.getClusterName().value());
                        response.toXContent(builder, channel.request());
                        builder.endObject();
                        return new BytesRestResponse(RestStatus.OK, builder);
                    }
                });
    }
}

package org.hybridir.opensearch.encoder;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.opensearch.common.Table;
import org.opensearch.core.common.unit.ByteSizeValue;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.RestResponse;
import org.opensearch.rest.action.RestResponseListener;
import org.opensearch.rest.action.cat.AbstractCatAction;
import org.opensearch.rest.action.cat.RestTable;
import org.opensearch.transport.client.node.NodeClient;

/**
 * {@code GET _cat/hybrid_ir}: what {@code GET _hybrid_ir/stats} knows, for people: a line for each node, encoder and lane.
 * What a node does not tell, or an encoder that is not open, is left empty.
 *
 * <pre>{@code
 * node   encoder state precision lane    texts queue wait.p50 wait.p99 run.p50 run.p99 rejected cache.hits breaker
 * node-1 mbert   open  fp32      passage 13014     0       12       48      61     120        0      71.4%   0.7gb
 * node-1 mbert   open  fp32      query     792     0        0        9      14      31        0      71.4%   0.7gb
 * }</pre>
 */
public final class RestCatEncodersAction extends AbstractCatAction {
    /** Of a lane: the column, its alias, its path in the lane's counters, what it is. */
    private record LaneColumn(String name, String alias, List<String> path, boolean shown, String description) {}

    private static final List<LaneColumn> LANE_COLUMNS = List.of(
            new LaneColumn("texts", "t", List.of("texts"), true, "texts encoded"),
            new LaneColumn("tokens", "tok", List.of("tokens"), false, "tokens encoded"),
            new LaneColumn("truncated", "tr", List.of("truncated_texts"), false, "texts that were too long"),
            new LaneColumn("batches", "b", List.of("batches"), false, "forward passes"),
            new LaneColumn("queue", "q", List.of("queued_texts"), true, "texts that wait"),
            new LaneColumn("queue.tokens", "qt", List.of("queued_tokens"), false, "tokens that wait"),
            new LaneColumn("wait.p50", "w50", List.of("wait_ms", "p50"), true, "median wait, ms"),
            new LaneColumn("wait.p99", "w99", List.of("wait_ms", "p99"), true, "99th percentile of waits, ms"),
            new LaneColumn("run.p50", "r50", List.of("run_ms", "p50"), true, "median forward pass, ms"),
            new LaneColumn("run.p99", "r99", List.of("run_ms", "p99"), true, "99th percentile of forward passes, ms"),
            new LaneColumn("rejected", "rej", List.of("rejected_requests"), true, "requests that found the queue full"),
            new LaneColumn(
                    "withdrawn", "wd", List.of("withdrawn_texts"), false, "texts that nobody waited for any more"));

    @Override
    public String getName() {
        return "cat_hybrid_ir_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(Method.GET, "/_cat/hybrid_ir"));
    }

    @Override
    protected void documentation(StringBuilder paths) {
        paths.append("/_cat/hybrid_ir\n");
    }

    @Override
    protected RestChannelConsumer doCatRequest(RestRequest request, NodeClient client) {
        return channel -> client.execute(
                StatsAction.INSTANCE, new StatsRequest(), new RestResponseListener<StatsResponse>(channel) {
                    @Override
                    public RestResponse buildResponse(StatsResponse response) throws Exception {
                        return RestTable.buildResponse(table(response), channel);
                    }
                });
    }

    @Override
    protected Table getTableWithHeader(RestRequest request) {
        return header();
    }

    private static Table header() {
        Table table = new Table().startHeaders();
        table.addCell("node", "alias:n;desc:name of the node");
        table.addCell("encoder", "alias:e;desc:name of the encoder");
        table.addCell("state", "alias:s;desc:closed, opening, open or failed");
        table.addCell("precision", "alias:p;desc:number format of the layers");
        table.addCell("lane", "alias:l;desc:query or passage");
        for (LaneColumn column : LANE_COLUMNS) {
            table.addCell(
                    column.name,
                    "alias:" + column.alias + ";default:" + column.shown + ";text-align:right;desc:"
                            + column.description);
        }
        table.addCell("cache.hits", "alias:ch;text-align:right;desc:share of the node's queries found in the cache");
        table.addCell("breaker", "alias:br;text-align:right;desc:memory that the node's encoders take");
        table.addCell("breaker.limit", "alias:bl;default:false;text-align:right;desc:memory that they may take");
        return table.endHeaders();
    }

    static Table table(StatsResponse response) {
        Table table = header();
        List<NodeReport> nodes = new ArrayList<>(response.getNodes());
        nodes.sort(Comparator.comparing(node -> node.getNode().getName()));
        for (NodeReport node : nodes) {
            String name = node.getNode().getName();
            new TreeMap<>(map(node.content().get("encoders")))
                    .forEach((encoder, stats) -> addEncoder(table, name, node.content(), (String) encoder, map(stats)));
        }
        return table;
    }

    private static void addEncoder(Table table, String node, Map<?, ?> content, String encoder, Map<?, ?> stats) {
        Map<?, ?> lanes = map(stats.get("lanes"));
        if (lanes.isEmpty()) {
            addRow(table, node, content, encoder, stats, null, Map.of());
        }
        new TreeMap<>(lanes)
                .forEach((lane, counters) -> addRow(table, node, content, encoder, stats, lane, map(counters)));
    }

    private static void addRow(
            Table table,
            String node,
            Map<?, ?> content,
            String encoder,
            Map<?, ?> stats,
            Object lane,
            Map<?, ?> counters) {
        table.startRow();
        table.addCell(node);
        table.addCell(encoder);
        table.addCell(stats.get("state"));
        table.addCell(stats.get("precision"));
        table.addCell(lane);
        LANE_COLUMNS.forEach(column -> table.addCell(at(counters, column.path)));
        table.addCell(hitRate(map(content.get("query_cache"))));
        table.addCell(bytes(content, "used_bytes"));
        table.addCell(bytes(content, "limit_bytes"));
        table.endRow();
    }

    private static Object at(Map<?, ?> counters, List<String> path) {
        Object value = counters;
        for (String key : path) {
            value = map(value).get(key);
        }
        return value;
    }

    /** Empty until a query was asked. */
    private static String hitRate(Map<?, ?> cache) {
        double hits = number(cache.get("hits"));
        double asked = hits + number(cache.get("misses"));
        return asked == 0 ? null : String.format(Locale.ROOT, "%.1f%%", 100 * hits / asked);
    }

    private static double number(Object value) {
        return value instanceof Number number ? number.doubleValue() : 0;
    }

    private static ByteSizeValue bytes(Map<?, ?> content, String key) {
        return Optional.ofNullable(map(content.get("breaker")).get(key))
                .map(bytes -> new ByteSizeValue(((Number) bytes).longValue()))
                .orElse(null);
    }

    private static Map<?, ?> map(Object value) {
        return value instanceof Map<?, ?> map ? map : Collections.emptyMap();
    }
}

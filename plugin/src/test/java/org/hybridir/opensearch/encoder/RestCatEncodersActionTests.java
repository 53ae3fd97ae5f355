package org.hybridir.opensearch.encoder;

import static java.util.Collections.emptyList;
import static org.hamcrest.Matchers.equalTo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.opensearch.Version;
import org.opensearch.cluster.ClusterName;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.cluster.node.DiscoveryNodeRole;
import org.opensearch.common.Table;
import org.opensearch.test.OpenSearchTestCase;

public class RestCatEncodersActionTests extends OpenSearchTestCase {
    private static final Map<String, Object> LANE = Map.of(
            "texts",
            13014L,
            "tokens",
            1_000_000L,
            "truncated_texts",
            3L,
            "batches",
            1200L,
            "queued_texts",
            64L,
            "queued_tokens",
            5000L,
            "rejected_requests",
            2L,
            "withdrawn_texts",
            1L,
            "wait_ms",
            Map.of("p50", 12.5, "p90", 30.0, "p99", 48.0),
            "run_ms",
            Map.of("p50", 61.0, "p90", 100.0, "p99", 120.0));

    private static NodeReport report(String node, Map<String, Object> content) {
        return report(node, "id-" + node, content);
    }

    private static NodeReport report(String node, String id, Map<String, Object> content) {
        return new NodeReport(
                new DiscoveryNode(
                        node,
                        id,
                        buildNewFakeTransportAddress(),
                        Map.of(),
                        DiscoveryNodeRole.BUILT_IN_ROLES,
                        Version.CURRENT),
                content);
    }

    private static Map<String, String> row(Table table, int row) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int column = 0; column < table.getHeaders().size(); column++) {
            Object value = table.getRows().get(row).get(column).value;
            if (value != null) {
                cells.put(table.getHeaders().get(column).value.toString(), value.toString());
            }
        }
        return cells;
    }

    public void testALineForEachNodeEncoderAndLane() {
        Map<String, Object> open =
                Map.of("state", "open", "precision", "fp32", "lanes", Map.of("query", Map.of(), "passage", LANE));
        NodeReport first = report(
                "n1",
                Map.of(
                        "encoders",
                        Map.of("mbert", open, "other", Map.of("state", "failed", "error", "why")),
                        "query_cache",
                        Map.of("hits", 5L, "misses", 2L),
                        "breaker",
                        Map.of("used_bytes", 1L << 30, "limit_bytes", 3L << 30)));
        NodeReport older = report("n2", Map.of("encoders", Map.of("mbert", Map.of("state", "closed"))));
        Table table = RestCatEncodersAction.table(
                new StatsResponse(new ClusterName("c"), List.of(older, first), emptyList()));

        assertThat(
                row(table, 0).toString(),
                equalTo(
                        "{node=n1, encoder=mbert, state=open, precision=fp32, lane=passage, texts=13014, tokens=1000000,"
                                + " truncated=3, batches=1200, queue=64, queue.tokens=5000, wait.p50=12.5, wait.p99=48.0,"
                                + " run.p50=61.0, run.p99=120.0, rejected=2, withdrawn=1, cache.hits=71.4%, breaker=1gb,"
                                + " breaker.limit=3gb}"));
        assertThat(
                row(table, 1).toString(),
                equalTo(
                        "{node=n1, encoder=mbert, state=open, precision=fp32, lane=query, cache.hits=71.4%, breaker=1gb,"
                                + " breaker.limit=3gb}"));
        assertThat(
                row(table, 2).toString(),
                equalTo("{node=n1, encoder=other, state=failed, cache.hits=71.4%, breaker=1gb, breaker.limit=3gb}"));
        assertThat(row(table, 3).toString(), equalTo("{node=n2, encoder=mbert, state=closed}"));
        assertThat(table.getRows().size(), equalTo(4));
    }

    public void testNodesOfOneNameHaveLinesEach() {
        Map<String, Object> content = Map.of("encoders", Map.of("mbert", Map.of("state", "closed")));
        Table table = RestCatEncodersAction.table(new StatsResponse(
                new ClusterName("c"),
                List.of(report("n", "id-1", content), report("n", "id-2", content)),
                emptyList()));
        assertThat(table.getRows().size(), equalTo(2));
    }

    /** What is shown unless columns are named is what the class documents. */
    public void testColumnsShown() {
        Table table = new RestCatEncodersAction().getTableWithHeader(null);
        assertThat(
                table.getHeaders().stream()
                        .filter(cell -> !"false".equals(cell.attr.get("default")))
                        .map(cell -> cell.value.toString())
                        .collect(Collectors.joining(" ")),
                equalTo("node encoder state precision lane texts queue wait.p50 wait.p99 run.p50 run.p99 rejected"
                        + " cache.hits breaker"));
    }
}

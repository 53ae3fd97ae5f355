package org.hybridir.opensearch.ingest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.Map;
import org.opensearch.test.OpenSearchTestCase;

public class FieldMapTests extends OpenSearchTestCase {
    public void testNestedAndDottedSayTheSame() {
        FieldMap nested = FieldMap.parse(Map.of("a", Map.of("b", Map.of("text", "vector"))));
        assertThat(FieldMap.parse(Map.of("a.b.text", "vector")), equalTo(nested));
        assertThat(FieldMap.parse(Map.of("a", Map.of("b.text", "vector"))), equalTo(nested));
        assertThat(nested.entries(), equalTo(List.of(new FieldMap.Entry(List.of("a", "b", "text"), "vector"))));
        assertThat(nested.entries().get(0).targetPath(), equalTo("a.b.vector"));
    }

    public void testWhatIsRefused() {
        assertRefused(Map.of(), "names no field");
        assertRefused(Map.of("a", Map.of()), "names no field");
        assertRefused(Map.of("a", 1), "the value of [a] is [1], but must be the name of a vector field");
        assertRefused(Map.of("a", List.of("v")), "the value of [a] is [[v]]");
        assertRefused(Map.of("a", "b.v"), "the vector field [b.v] of [a] must be a plain name without dots");
        assertRefused(Map.of("a", " "), "must be a plain name");
        assertRefused(Map.of("a", "_id"), "[_id] of [a] must not begin with [_]");
        assertRefused(Map.of("a..b", "v"), "the path [a..b] has an empty name");
        assertRefused(Map.of("a", "v", "b", "v"), "two texts share the vector field [v]");
        assertRefused(Map.of("a", "a"), "[a] is both a text and a vector field");
        assertRefused(Map.of("a.".repeat(20) + "a", "v"), "is deeper than the [20] allowed");
    }

    private static void assertRefused(Map<String, Object> config, String message) {
        assertThat(
                expectThrows(IllegalArgumentException.class, () -> FieldMap.parse(config))
                        .getMessage(),
                containsString(message));
    }
}

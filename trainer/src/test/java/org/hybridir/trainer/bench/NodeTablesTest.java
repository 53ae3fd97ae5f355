package org.hybridir.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.hybridir.trainer.bench.Latencies.Percentiles;
import org.junit.jupiter.api.Test;

final class NodeTablesTest {
    private static final Percentiles FAST = new Percentiles(200, 10, 15, 20);
    private static final Percentiles SLOW = new Percentiles(100, 30, 40, 50);

    private static List<String> lines(Consumer<NodeTables> print) {
        StringWriter text = new StringWriter();
        print.accept(new NodeTables(new PrintWriter(text)));
        return text.toString().lines().toList();
    }

    private static Crew.Result crew(int threads, long done, double seconds, Percentiles latencies) {
        return new Crew.Result(threads, done, seconds, latencies, 0, "");
    }

    @Test
    void loads() {
        assertEquals(
                List.of(
                        "1,000 passages written in 20.0 s by 2 writers, alone: 50.0 a second, 0.80 of the offline rate"),
                lines(tables -> tables.load("alone", crew(2, 1000, 20, SLOW), 62.5)));
    }

    @Test
    void countsErrors() {
        Crew.Result failed = new Crew.Result(4, 10, 5, FAST, 3, "POST /x answers [500]: why");
        assertEquals(
                List.of(
                        "idle             4         2.0      10.0      15.0      20.0       3",
                        "the first error: POST /x answers [500]: why"),
                lines(tables -> tables.queries("idle", failed)));
    }

    @Test
    void comparesWithTheSameNumberOfClients() {
        NodeResult result = new NodeResult(
                crew(2, 1000, 20, SLOW),
                List.of(crew(1, 100, 10, SLOW), crew(4, 200, 10, FAST)),
                crew(2, 300, 10, SLOW),
                crew(4, 100, 10, SLOW),
                0);
        List<String> lines = lines(tables -> tables.mixed(result));
        assertEquals("loaded           4        10.0      30.0      40.0      50.0       0", lines.get(0));
        assertEquals(
                "300 passages written in 10.0 s by 2 writers, while 4 clients search: 30.0 a second", lines.get(2));
        assertEquals(
                "p99 is 2.50 times as long under load; 0.60 of the passages a second are written beside searches",
                lines.get(3));
    }

    @Test
    void soaks() {
        SoakResult result = new SoakResult(
                crew(2, 1000, 20, SLOW),
                crew(4, 100, 10, SLOW),
                List.of(
                        new ResidentMemory.Sample(0, 100 << 20, 10 << 20),
                        new ResidentMemory.Sample(10, 200 << 20, 0),
                        new ResidentMemory.Sample(20, 252 << 20, 50 << 20)),
                new VectorCheck(0, 1, 0)
                        .and(new float[] {1, 0}, new float[] {1, 0})
                        .and(new float[] {0, 1}, new float[] {.5f, .75f}));
        List<String> lines = lines(tables -> tables.soak(result));
        assertEquals(
                "resident memory 100 MB at first, 252 MB at last, 10 and 50 MB of it pages of mapped files; the rest grew by 1.00 %"
                        + " of the resident memory over the last two thirds",
                lines.get(5));
        assertEquals(
                "2 vectors of the index beside fresh ones: least cosine 0.7500000, largest difference 5.00e-01",
                lines.get(6));
    }

    @Test
    void vectorsOfOtherLengthsAreRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> new VectorCheck(0, 1, 0).and(new float[2], new float[3]));
        assertEquals("vectors to compare have [2] and [3] numbers", e.getMessage());
    }
}

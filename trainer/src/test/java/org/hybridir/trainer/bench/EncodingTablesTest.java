package org.hybridir.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import org.hybridir.trainer.bench.Contestant.Computed;
import org.hybridir.trainer.bench.Latencies.Percentiles;
import org.junit.jupiter.api.Test;

final class EncodingTablesTest {
    private static List<String> lines(Consumer<EncodingTables> print) {
        StringWriter text = new StringWriter();
        print.accept(new EncodingTables(new PrintWriter(text)));
        return text.toString().lines().map(String::stripTrailing).toList();
    }

    private static Throughput throughput(String name, String peer, int texts, Computed computed, double... seconds) {
        List<Throughput.Turn> turns = DoubleStream.of(seconds)
                .mapToObj(second -> new Throughput.Turn(texts, computed, second))
                .toList();
        return new Throughput(name, Optional.ofNullable(peer), texts, turns);
    }

    /** 100 texts of 10 tokens in 2 s; peers in 4 and 5 s, of which the faster counts; one that takes 10 texts in 1 s. */
    @Test
    void throughputs() {
        Computed computed = new Computed(1000, 1040);
        List<String> lines = lines(tables -> tables.throughput(
                "passages",
                List.of(
                        throughput("ours", null, 100, computed, 2.5, 2, 1.25),
                        throughput("onnx 1x2", "onnx", 100, computed, 5),
                        throughput("onnx 2x1", "onnx", 100, computed, 4),
                        throughput("alone", "alone", 10, new Computed(50, 50), 1))));
        assertEquals(
                "ours                         100      50.0      40.0 .. 80.0       500     3.8 %                2.00"
                        + "          10.00",
                lines.get(2));
        assertEquals(
                "onnx 1x2                     100      20.0      20.0 .. 20.0       200     3.8 %                0.80"
                        + "           4.00",
                lines.get(3));
        assertTrue(lines.get(1).endsWith("onnx          alone"), lines.get(1));
        assertEquals("3.8 % of what is computed is padding: within the goal of 5 %", lines.get(6));
    }

    /** 30 tokens at 10, 10 and 5 a second, in texts of 1, 2 and 3 tokens, 2 at the mean. */
    @Test
    void turnsOfUnequalTextsCompareByTokens() {
        Throughput unequal = new Throughput(
                "x",
                Optional.empty(),
                15,
                List.of(
                        new Throughput.Turn(5, new Computed(5, 5), .5),
                        new Throughput.Turn(5, new Computed(15, 20), 3),
                        new Throughput.Turn(5, new Computed(10, 15), 1)));
        assertEquals(10, unequal.tokens(), 1e-12);
        assertEquals(5, unequal.median(), 1e-12);
        assertEquals(2.5, unequal.slowest(), 1e-12);
        assertEquals(5, unequal.fastest(), 1e-12);
        assertEquals(.25, unequal.paddedShare(), 1e-12);
    }

    @Test
    void tooMuchPadding() {
        List<String> lines = lines(tables ->
                tables.throughput("passages", List.of(throughput("ours", null, 1, new Computed(90, 100), 1))));
        assertEquals("10.0 % of what is computed is padding: OVER the goal of 5 %", lines.get(3));
    }

    @Test
    void latencies() {
        List<String> lines = lines(tables -> tables.latency(
                "of 12 tokens",
                List.of(
                        new Latency(
                                "ours",
                                Optional.empty(),
                                new Percentiles(3, 10, 20, 30),
                                new Percentiles(3, 11, 21, 31)),
                        new Latency(
                                "onnx 1x2",
                                Optional.of("onnx"),
                                new Percentiles(3, 15, 16, 17),
                                new Percentiles(3, 1, 2, 3)))));
        assertEquals(
                "ours                       10.0   20.0   30.0      11.0   21.0   31.0              1.50",
                lines.get(2));
        assertEquals(
                "onnx 1x2                   15.0   16.0   17.0       1.0    2.0    3.0              1.00",
                lines.get(3));
    }

    @Test
    void theMedianOfAnEvenNumberOfRunsIsBetweenTheTwoInTheMiddle() {
        Throughput even = throughput("x", null, 6, new Computed(6, 6), 4, 1, 3, 2);
        assertEquals(6 / 2.5, even.median(), 1e-12);
        assertEquals(1.5, even.slowest(), 1e-12);
        assertEquals(6, even.fastest(), 1e-12);
    }
}

package org.hybridir.trainer.bench;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * What a benchmark of encoding found, for people: a row for each contestant, a column of ratios for each peer: of tokens a
 * second, since a slow peer encodes fewer texts.
 */
final class EncodingTables {
    /** More padding than this is waste. */
    private static final double PADDING_GOAL = .05;

    private final PrintWriter out;

    EncodingTables(PrintWriter out) {
        this.out = out;
    }

    /** @param query what the first three columns encode */
    void latency(String query, List<Latency> rows) {
        Map<String, Latency> peers = peers(
                rows, Latency::peer, (a, b) -> a.same().median() <= b.same().median() ? a : b);
        out.printf(Locale.ROOT, "%-24s%-24s%-24s%s%n", "one query at a time, ms", query, "all questions", times(peers));
        out.printf(Locale.ROOT, "%-24s%s%s%s%n", "", quantiles(), quantiles(), names(peers));
        for (Latency row : rows) {
            out.printf(Locale.ROOT, "%-24s%s%s", row.name(), numbers(row.same()), numbers(row.real()));
            peers.values()
                    .forEach(peer -> out.printf(
                            Locale.ROOT,
                            "%15.2f",
                            peer.same().median() / row.same().median()));
            out.println();
        }
        out.println();
        out.flush();
    }

    private static String quantiles() {
        return String.format(Locale.ROOT, "%7s%7s%7s   ", "median", "p90", "p99");
    }

    private static String numbers(Latencies.Percentiles percentiles) {
        return String.format(
                Locale.ROOT, "%7.1f%7.1f%7.1f   ", percentiles.median(), percentiles.p90(), percentiles.p99());
    }

    /** @param what the texts are */
    void throughput(String what, List<Throughput> rows) {
        Map<String, Throughput> peers = peers(rows, Throughput::peer, (a, b) -> a.tokens() >= b.tokens() ? a : b);
        out.printf(Locale.ROOT, "%-85s%s%n", what, times(peers));
        out.printf(
                Locale.ROOT,
                "%-24s%8s%10s%18s%10s%10s     %s%n",
                "",
                "texts",
                "texts/s",
                "min .. max",
                "tokens/s",
                "padding",
                names(peers));
        for (Throughput row : rows) {
            out.printf(
                    Locale.ROOT,
                    "%-24s%,8d%10.1f%18s%,10.0f%8.1f %%     ",
                    row.name(),
                    row.texts(),
                    row.median(),
                    String.format(Locale.ROOT, "%.1f .. %.1f", row.slowest(), row.fastest()),
                    row.tokens(),
                    100 * row.paddedShare());
            peers.values().forEach(peer -> out.printf(Locale.ROOT, "%15.2f", row.tokens() / peer.tokens()));
            out.println();
        }
        rows.stream().filter(row -> row.peer().isEmpty()).findFirst().ifPresent(this::padding);
        out.println();
        out.flush();
    }

    private void padding(Throughput ours) {
        double share = ours.paddedShare();
        out.printf(
                Locale.ROOT,
                "%.1f %% of what is computed is padding: %s the goal of %.0f %%%n",
                100 * share,
                share <= PADDING_GOAL ? "within" : "OVER",
                100 * PADDING_GOAL);
    }

    /** The best row of each peer, in the order of the rows. */
    private static <T> Map<String, T> peers(
            List<T> rows, Function<T, Optional<String>> peer, BinaryOperator<T> better) {
        Map<String, T> best = new LinkedHashMap<>();
        rows.forEach(row -> peer.apply(row).ifPresent(name -> best.merge(name, row, better)));
        return best;
    }

    private static String times(Map<String, ?> peers) {
        return peers.isEmpty() ? "" : "  times as fast as the best";
    }

    private static String names(Map<String, ?> peers) {
        StringBuilder names = new StringBuilder();
        peers.keySet().forEach(name -> names.append(String.format(Locale.ROOT, "%15s", name)));
        return names.toString();
    }
}

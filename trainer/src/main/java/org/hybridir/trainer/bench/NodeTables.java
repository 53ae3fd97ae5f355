package org.hybridir.trainer.bench;

import java.io.PrintWriter;
import java.util.Locale;

/** What a benchmark of a node found, for people. */
final class NodeTables {
    private final PrintWriter out;

    NodeTables(PrintWriter out) {
        this.out = out;
    }

    /** @param offlineRate passages a second without a node; 0 if it is not known */
    void load(String when, Crew.Result load, double offlineRate) {
        out.printf(
                Locale.ROOT,
                "%,d passages written in %.1f s by %d writers, %s: %.1f a second%s%s%n",
                load.done(),
                load.seconds(),
                load.threads(),
                when,
                load.perSecond(),
                offlineRate > 0
                        ? String.format(Locale.ROOT, ", %.2f of the offline rate", load.perSecond() / offlineRate)
                        : "",
                errors(load));
        out.flush();
    }

    private static String errors(Crew.Result result) {
        return result.errors() == 0 ? "" : "; " + result.errors() + " ERRORS, the first: " + result.firstError();
    }

    void queryHead() {
        out.printf(
                Locale.ROOT,
                "%n%-10s%8s%12s%10s%10s%10s%8s%n",
                "queries",
                "clients",
                "queries/s",
                "p50 ms",
                "p90 ms",
                "p99 ms",
                "errors");
    }

    void queries(String when, Crew.Result queries) {
        out.printf(
                Locale.ROOT,
                "%-10s%8d%12.1f%10.1f%10.1f%10.1f%8d%n",
                when,
                queries.threads(),
                queries.perSecond(),
                queries.latencies().median(),
                queries.latencies().p90(),
                queries.latencies().p99(),
                queries.errors());
        if (queries.errors() > 0) {
            out.println("the first error: " + queries.firstError());
        }
        out.flush();
    }

    void mixed(NodeResult result) {
        queries("loaded", result.loaded());
        out.println();
        load("while " + result.loaded().threads() + " clients search", result.mixed(), 0);
        out.printf(
                Locale.ROOT,
                "p99 is %.2f times as long under load; %.2f of the passages a second are written beside searches%n",
                result.slowdown(),
                result.loadShare());
        out.flush();
    }

    void soak(SoakResult result) {
        load("while " + result.queries().threads() + " clients search", result.load(), 0);
        queryHead();
        queries("loaded", result.queries());
        out.printf(
                Locale.ROOT,
                "%nresident memory %,d MB at first, %,d MB at last, %,d and %,d MB of it pages of mapped files; the rest grew by"
                        + " %.2f %% of the resident memory over the last two thirds%n",
                result.memory().getFirst().bytes() >> 20,
                result.memory().getLast().bytes() >> 20,
                result.memory().getFirst().mapped() >> 20,
                result.memory().getLast().mapped() >> 20,
                result.growthPercent());
        out.printf(
                Locale.ROOT,
                "%d vectors of the index beside fresh ones: least cosine %.7f, largest difference %.2e%n",
                result.vectors().vectors(),
                result.vectors().leastCosine(),
                result.vectors().largestDifference());
        out.flush();
    }
}

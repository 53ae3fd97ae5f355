package org.hybridir.trainer.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hybridir.compare.PairedTest;
import org.hybridir.trainer.evaluate.JsonFile;

/**
 * What a sweep found, or has found so far.
 *
 * @param about base, data, collection, budget
 * @param plan that was asked for last
 * @param results of finished runs: in the plan's order, then those of earlier plans
 */
record SweepReport(Map<String, Object> about, SweepPlan plan, List<RunResult> results) {
    static final String TABLE = "results.md";
    static final String JSON = "results.json";
    static final String CHART = "alpha.svg";

    private static final String ABOUT = "about";
    private static final String PLAN = "plan";

    /** What is compared: the plan's, then what else has results. */
    List<Variant> variants() {
        return Stream.concat(plan.variants().stream(), results.stream().map(result -> result.run()
                        .variant()))
                .distinct()
                .toList();
    }

    /** How many runs there are when those of the plan are all finished. */
    long expected() {
        return Stream.concat(plan.runs().stream(), results.stream().map(RunResult::run))
                .distinct()
                .count();
    }

    /** The runs of a variant, a seed each. */
    List<RunResult> of(Variant variant) {
        return results.stream()
                .filter(result -> result.run().variant().equals(variant))
                .toList();
    }

    /** A figure of a variant over its seeds; empty if there is none. */
    Optional<Spread> spread(Variant variant, Figure figure) {
        double[] values = of(variant).stream()
                .map(result -> figure.of(result.report()))
                .filter(value -> value.isPresent())
                .mapToDouble(value -> value.getAsDouble())
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Spread.of(values));
    }

    /** Writes the table, the same as JSON, and the chart; each is replaced whole. */
    void write(Path folder) throws IOException {
        List<VariantComparison> comparisons = VariantComparison.all(this, PairedTest.standard());
        JsonFile.write(folder.resolve(JSON), toMap(comparisons));
        JsonFile.writeText(folder.resolve(CHART), AlphaChart.of(this));
        JsonFile.writeText(folder.resolve(TABLE), SweepTable.of(this, comparisons));
    }

    private Map<String, Object> toMap(List<VariantComparison> comparisons) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(ABOUT, about);
        map.put(PLAN, plan.toMap());
        List<Object> variants = new ArrayList<>();
        variants().forEach(variant -> variants.add(toMap(variant)));
        map.put("variants", variants);
        List<Object> runs = new ArrayList<>();
        results.forEach(result -> runs.add(toMap(result)));
        map.put("runs", runs);
        map.put("method", PairedTest.describe());
        map.put(
                "comparisons",
                comparisons.stream().map(VariantComparison::toMap).toList());
        return map;
    }

    private Map<String, Object> toMap(Variant variant) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("strategy", variant.strategy().key());
        variant.alpha().ifPresent(alpha -> map.put("alpha", alpha));
        map.put("seeds", of(variant).stream().map(result -> result.run().seed()).toList());
        for (Figure figure : Figure.values()) {
            spread(variant, figure)
                    .ifPresent(spread -> map.put(
                            figure.key(), Map.of("mean", spread.mean(), "standard_deviation", spread.deviation())));
        }
        return map;
    }

    private static Map<String, Object> toMap(RunResult result) {
        Map<String, Object> map = result.summary();
        for (Figure figure : Figure.values()) {
            figure.of(result.report()).ifPresent(value -> map.put(figure.key(), value));
        }
        return map;
    }

    /**
     * What is known without the results themselves, from the JSON of a report that was written before.
     *
     * @throws IOException if the file is no such JSON: names it
     */
    static SweepReport withoutResults(Path json) throws IOException {
        Map<String, Object> map = JsonFile.read(json);
        try {
            return new SweepReport(child(map, ABOUT), SweepPlan.of(child(map, PLAN)), List.of());
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new IOException("[" + json + "] is no sweep's report: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> map, String key) {
        return Objects.requireNonNull((Map<String, Object>) map.get(key), key + " is missing");
    }

    SweepReport with(List<RunResult> found) {
        return new SweepReport(about, plan, found);
    }
}

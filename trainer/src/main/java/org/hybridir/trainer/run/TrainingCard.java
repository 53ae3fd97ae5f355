package org.hybridir.trainer.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hybridir.encoder.Manifest;
import org.hybridir.program.Processor;
import org.hybridir.trainer.data.DataSet;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData;
import org.hybridir.trainer.model.DualEncoder;

/** What a trained artifact tells of its making: in its manifest, from which its model card is written. */
public final class TrainingCard {
    /** The options of the run. */
    public static final String CONFIG = "training.yaml";
    /** A line a step. */
    public static final String METRICS = "metrics.jsonl";
    /** Loss and validation over the steps. */
    public static final String CHART = "training.svg";

    private TrainingCard() {}

    static Manifest manifest(String name, FinishedRun run) {
        DualEncoder encoder = run.encoder();
        RunSettings settings = run.settings();
        TrainingRun.Outcome outcome = run.outcome();
        Map<String, Object> provenance = new LinkedHashMap<>();
        provenance.put("base", encoder.artifact().manifest().name());
        provenance.put("base_provenance", encoder.artifact().manifest().provenance());
        encoder.began()
                .ifPresent(first ->
                        provenance.put("began_at", Map.of("name", first.name(), "provenance", first.provenance())));
        provenance.put("strategy", settings.strategy().key());
        switch (settings.strategy()) {
            case HYBRID -> provenance.put("alpha", settings.sampler().alpha());
            case MULTI_TASK ->
                provenance.put("monolingual_weight", settings.sampler().monolingualWeight());
            default -> {}
        }
        provenance.putAll(new TreeMap<>(settings.loss().describe()));
        provenance.put("batch_size", settings.sampler().batchSize());
        provenance.put("neighbours", settings.sampler().neighbours());
        provenance.put("accumulate", settings.accumulate());
        provenance.put("steps", outcome.steps());
        provenance.put("steps_planned", settings.schedule().steps());
        provenance.put("learning_rate", settings.schedule().peak());
        provenance.put("seed", settings.seed());
        provenance.put("precision", settings.model().precision().key());
        settings.model().lora().ifPresent(lora -> provenance.put("lora", lora.toString()));
        provenance.put("data", describe(run.data()));
        provenance.put("leakage", run.leakage());
        outcome.first().ifPresent(report -> provenance.put("validation_of_base", report.toMap()));
        outcome.best().ifPresent(report -> provenance.put("validation_of_best", report.toMap()));
        provenance.put("hardware", Processor.current().describe());
        provenance.put("minutes", String.format(Locale.ROOT, "%.1f", run.seconds() / 60));
        provenance.put("licence", "that of the base, and the terms of each data set");
        return encoder.manifest().forArtifact(name, provenance);
    }

    /** Data set to pairs of each pair of languages, query's first. */
    private static Map<String, Object> describe(TrainingData data) {
        Map<String, Object> sets = new LinkedHashMap<>();
        for (DataSet set : data.sets()) {
            Map<String, Object> counts = new TreeMap<>();
            for (Pair pair : set.pairs()) {
                counts.merge(
                        pair.queryLanguage() + "-" + pair.passageLanguage(), 1, (a, b) -> (Integer) a + (Integer) b);
            }
            sets.put(set.name(), counts);
        }
        return sets;
    }
}

package org.hybridir.trainer.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.Manifest;
import org.hybridir.program.Processor;
import org.hybridir.trainer.batch.Strategy;
import org.hybridir.trainer.data.DataSet;
import org.hybridir.trainer.data.TrainingData;
import org.hybridir.trainer.model.DualEncoder;
import org.hybridir.trainer.run.RunSettings;

/**
 * What all runs of a sweep have in common.
 *
 * @param base artifact folder
 * @param texts gives, for the base's manifest, one with the prefixes and lengths to train on
 * @param common settings of all runs but for strategy, alpha and seed
 * @param data what is trained on
 * @param collections what each run is evaluated on; each has a name of its own
 * @param leakage what the data has of test collections, for people
 */
public record SweepTask(
        Path base,
        UnaryOperator<Manifest> texts,
        RunSettings common,
        TrainingData data,
        List<TestCollection> collections,
        Map<String, String> leakage) {
    public SweepTask {
        collections = List.copyOf(collections);
    }

    RunSettings settings(SweepRun run) {
        return common.with(
                run.variant().strategy(),
                run.variant().alpha().orElse(common.sampler().alpha()),
                run.seed());
    }

    DualEncoder open(RunSettings settings) throws IOException {
        return DualEncoder.open(base, texts, settings.model(), settings.loss(), settings.threads(), settings.seed());
    }

    /**
     * Refuses at once what would else fail after hours: a strategy that the data has no pairs for, or too few held-out
     * ones.
     */
    void check(SweepPlan plan) {
        for (SweepRun run : plan.runs()) {
            RunSettings settings = settings(run);
            settings.strategy()
                    .sampler(
                            data.split(settings.validationPairs(), settings.seed())
                                    .training(),
                            settings.sampler());
        }
    }

    /** All that must be the same for results to be compared; strings. */
    Map<String, Object> identity() throws IOException {
        Map<String, Object> identity = new LinkedHashMap<>();
        try (Artifact artifact = Artifact.open(new ArtifactFolder(base))) {
            Manifest manifest = texts.apply(artifact.manifest());
            identity.put("base", manifest.name() + " " + manifest.files().get("model.safetensors"));
            identity.put(
                    "prefixes",
                    "[" + manifest.queryPrefix() + "] [" + manifest.passagePrefix() + "], " + manifest.queryTokens()
                            + " and " + manifest.passageTokens() + " tokens");
        }
        identity.put("settings", common.with(Strategy.HYBRID, 0, 0).toString());
        identity.put("data", data.fingerprint());
        for (TestCollection collection : collections) {
            identity.put(
                    "collection " + collection.name(),
                    collection.languages() + ", " + collection.questions().size() + " questions, "
                            + collection.passages().size() + " passages");
        }
        return identity;
    }

    /** For people who read the results on one of the collections. */
    Map<String, Object> describe(TestCollection collection) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("base", base.toAbsolutePath().getFileName().toString());
        Map<String, Object> sets = new LinkedHashMap<>();
        for (DataSet set : data.sets()) {
            sets.put(set.name(), set.pairs().size());
        }
        about.put("pairs", sets);
        about.put("collection", collection.name());
        about.put("languages", collection.languages());
        about.put("questions", collection.questions().size());
        about.put("passages", collection.passages().size());
        about.put("leakage", leakage);
        about.put("steps", common.schedule().steps());
        about.put("batch_size", common.sampler().batchSize() * common.accumulate());
        about.put("learning_rate", common.schedule().peak());
        about.put("loss", common.loss().key());
        about.put("precision", common.model().precision().key());
        about.put("hardware", Processor.current().describe());
        return about;
    }
}

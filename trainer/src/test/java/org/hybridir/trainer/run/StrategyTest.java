package org.hybridir.trainer.run;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hybridir.trainer.batch.Strategy;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData.HeldOut;
import org.hybridir.trainer.model.DualEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a world where it can be known, each strategy does what its theory says. */
final class StrategyTest {
    private static final int SEEDS = 3;
    private static final long STEPS = 300;

    @TempDir
    private Path temp;

    @Test
    void strategiesBehaveAsTheorySays() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Map<String, Double> base = mapOf(null, seed);
            Map<String, Double> monolingual = mapOf(Strategy.MONOLINGUAL, seed);
            Map<String, Double> crossLingual = mapOf(Strategy.CROSS_LINGUAL, seed);
            Map<String, Double> hybrid = mapOf(Strategy.HYBRID, seed);
            String all = "seed " + seed + ": base " + base + ", monolingual " + monolingual + ", cross-lingual "
                    + crossLingual + ", hybrid " + hybrid;
            // own words are matched, and nothing says which words of two languages mean the same
            assertTrue(monolingual.get("monolingual") > .8, all);
            assertTrue(monolingual.get("cross_lingual") < .2, all);
            assertTrue(crossLingual.get("cross_lingual") > monolingual.get("cross_lingual") + .4, all);
            // and hybrid batches keep both
            assertTrue(hybrid.get("monolingual") > monolingual.get("monolingual") - .1, all);
            assertTrue(hybrid.get("cross_lingual") > crossLingual.get("cross_lingual") - .1, all);
        }
    }

    private Map<String, Double> mapOf(Strategy strategy, int seed) throws IOException {
        Path base = ToyWorld.encoder(temp, "base-" + seed + "-" + strategy, seed);
        RunSettings settings = ToyWorld.settings(strategy == null ? Strategy.HYBRID : strategy, STEPS, seed);
        try (DualEncoder encoder = DualEncoder.open(base, settings.model(), settings.loss(), 1, seed)) {
            if (strategy != null) {
                Path work = temp.resolve("run-" + seed + "-" + strategy);
                new TrainingRun(settings, encoder, ToyWorld.data(200, seed), work, new TrainingListener() {})
                        .run(() -> false);
            }
            return measure(encoder, ToyWorld.pairs(40, 1000 + seed));
        }
    }

    /** The mean over all queries of 1 / rank, in the pool of each language. */
    private static Map<String, Double> measure(DualEncoder encoder, List<Pair> pairs) {
        List<Double> monolingual = new ArrayList<>();
        List<Double> crossLingual = new ArrayList<>();
        for (String query : ToyWorld.LANGUAGES) {
            for (String passage : ToyWorld.LANGUAGES) {
                List<Pair> some = pairs.stream()
                        .filter(pair -> pair.queryLanguage().equals(query)
                                && pair.passageLanguage().equals(passage))
                        .toList();
                ValidationReport report = new Validation(heldOut(some), some.size()).measure(encoder, 0);
                (query.equals(passage) ? monolingual : crossLingual).add(report.score());
            }
        }
        return Map.of("monolingual", mean(monolingual), "cross_lingual", mean(crossLingual));
    }

    private static List<HeldOut> heldOut(List<Pair> pairs) {
        return IntStream.range(0, pairs.size())
                .mapToObj(i -> new HeldOut(pairs.get(i), i))
                .toList();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}

package org.hybridir.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hybridir.trainer.batch.Strategy;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData.HeldOut;
import org.hybridir.trainer.model.DualEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidationTest {
    @TempDir
    static Path temp;

    private static ValidationReport measure(List<HeldOut> pairs, int batchSize) throws IOException {
        Path base = ToyWorld.encoder(temp, "base-" + pairs.hashCode() + "-" + batchSize, 1);
        RunSettings settings = ToyWorld.settings(Strategy.HYBRID, 1, 1);
        try (DualEncoder encoder = DualEncoder.open(base, settings.model(), settings.loss(), 1, 1)) {
            return new Validation(pairs, batchSize).measure(encoder, 0);
        }
    }

    /** Query and passage are the same text, so each finds its own: those of its cluster, equal or nearer, do not count. */
    @Test
    void whatIsParallelIsNoNegative() throws IOException {
        List<HeldOut> pairs = new ArrayList<>();
        for (int cluster = 0; cluster < 6; cluster++) {
            for (int copy = 0; copy < 3; copy++) {
                String text = ToyWorld.pairs(6, 5).get(cluster * 9).query();
                pairs.add(new HeldOut(new Pair(text, text, "en", "en", "g" + cluster, "x"), cluster));
            }
        }
        ValidationReport report = measure(pairs, 4);
        assertEquals(Map.of("monolingual", 1.0), report.map());
        assertEquals(1.0, report.batchMap());
    }

    @Test
    void pairsThatAreAllParallelAreRefused() {
        HeldOut pair = new HeldOut(new Pair("q", "p", "en", "en", "g", "x"), 7);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new Validation(List.of(pair, pair), 4));
        assertEquals(
                "the [2] validation pairs are all parallel to each other, so they make no batch; hold out more",
                refused.getMessage());
    }
}

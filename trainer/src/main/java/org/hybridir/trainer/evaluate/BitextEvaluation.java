package org.hybridir.trainer.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hybridir.collection.TatoebaReader;
import org.hybridir.measure.Setting;

/**
 * Tatoeba, language by language: each is a collection of its own with English, asked in both directions. A sentence that asks
 * is encoded as a query and one that is found as a passage, which makes a difference if the encoder has prefixes.
 */
public final class BitextEvaluation {
    private BitextEvaluation() {}

    /**
     * @param codes of the languages, as in the files' names
     * @param done is told after each language
     */
    public static BitextResult run(Path folder, List<String> codes, TextEncoder encoder, int threads, Runnable done)
            throws IOException, InterruptedException {
        Map<String, BitextResult.Accuracy> accuracies = new LinkedHashMap<>();
        for (String code : codes) {
            OfflineResult result = new OfflineEvaluation(
                            TatoebaReader.read(folder, code), encoder, PhaseProgress.SILENT)
                    .run(EnumSet.of(Setting.CROSS_LINGUAL), List.of(BitextResult.MEASURE), threads);
            accuracies.put(code, BitextResult.Accuracy.of(result.report()));
            done.run();
        }
        return new BitextResult(accuracies);
    }
}

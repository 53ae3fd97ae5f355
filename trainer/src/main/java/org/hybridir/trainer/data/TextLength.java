package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.OfflineMode;
import org.hybridir.encoder.TextTokenizer;

/**
 * How long a text is.
 *
 * @param unit what is counted
 * @param of counts it
 */
public record TextLength(String unit, ToIntFunction<String> of) {
    /** Longer texts than this are no texts. */
    private static final int MOST_TOKENS = 1_000_000;

    /** Unicode's code points. */
    public static TextLength codePoints() {
        return new TextLength("code points", text -> text.codePointCount(0, text.length()));
    }

    /** What is done with a length while its tokenizer is open. */
    public interface Use {
        void with(TextLength length) throws IOException;
    }

    /** Tokens of an encoder, special ones included, without its prefixes and limits. */
    public static void inTokens(Path encoder, Use use) throws IOException {
        OfflineMode.enter();
        try (Artifact artifact = Artifact.open(new ArtifactFolder(encoder));
                TextTokenizer tokenizer = TextTokenizer.open(artifact)) {
            // a passage stands in many pairs
            Map<String, Integer> known = new HashMap<>();
            use.with(new TextLength(
                    "tokens",
                    text -> known.computeIfAbsent(
                            text, one -> tokenizer.tokenize(one, MOST_TOKENS).ids().length)));
        }
    }
}

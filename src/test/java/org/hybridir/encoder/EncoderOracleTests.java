package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both families, poolings and heads agree with the plain-Java transformer, with padding in the batch. */
final class EncoderOracleTests {
    /** Some of nearly the same length, so that they share a padded batch. */
    private static final List<String> TEXTS = List.of(
            "where is the library?",
            "",
            "¿dónde está la biblioteca?",
            "где находится библиотека",
            "图书馆在哪里 water of the river",
            "a",
            "water of the river ".repeat(4),
            "water of the river ".repeat(4) + "a",
            "water of the river ".repeat(4) + "a b");

    static Stream<ArtifactSpec> specs() {
        return Stream.of(
                TinyArtifacts.bertSpec("bert-mean"),
                TinyArtifacts.xlmRobertaSpec("xlmr-mean"),
                TinyArtifacts.with(TinyArtifacts.bertSpec("bert-cls"), Pooling.CLS),
                TinyArtifacts.with(TinyArtifacts.xlmRobertaSpec("xlmr-cls"), Pooling.CLS),
                TinyArtifacts.withDense(TinyArtifacts.bertSpec("bert-dense-tanh"), true),
                TinyArtifacts.withDense(TinyArtifacts.xlmRobertaSpec("xlmr-dense"), false));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void agreesWithPlainJava(ArtifactSpec spec, @TempDir Path temp) throws IOException {
        try (Encoder encoder = Encoder.open(TinyArtifacts.write(spec, temp), EncoderOptions.defaults())) {
            String prefix = spec.manifest().passagePrefix();
            List<Encoding> encodings = encoder.encode(TEXTS, TextRole.PASSAGE);
            for (int i = 0; i < TEXTS.size(); i++) {
                TokenVectors tokens = encoder.tokenVectors(prefix + TEXTS.get(i));
                assertEquals(tokens.ids().length, encodings.get(i).tokens());
                double[][] expected = new PlainTransformer(spec).tokenVectors(tokens.ids());
                for (int t = 0; t < expected.length; t++) {
                    assertClose(expected[t], tokens.vectors()[t], "token " + t + " of " + TEXTS.get(i));
                }
                assertClose(
                        PlainTransformer.embed(spec, tokens.ids()),
                        encodings.get(i).vector(),
                        TEXTS.get(i));
            }
            Map<String, Object> stats = encoder.stats();
            assertTrue((Long) stats.get("padded_tokens") > (Long) stats.get("tokens"), "nothing was padded: " + stats);
        }
    }

    private static void assertClose(double[] expected, float[] found, String what) {
        assertEquals(expected.length, found.length, what);
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i] - found[i]));
        }
        assertTrue(largest < 1e-5, what + " is " + largest + " apart");
    }
}

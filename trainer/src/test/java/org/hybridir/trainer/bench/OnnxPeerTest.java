package org.hybridir.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.Pooling;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.TinyArtifacts;
import org.hybridir.program.Precision;
import org.hybridir.program.PrecisionRequest;
import org.hybridir.trainer.export.FusedGraph.Numbers;
import org.hybridir.trainer.run.TemporaryFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OnnxPeerTest {
    /** Of different lengths, so that batches are padded. */
    private static final List<String> TEXTS = List.of(
            "where is the library?",
            "",
            "¿dónde está la biblioteca?",
            "где находится библиотека",
            "图书馆在哪里 water of the river the water of the river is the water",
            "a");

    private static final Layout TWO = new Layout(2, 1);

    @TempDir
    Path temp;

    static Stream<ArtifactSpec> specs() {
        return Stream.of(
                TinyArtifacts.bertSpec("bert-mean"),
                TinyArtifacts.xlmRobertaSpec("xlmr-mean"),
                TinyArtifacts.with(TinyArtifacts.bertSpec("bert-cls"), Pooling.CLS),
                TinyArtifacts.withDense(TinyArtifacts.bertSpec("bert-dense-tanh"), true));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void givesTheVectorsOfTheEncoder(ArtifactSpec spec) throws IOException {
        Path folder = TinyArtifacts.write(spec, temp);
        try (OnnxModel model = OnnxModel.open(folder);
                Contestant fp32 = model.peer(Numbers.FP32, TWO);
                Contestant int8 = model.peer(Numbers.INT8, new Layout(1, 2));
                Contestant ours = OwnEncoder.open(folder, PrecisionRequest.of(Precision.FP32), 2)) {
            for (TextRole role : TextRole.values()) {
                List<float[]> expected = ours.encode(TEXTS, role);
                List<float[]> exact = fp32.encode(TEXTS, role);
                List<float[]> near = int8.encode(TEXTS, role);
                for (int i = 0; i < TEXTS.size(); i++) {
                    assertArrayEquals(expected.get(i), exact.get(i), 1e-4f, TEXTS.get(i));
                    double cosine = cosine(expected.get(i), near.get(i));
                    assertTrue(cosine > .99, "[" + TEXTS.get(i) + "] has cosine " + cosine);
                    assertFalse(cosine > 1 - 1e-9, "8 bits lose something");
                }
            }
        }
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
        }
        return dot;
    }

    @Test
    void countsTokensAndPadding() throws IOException {
        Path folder = TinyArtifacts.bert(temp, "bert");
        try (OnnxModel model = OnnxModel.open(folder);
                Contestant peer = model.peer(Numbers.FP32, TWO)) {
            // [CLS] the [SEP] beside [CLS] the water of [SEP]
            peer.encode(List.of("the", "the water of"), TextRole.QUERY);
            assertEquals(new Contestant.Computed(8, 10), peer.computed());
            assertEquals(.2, peer.computed().paddedShare(), 1e-12);
            assertEquals("onnx fp32 2x1", peer.name());
        }
    }

    @Test
    void leavesNoFiles() throws IOException {
        Path folder;
        try (TemporaryFolder temporary = TemporaryFolder.create("hybrid-ir-test-")) {
            folder = temporary.path();
            Files.writeString(folder.resolve("x"), "x");
        }
        assertFalse(Files.exists(folder));
    }

    @Test
    void keepsItsVectorsWhenTuned() throws IOException {
        Path folder = TinyArtifacts.bert(temp, "bert");
        try (OnnxModel model = OnnxModel.open(folder);
                OnnxPeer peer = model.peer(Numbers.FP32, TWO)) {
            List<float[]> before = peer.encode(TEXTS, TextRole.PASSAGE);
            peer.tune(TEXTS, TextRole.PASSAGE);
            List<float[]> after = peer.encode(TEXTS, TextRole.PASSAGE);
            for (int i = 0; i < TEXTS.size(); i++) {
                assertArrayEquals(before.get(i), after.get(i), 1e-5f, TEXTS.get(i));
            }
        }
    }
}

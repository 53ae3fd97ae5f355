package org.hybridir.trainer.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactException;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.Pooling;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.TextTokenizer;
import org.hybridir.encoder.TinyArtifacts;
import org.hybridir.encoder.TokenBatch;
import org.hybridir.encoder.TokenVectors;
import org.hybridir.encoder.Tokens;
import org.hybridir.weights.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ExportTest {
    /** Of different lengths, so that a batch is padded. */
    private static final List<String> TEXTS = List.of(
            "where is the library?",
            "",
            "¿dónde está la biblioteca?",
            "где находится библиотека",
            "图书馆在哪里 water of the river the water of the river is the water",
            "a");

    private static final double NEAR = 1e-5;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temp;

    static Stream<ArtifactSpec> specs() {
        return Stream.of(
                TinyArtifacts.bertSpec("bert-mean"),
                TinyArtifacts.xlmRobertaSpec("xlmr-mean"),
                TinyArtifacts.with(TinyArtifacts.bertSpec("bert-cls"), Pooling.CLS),
                TinyArtifacts.withDense(TinyArtifacts.bertSpec("bert-dense-tanh"), true),
                TinyArtifacts.withDense(
                        TinyArtifacts.with(TinyArtifacts.xlmRobertaSpec("xlmr-cls-dense"), Pooling.CLS), false),
                half(TinyArtifacts.bertSpec("bert-f16"), DType.F16),
                half(TinyArtifacts.xlmRobertaSpec("xlmr-bf16"), DType.BF16));
    }

    private static ArtifactSpec half(ArtifactSpec spec, DType type) {
        return ArtifactSpec.of(
                spec.config(),
                spec.tokenizerJson(),
                TinyArtifacts.weights(spec.config(), type),
                spec.pooling(),
                spec.manifest());
    }

    @ParameterizedTest
    @MethodSource("specs")
    void onnxAgreesWithTheEncoder(ArtifactSpec spec) throws IOException {
        Path folder = TinyArtifacts.write(spec, temp);
        Path output = temp.resolve("x.onnx");
        Export.Result result = Export.export(folder, ExportFormat.ONNX, output);
        assertTrue(result.deviation().element() < NEAR, result.toString());
        assertEquals(Files.size(output), result.bytes());
        TokenBatch batch = batch(folder);
        try (OnnxNet net = OnnxNet.open(output);
                Encoder encoder = Encoder.open(folder, EncoderOptions.defaults())) {
            assertClose(encoder, net.embed(batch));
            float[][][] tokens = net.tokenVectors(batch);
            for (int i = 0; i < TEXTS.size(); i++) {
                TokenVectors expected = encoder.tokenVectors(spec.manifest().passagePrefix() + TEXTS.get(i));
                for (int t = 0; t < expected.ids().length; t++) {
                    assertArrayEquals(expected.vectors()[t], tokens[i][t], (float) NEAR, TEXTS.get(i));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void torchScriptAgreesWithTheEncoder(ArtifactSpec spec) throws IOException {
        Path folder = TinyArtifacts.write(spec, temp);
        Path output = temp.resolve("x.pt");
        Export.Result result = Export.export(folder, ExportFormat.TORCHSCRIPT, output);
        assertTrue(result.deviation().element() < NEAR, result.toString());
        String prefix = spec.manifest().passagePrefix();
        try (TorchScriptNet net = TorchScriptNet.open(temp, "x");
                Encoder encoder = Encoder.open(folder, EncoderOptions.defaults())) {
            assertClose(encoder, net.embed(batch(folder)));
            float[][] alone = new float[TEXTS.size()][];
            for (int i = 0; i < alone.length; i++) {
                alone[i] = net.embed(prefix + TEXTS.get(i));
            }
            assertClose(encoder, alone);
        }
    }

    /** The tokenizer beside the module cuts where the artifact cuts passages, not at a library's own limit. */
    @Test
    void torchScriptCutsLongTextsAsPassages() throws IOException {
        Path folder = TinyArtifacts.xlmRoberta(temp, "xlmr");
        Export.export(folder, ExportFormat.TORCHSCRIPT, temp.resolve("x.pt"));
        String text = "the water of the river ".repeat(100);
        try (TorchScriptNet net = TorchScriptNet.open(temp, "x");
                Encoder encoder = Encoder.open(folder, EncoderOptions.defaults())) {
            Encoding expected = encoder.encode(List.of(text), TextRole.PASSAGE).get(0);
            assertTrue(expected.truncated());
            assertArrayEquals(expected.vector(), net.embed("passage: " + text), (float) NEAR);
        }
    }

    private static TokenBatch batch(Path folder) throws IOException {
        try (Artifact artifact = Artifact.open(new ArtifactFolder(folder));
                TextTokenizer tokenizer = TextTokenizer.open(artifact)) {
            Manifest manifest = artifact.manifest();
            List<Tokens> tokens = new ArrayList<>();
            for (String text : TEXTS) {
                tokens.add(tokenizer.tokenize(manifest.passagePrefix() + text, manifest.passageTokens()));
            }
            return TokenBatch.of(tokens, artifact.config().padId());
        }
    }

    private static void assertClose(Encoder encoder, float[][] found) {
        List<Encoding> expected = encoder.encode(TEXTS, TextRole.PASSAGE);
        assertEquals(TEXTS.size(), found.length);
        for (int i = 0; i < found.length; i++) {
            assertArrayEquals(expected.get(i).vector(), found[i], (float) NEAR, TEXTS.get(i));
        }
    }

    @Test
    void sameArtifactGivesTheSameBytes() throws IOException {
        Path folder = TinyArtifacts.bert(temp, "bert");
        for (String name : List.of("x.onnx", "x.pt", "x.zip")) {
            ExportFormat format = name.endsWith("onnx") ? ExportFormat.ONNX : ExportFormat.TORCHSCRIPT;
            Path first = temp.resolve("first").resolve(name);
            Path second = temp.resolve("second").resolve(name);
            Export.export(folder, format, first);
            Export.export(folder, format, second);
            assertEquals(-1, Files.mismatch(first, second), name);
        }
    }

    @Test
    void zipIsWhatMlCommonsRegisters() throws IOException {
        Path folder = TinyArtifacts.xlmRoberta(temp, "xlmr");
        Path output = temp.resolve("x.zip");
        Export.Result result = Export.export(folder, ExportFormat.TORCHSCRIPT, output);
        try (ZipFile zip = new ZipFile(output.toFile())) {
            List<String> names = zip.stream().map(ZipEntry::getName).toList();
            assertEquals(List.of("encoder.pt", "tokenizer.json"), names);
            try (InputStream in = zip.getInputStream(zip.getEntry("tokenizer.json"))) {
                ObjectNode tokenizer = (ObjectNode) JSON.readTree(in);
                assertEquals(
                        TinyArtifacts.PASSAGE_TOKENS,
                        tokenizer.at("/truncation/max_length").asInt());
                assertEquals("<pad>", tokenizer.at("/padding/pad_token").asText());
                assertEquals(1, tokenizer.at("/padding/pad_id").asInt());
            }
        }
        String body = result.notes().substring(result.notes().indexOf('{'));
        assertEquals(
                JSON.readTree("{'name': 'xlmr', 'version': '1.0.0', 'function_name': 'TEXT_EMBEDDING',"
                        .concat(" 'model_format': 'TORCH_SCRIPT', 'model_content_size_in_bytes': SIZE,")
                        .concat(" 'model_content_hash_value': 'HASH', 'model_config': {'model_type': 'xlm-roberta',")
                        .concat(" 'embedding_dimension': 32, 'framework_type': 'sentence_transformers',")
                        .concat(" 'pooling_mode': 'mean', 'normalize_result': true, 'query_prefix': 'query: ',")
                        .concat(" 'passage_prefix': 'passage: '}, 'url': 'URL'}")
                        .replace('\'', '"')
                        .replace("SIZE", Long.toString(Files.size(output)))
                        .replace("HASH", ArtifactFolder.sha256(output))
                        .replace("URL", output.toUri().toString())),
                JSON.readTree(body));
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void refusesAnotherEnding(ExportFormat format) {
        ExportException e = assertThrows(
                ExportException.class, () -> Export.export(temp.resolve("none"), format, temp.resolve("x.bin")));
        assertEquals(
                format == ExportFormat.ONNX
                        ? "the output of the format [onnx] must end in [.onnx], not be [x.bin]"
                        : "the output of the format [torchscript] must end in [.pt, .zip], not be [x.bin]",
                e.getMessage());
    }

    @Test
    void refusesAnOutputThatExists() throws IOException {
        Path output = Files.writeString(temp.resolve("x.onnx"), "mine");
        ExportException e = assertThrows(
                ExportException.class, () -> Export.export(temp.resolve("none"), ExportFormat.ONNX, output));
        assertEquals("the output [" + output + "] exists; remove it or name another file", e.getMessage());
        assertEquals("mine", Files.readString(output));
    }

    @Test
    void refusesATokenizerBesideTheModule() throws IOException {
        Path folder = TinyArtifacts.bert(temp, "bert");
        ExportException e = assertThrows(
                ExportException.class,
                () -> Export.export(folder, ExportFormat.TORCHSCRIPT, folder.resolve("encoder.pt")));
        assertEquals(
                "the output [" + folder.resolve("tokenizer.json") + "] exists; remove it or name another file",
                e.getMessage());
    }

    @Test
    void refusesWhatIsNoArtifact() {
        ArtifactException e = assertThrows(
                ArtifactException.class,
                () -> Export.export(temp.resolve("none"), ExportFormat.ONNX, temp.resolve("x.onnx")));
        assertEquals(
                "there is no artifact folder [" + temp.resolve("none")
                        + "]; make one with [hybrid-ir import], or correct the path",
                e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(ExportFormat.class)
    void keepsNothingThatDeviates(ExportFormat format) throws IOException {
        Path folder = TinyArtifacts.bert(temp, "bert");
        turnFirstGoldenVector(folder);
        Path output = temp.resolve("out").resolve(format == ExportFormat.ONNX ? "x.onnx" : "x.zip");
        ExportException e = assertThrows(ExportException.class, () -> Export.export(folder, format, output));
        assertTrue(
                e.getMessage()
                        .startsWith("the exported encoder is not the artifact's: the query [Where is the library?]"
                                + " gives a vector with numbers up to ["),
                e.getMessage());
        assertTrue(e.getMessage().contains("allowed is [1.0E-4], and nothing was written"), e.getMessage());
        try (Stream<Path> left = Files.list(output.getParent())) {
            assertEquals(List.of(), left.toList());
        }
    }

    /** Its numbers change their sign, and the manifest is made to agree. */
    private static void turnFirstGoldenVector(Path folder) throws IOException {
        Path golden = folder.resolve("golden.json");
        String before = ArtifactFolder.sha256(golden);
        ArrayNode entries = (ArrayNode) JSON.readTree(golden.toFile());
        ArrayNode vector = (ArrayNode) entries.get(0).get("vector");
        for (int i = 0; i < vector.size(); i++) {
            vector.set(i, -vector.get(i).asDouble());
        }
        JSON.writeValue(golden.toFile(), entries);
        Path manifest = folder.resolve("hybrid_ir.json");
        Files.writeString(manifest, Files.readString(manifest).replace(before, ArtifactFolder.sha256(golden)));
    }
}

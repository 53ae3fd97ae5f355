package org.hybridir.trainer.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.ArtifactWriter;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.TinyArtifacts;
import org.hybridir.weights.DType;
import org.hybridir.weights.InMemoryTensors;
import org.hybridir.weights.SafetensorsWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders in the shapes of the models that people import, tiny and random. */
class HuggingFaceFolderTest {
    private static final EncoderOptions OPTIONS =
            EncoderOptions.defaults().withThreads(1).withBatchTokens(256);
    private static final String TEXT = "where is the library?";
    private static final ArtifactSpec BERT = TinyArtifacts.bertSpec("bert");
    private static final ArtifactSpec XLM_ROBERTA = TinyArtifacts.xlmRobertaSpec("xlm-r");

    @TempDir
    Path temp;

    @TempDir
    Path aside;

    private int imports;
    private ModelFolder folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = new ModelFolder(temp.resolve("model"));
    }

    @Test
    void mbertAsHuggingFaceGivesIt() throws IOException {
        folder.model(BERT, "bert.", DType.F32);
        assertArrayEquals(reference(BERT, "passage"), imported(ImportSettings.none(), TextRole.PASSAGE), 1e-6f);
    }

    @Test
    void halfPrecisionWeightsAreReadAsTheyAre() throws IOException {
        for (DType type : List.of(DType.F16, DType.BF16)) {
            folder = new ModelFolder(temp.resolve("model-" + type));
            folder.model(BERT, "", type);
            float[] vector = imported(ImportSettings.none(), TextRole.PASSAGE);
            float[] reference = reference(BERT, "reference-" + type);
            // bfloat16 keeps eight bits of each weight, so vectors of length one differ by some thousandths
            assertArrayEquals(reference, vector, .05f);
            assertFalse(Arrays.equals(reference, vector), "rounding must show");
        }
    }

    @Test
    void xlmRobertaWithItsPrefixAndOneTokenType() throws IOException {
        folder.model(XLM_ROBERTA, "roberta.", DType.F32);
        ImportSettings settings = settings("query: ", "passage: ");
        assertArrayEquals(reference(XLM_ROBERTA, "r"), imported(settings, TextRole.PASSAGE), 1e-6f);
    }

    /** The first BERT files' names of the layer norm, and the positions that old versions of transformers saved. */
    @Test
    void oldFiles() throws IOException {
        folder.model(BERT, "bert.", DType.F32);
        Path file = folder.path().resolve("model.safetensors");
        byte[] weights = Files.readAllBytes(file);
        int length =
                (int) ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(weights, Long.BYTES, length, StandardCharsets.UTF_8);
        int data = weights.length - Long.BYTES - length;
        header = header.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta");
        header = header.replaceFirst(
                "^\\{",
                "{\"bert.embeddings.position_ids\":{\"dtype\":\"I64\",\"shape\":[1,1],\"data_offsets\":[" + data + ","
                        + (data + Long.BYTES) + "]},");
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer old = ByteBuffer.allocate(Long.BYTES + bytes.length + data + Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        old.putLong(bytes.length).put(bytes).put(weights, Long.BYTES + length, data);
        Files.write(file, old.array());
        assertArrayEquals(reference(BERT, "today"), imported(ImportSettings.none(), TextRole.PASSAGE), 1e-6f);
    }

    @Test
    void weightsInATypeThatIsNotReadAreRefused() throws IOException {
        folder.model(BERT, "", DType.F16);
        Path file = folder.path().resolve("model.safetensors");
        String latin = Files.readString(file, StandardCharsets.ISO_8859_1);
        Files.writeString(file, latin.replace("\"F16\"", "\"I16\""), StandardCharsets.ISO_8859_1);
        assertRefused("the tensor [embeddings.word_embeddings.weight] in [" + file.toRealPath()
                + "] is of type [I16]; weights are read as [F32, F16, BF16]");
    }

    /** In the cache of HuggingFace's hub every file is a link to another folder. */
    @Test
    void filesMayBeLinks() throws IOException {
        folder.model(BERT, "", DType.F32);
        Path blobs = Files.createDirectory(temp.resolve("blobs"));
        for (String name : List.of("config.json", "tokenizer.json", "model.safetensors")) {
            Files.move(folder.path().resolve(name), blobs.resolve(name));
            Files.createSymbolicLink(folder.path().resolve(name), Path.of("../blobs", name));
        }
        assertArrayEquals(reference(BERT, "whole"), imported(ImportSettings.none(), TextRole.PASSAGE), 1e-6f);
    }

    @Test
    void theManifestSaysWhatWasImported() throws Exception {
        folder.model(BERT, "", DType.F32);
        byte[] config = Files.readAllBytes(folder.path().resolve("config.json"));
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(config));
        try (Encoder encoder = importAndOpen(ImportSettings.none())) {
            Map<?, ?> hashes = (Map<?, ?>) encoder.manifest().provenance().get("sha256");
            assertEquals(hash, hashes.get("config.json"));
            assertEquals(Set.of("config.json", "tokenizer.json", "model.safetensors"), hashes.keySet());
        }
    }

    /** multilingual-e5 says its prefixes only in its description. */
    @Test
    void prefixesComeFromTheSettingsOrThePrompts() throws IOException {
        folder.model(XLM_ROBERTA, "", DType.F32);
        float[] byHand = imported(ImportSettings.none(), TextRole.QUERY, "query: " + TEXT);
        assertArrayEquals(byHand, imported(settings("query: ", "passage: "), TextRole.QUERY), 1e-6f);
        folder.text(
                "config_sentence_transformers.json", "{\"prompts\":{\"query\":\"query: \",\"document\":\"doc: \"}}");
        assertArrayEquals(byHand, imported(ImportSettings.none(), TextRole.QUERY), 1e-6f);
        float[] document = imported(settings("", ""), TextRole.PASSAGE, "doc: " + TEXT);
        assertArrayEquals(document, imported(ImportSettings.none(), TextRole.PASSAGE), 1e-6f);
    }

    /** LaBSE: the first token, a dense layer, tanh. The expected vector is computed here from the first token's. */
    @Test
    void labseWithItsDenseLayer() throws IOException {
        folder.model(BERT, "", DType.F32).modules("pooling_mode_cls_token", 32, true);
        folder.text(
                "2_Dense/config.json",
                "{\"in_features\":32,\"out_features\":2,\"bias\":true,"
                        + "\"activation_function\":\"torch.nn.modules.activation.Tanh\"}");
        float[] weight = new float[64];
        weight[3] = 2f;
        weight[32 + 5] = -1f;
        InMemoryTensors dense = new InMemoryTensors()
                .put("linear.weight", new long[] {2, 32}, weight)
                .put("linear.bias", new long[] {2}, .25f, -.5f);
        SafetensorsWriter.write(folder.path().resolve("2_Dense/model.safetensors"), dense);
        try (Encoder encoder = importAndOpen(ImportSettings.none())) {
            float[] first = encoder.tokenVectors(TEXT).vectors()[0];
            double x = Math.tanh(2 * first[3] + .25);
            double y = Math.tanh(-first[5] - .5);
            double length = Math.hypot(x, y);
            float[] expected = {(float) (x / length), (float) (y / length)};
            assertArrayEquals(
                    expected,
                    encoder.encode(List.of(TEXT), TextRole.PASSAGE).get(0).vector(),
                    1e-5f);
        }
    }

    /** paraphrase-multilingual-MiniLM: BERT's shape under XLM-R's tokenizer, mean pooling, short. */
    @Test
    void miniLmWithABertUnderAnotherTokenizer() throws IOException {
        folder.model(BERT, "", DType.F32).modules("pooling_mode_mean_tokens", 32, false);
        folder.text("tokenizer.json", XLM_ROBERTA.tokenizerJson());
        folder.text("sentence_bert_config.json", "{\"max_seq_length\":24,\"do_lower_case\":false}");
        try (Encoder encoder = importAndOpen(ImportSettings.none())) {
            assertEquals(24, encoder.manifest().passageTokens());
            assertEquals(24, encoder.manifest().queryTokens());
            String text = "the river and the library ".repeat(20);
            assertTrue(encoder.encode(List.of(text), TextRole.PASSAGE).get(0).truncated());
        }
    }

    @Test
    void weightsInSeveralFiles() throws IOException {
        folder.model(BERT, "bert.", DType.F32).without("model.safetensors");
        InMemoryTensors all = ModelFolder.converted(BERT.weights(), "bert.", DType.F32);
        InMemoryTensors[] parts = {new InMemoryTensors(), new InMemoryTensors()};
        StringBuilder map = new StringBuilder();
        int i = 0;
        for (String name : all.names()) {
            int part = i++ % 2;
            parts[part].put(name, DType.F32, all.shape(name), all.bytes(name));
            map.append(map.isEmpty() ? "" : ",").append("\"" + name + "\":\"part-" + part + ".safetensors\"");
        }
        SafetensorsWriter.write(folder.path().resolve("part-0.safetensors"), parts[0]);
        SafetensorsWriter.write(folder.path().resolve("part-1.safetensors"), parts[1]);
        folder.text("model.safetensors.index.json", "{\"weight_map\":{" + map + "}}");
        assertArrayEquals(reference(BERT, "whole"), imported(ImportSettings.none(), TextRole.PASSAGE), 1e-6f);

        folder.text("model.safetensors.index.json", "{\"weight_map\":{\"a\":\"../outside.safetensors\"}}");
        assertRefused("[../outside.safetensors] is no path that an artifact may name");
    }

    @Test
    void aVocabularyAloneMakesATokenizer() throws IOException {
        folder.model(BERT, "", DType.F32).without("tokenizer.json");
        folder.text("vocab.txt", String.join("\n", pieces()) + "\n");
        folder.text("tokenizer_config.json", "{\"do_lower_case\":false}");
        assertArrayEquals(reference(BERT, "own"), imported(ImportSettings.none(), TextRole.PASSAGE), 1e-6f);
        folder.text("tokenizer_config.json", "{\"strip_accents\":false,\"tokenize_chinese_chars\":false}");
        try (Encoder encoder = importAndOpen(ImportSettings.none())) {
            var normalizer = new ObjectMapper()
                    .readTree(aside.resolve("artifact-" + (imports - 1))
                            .resolve("tokenizer.json")
                            .toFile())
                    .get("normalizer");
            assertTrue(normalizer.get("lowercase").booleanValue());
            assertFalse(normalizer.get("strip_accents").asBoolean(true));
            assertFalse(normalizer.get("handle_chinese_chars").asBoolean(true));
        }
        folder.text("vocab.txt", "the\nof\n");
        assertRefused("the vocabulary of [2] pieces lacks [[PAD]]");
    }

    private static List<String> pieces() throws IOException {
        var vocabulary =
                new ObjectMapper().readTree(BERT.tokenizerJson()).path("model").path("vocab");
        return vocabulary.properties().stream()
                .sorted(Comparator.comparingInt(piece -> piece.getValue().asInt()))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void otherFamiliesAreRefused() throws IOException {
        folder.model(BERT, "", DType.F32);
        String config = Files.readString(folder.path().resolve("config.json"));
        folder.text("config.json", config.replace("\"bert\"", "\"distilbert\""));
        assertRefused("[model_type] is [distilbert], and only [bert, xlm-roberta] are supported");
        folder.text("config.json", config.replace("\"gelu\"", "\"relu\""));
        assertRefused("[hidden_act] is [relu], and only [gelu] is supported");
        folder.text("config.json", config.replace("\"absolute\"", "\"relative_key\""));
        assertRefused("[position_embedding_type] is [relative_key]");
        folder.text("config.json", "{");
        assertRefused("config.json is not JSON");
        folder.without("config.json");
        assertRefused("has no config.json; give the folder of a HuggingFace or sentence-transformers model");
    }

    @Test
    void programsInPlaceOfWeightsAreRefused() throws IOException {
        folder.model(BERT, "", DType.F32).without("model.safetensors");
        assertRefused("has no [model.safetensors], but no weights at all");
        folder.text("pytorch_model.bin", "x").text("traced.pt", "x").text("tf_model.h5", "x");
        assertRefused(
                "[pytorch_model.bin, tf_model.h5, traced.pt]; pickles (.bin, .pt, .pth, .ckpt, .pkl) are programs and"
                        + " are never loaded");
        assertRefused("save the model as safetensors");
    }

    @Test
    void whatCannotBeComputedIsRefused() throws IOException {
        folder.model(BERT, "", DType.F32).modules("pooling_mode_max_tokens", 32, false);
        assertRefused("sets [pooling_mode_max_tokens]; supported is exactly one of [pooling_mode_mean_tokens] and"
                + " [pooling_mode_cls_token]");
        folder.modules("pooling_mode_mean_tokens", 32, true);
        folder.text(
                "2_Dense/config.json",
                "{\"in_features\":32,\"out_features\":2,\"bias\":true,"
                        + "\"activation_function\":\"torch.nn.modules.activation.ReLU\"}");
        assertRefused("[activation_function] is [torch.nn.modules.activation.ReLU]");
        folder.without("tokenizer.json").without("modules.json").text("sentencepiece.bpe.model", "x");
        assertRefused("has neither tokenizer.json nor vocab.txt; a SentencePiece model alone is not read");
    }

    @Test
    void moreTokensThanPositionsAreRefused() throws IOException {
        folder.model(XLM_ROBERTA, "", DType.F32);
        ImportSettings settings = new ImportSettings(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(129),
                Optional.empty());
        ImportException refused = assertThrows(ImportException.class, () -> importAndOpen(settings));
        assertEquals("passage tokens [129] are more than the model's positions, [128]", refused.getMessage());
    }

    @Test
    void aMissingTensorLeavesNothingBehind() throws IOException {
        folder.model(BERT, "", DType.F32);
        InMemoryTensors some = new InMemoryTensors().put("embeddings.LayerNorm.bias", new long[] {1}, 1f);
        SafetensorsWriter.write(folder.path().resolve("model.safetensors"), some);
        assertRefused("the tensor [embeddings.word_embeddings.weight]");
        assertFalse(Files.exists(temp.resolve("artifact")));
        try (var files = Files.list(temp)) {
            assertEquals(List.of(folder.path()), files.toList());
        }
    }

    private void assertRefused(String message) {
        IOException refused = assertThrows(IOException.class, () -> importAndOpen(ImportSettings.none()));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    private static ImportSettings settings(String queryPrefix, String passagePrefix) {
        return new ImportSettings(
                Optional.empty(),
                Optional.of(queryPrefix),
                Optional.of(passagePrefix),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private float[] imported(ImportSettings settings, TextRole role) throws IOException {
        return imported(settings, role, TEXT);
    }

    private float[] imported(ImportSettings settings, TextRole role, String text) throws IOException {
        try (Encoder encoder = importAndOpen(settings)) {
            return encoder.encode(List.of(text), role).get(0).vector();
        }
    }

    private Encoder importAndOpen(ImportSettings settings) throws IOException {
        Path output = temp.resolve("artifact");
        try (HuggingFaceFolder source = HuggingFaceFolder.open(folder.path())) {
            ArtifactWriter.write(source.spec(settings), output);
        }
        // out of the way of the next import; what is mapped stays valid
        Path opened = aside.resolve("artifact-" + imports++);
        Files.move(output, opened);
        return Encoder.open(opened, OPTIONS);
    }

    /** The vector of the text by an artifact that was never a HuggingFace folder. */
    private float[] reference(ArtifactSpec spec, String name) throws IOException {
        Path artifact = temp.resolve("reference-" + name);
        ArtifactWriter.write(spec, artifact);
        try (Encoder encoder = Encoder.open(artifact, OPTIONS)) {
            return encoder.encode(List.of(TEXT), TextRole.PASSAGE).get(0).vector();
        }
    }
}

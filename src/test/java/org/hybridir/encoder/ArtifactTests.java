package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hybridir.program.TransformerConfig;
import org.hybridir.program.TransformerWeights;
import org.hybridir.weights.DType;
import org.hybridir.weights.InMemoryTensors;
import org.hybridir.weights.SafetensorsFile;
import org.hybridir.weights.SafetensorsWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an artifact is made of, and what is refused with which words. */
final class ArtifactTests {
    @TempDir
    Path temp;

    private Path folder;

    @BeforeEach
    void write() throws IOException {
        folder = TinyArtifacts.write(TinyArtifacts.withDense(TinyArtifacts.bertSpec("tiny"), true), temp);
    }

    @Test
    void folderHasTheLayoutOfSentenceTransformers() throws IOException {
        JsonNode modules = json("modules.json");
        assertEquals(4, modules.size());
        List<String> kinds = List.of("Transformer", "Pooling", "Dense", "Normalize");
        List<String> paths = List.of("", "1_Pooling", "2_Dense", "3_Normalize");
        for (int i = 0; i < 4; i++) {
            assertEquals(
                    "sentence_transformers.models." + kinds.get(i),
                    modules.get(i).get("type").asText());
            assertEquals(paths.get(i), modules.get(i).get("path").asText());
            assertTrue(Files.isDirectory(folder.resolve(paths.get(i))));
        }
        assertEquals(64, json("sentence_bert_config.json").get("max_seq_length").asInt());
        assertEquals(
                "",
                json("config_sentence_transformers.json")
                        .get("prompts")
                        .get("query")
                        .asText());
        assertEquals("bert", json("config.json").get("model_type").asText());
        assertTrue(Files.readString(folder.resolve("README.md")).contains("# tiny"));
    }

    @Test
    void manifestHasTheHashOfEveryOtherFile() throws IOException {
        Manifest manifest = ManifestFile.read(new ArtifactFolder(folder));
        try (Stream<Path> files = Files.walk(folder)) {
            List<String> expected = files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .filter(path -> !path.equals("hybrid_ir.json"))
                    .sorted()
                    .toList();
            assertEquals(expected, List.copyOf(manifest.files().keySet()));
            assertTrue(expected.contains("golden.json"));
        }
        assertEquals("random weights", manifest.provenance().get("base"));
    }

    @Test
    void goldenVectorsHaveBothRolesAndATruncatedText() throws IOException {
        JsonNode golden = json("golden.json");
        long queries = golden.valueStream()
                .filter(e -> e.get("role").asText().equals("query"))
                .count();
        assertTrue(queries > 5 && golden.size() - queries > 5);
        assertEquals(
                1,
                golden.valueStream().filter(e -> e.get("truncated").asBoolean()).count());
    }

    @Test
    void isOpenedWhereverItLies() throws IOException {
        Path moved = Files.move(folder, temp.resolve("moved elsewhere"));
        Encoder.open(moved, EncoderOptions.defaults()).close();
    }

    @Test
    void existingFolderIsNotOverwritten() {
        FileAlreadyExistsException e = assertThrows(
                FileAlreadyExistsException.class, () -> ArtifactWriter.write(TinyArtifacts.bertSpec("tiny"), folder));
        assertTrue(e.getMessage().contains("remove this one or name another"), e.getMessage());
    }

    @Test
    void writerLeavesNothingBehindWhenItFails() throws IOException {
        ArtifactSpec good = TinyArtifacts.bertSpec("failed");
        ArtifactSpec bad = ArtifactSpec.of(
                good.config(), good.tokenizerJson(), new InMemoryTensors(), good.pooling(), good.manifest());
        ArtifactException e =
                assertThrows(ArtifactException.class, () -> ArtifactWriter.write(bad, temp.resolve("failed")));
        assertEquals(
                "the weights given do not make [model.safetensors]: the tensor [embeddings.word_embeddings.weight] of"
                        + " shape [" + good.config().vocabulary() + ", 32] is missing",
                e.getMessage());
        try (Stream<Path> left = Files.list(temp)) {
            assertEquals(List.of(folder), left.toList());
        }
    }

    @Test
    void denseWithoutWeightsIsRefused() {
        ArtifactSpec spec = TinyArtifacts.bertSpec("dense");
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new ArtifactSpec(
                        spec.config(),
                        spec.tokenizerJson(),
                        spec.weights(),
                        spec.pooling(),
                        Optional.of(new Dense(32, 8, false)),
                        Optional.empty(),
                        spec.manifest()));
        assertEquals("a dense layer and its weights must both be given or both be absent", e.getMessage());
    }

    @Test
    void missingFolder() {
        refused(temp.resolve("nowhere"), "there is no artifact folder [", "hybrid-ir import");
    }

    @Test
    void missingManifest() throws IOException {
        Files.delete(folder.resolve("hybrid_ir.json"));
        refused("lacks the file [hybrid_ir.json]; import or export it again");
    }

    @Test
    void unknownFormat() throws IOException {
        edit("hybrid_ir.json", json -> json.put("format_version", 99));
        refused("[hybrid_ir.json]: [format_version] is [99], and this version of hybrid-ir reads only [1]");
    }

    @Test
    void manifestThatIsNoJson() throws IOException {
        Files.writeString(folder.resolve("hybrid_ir.json"), "{\"format_version\": ");
        refused("[hybrid_ir.json] is not JSON: ");
    }

    @Test
    void manifestWithAFieldOfAnotherType() throws IOException {
        edit("hybrid_ir.json", json -> json.put("name", 5));
        refused("[hybrid_ir.json]: [name] must be a string, not [5]");
    }

    @Test
    void manifestWithoutRoom() throws IOException {
        edit("hybrid_ir.json", json -> ((ObjectNode) json.get("query")).put("max_tokens", 1));
        refused("[hybrid_ir.json]: queries and passages must be allowed at least 3 tokens, not [1] and [64]");
    }

    @Test
    void changedByteInEachFile() throws IOException {
        for (String path : ManifestFile.read(new ArtifactFolder(folder)).files().keySet()) {
            byte[] bytes = Files.readAllBytes(folder.resolve(path));
            bytes[bytes.length / 2] ^= 1;
            Files.write(folder.resolve(path), bytes);
            refused("the file [" + path + "] of the artifact [", "was changed: its SHA-256 is [", "restore the file");
            bytes[bytes.length / 2] ^= 1;
            Files.write(folder.resolve(path), bytes);
        }
        Encoder.open(folder, EncoderOptions.defaults()).close();
    }

    @Test
    void eachMissingFile() throws IOException {
        for (String path : ManifestFile.read(new ArtifactFolder(folder)).files().keySet()) {
            Path away = Files.move(folder.resolve(path), temp.resolve("away"));
            refused("lacks the file [" + path + "]; import or export it again");
            Files.move(away, folder.resolve(path));
        }
    }

    @Test
    void pathsThatLeadOut() throws IOException {
        Files.writeString(temp.resolve("secret"), "x");
        for (String path :
                List.of("../secret", "/etc/hostname", "1_Pooling/../../secret", "..", "a\\b", "C:x", "", "./x")) {
            JsonNode before = json("hybrid_ir.json");
            edit("hybrid_ir.json", json -> ((ObjectNode) json.get("files")).put(path, "00"));
            refused("[" + path + "] is no path that an artifact may name; allowed are paths below its own folder");
            Json.write(folder.resolve("hybrid_ir.json"), before);
        }
    }

    @Test
    void linkThatLeadsOut() throws IOException {
        Path file = folder.resolve("tokenizer.json");
        Files.createSymbolicLink(file, Files.move(file, temp.resolve("outside.json")));
        refused("the file [tokenizer.json] of the artifact [", "is a link that leads out of the folder");
    }

    @Test
    void deciderWithoutHash() throws IOException {
        for (String path :
                List.of("model.safetensors", "1_Pooling/config.json", "2_Dense/model.safetensors", "golden.json")) {
            JsonNode before = json("hybrid_ir.json");
            edit("hybrid_ir.json", json -> ((ObjectNode) json.get("files")).remove(path));
            refused("[hybrid_ir.json] has no SHA-256 for the file [" + path + "]");
            Json.write(folder.resolve("hybrid_ir.json"), before);
        }
    }

    @Test
    void missingTensor() throws IOException {
        TransformerConfig config = TinyArtifacts.bertSpec("x").config();
        Map<String, long[]> shapes = TransformerWeights.shapes(config);
        shapes.remove("encoder.layer.1.output.dense.bias");
        replaceWeights("model.safetensors", RandomTensors.of(shapes, DType.F32, 1));
        refused(
                "[model.safetensors] of the artifact [",
                "the tensor [encoder.layer.1.output.dense.bias] of shape [32] is missing; import or export the model again");
    }

    @Test
    void wrongShape() throws IOException {
        TransformerConfig config = TinyArtifacts.bertSpec("x").config();
        Map<String, long[]> shapes = TransformerWeights.shapes(config);
        shapes.put("encoder.layer.0.intermediate.dense.weight", new long[] {32, 64});
        replaceWeights("model.safetensors", RandomTensors.of(shapes, DType.F32, 1));
        refused(
                "the tensor [encoder.layer.0.intermediate.dense.weight] has the shape [32, 64], and the configuration asks"
                        + " for [64, 32]");
    }

    @Test
    void wrongDenseWeights() throws IOException {
        replaceWeights("2_Dense/model.safetensors", RandomTensors.of(new Dense(32, 23, true).shapes(), DType.F32, 1));
        refused("[2_Dense/model.safetensors] of the artifact [", "[linear.weight] has the shape [23, 32]");
    }

    @Test
    void weightsThatAreNoSafetensors() throws IOException {
        Files.writeString(folder.resolve("model.safetensors"), "PK\3\4 something else entirely");
        reseal();
        refused("model.safetensors]");
    }

    @Test
    void otherFamily() throws IOException {
        edit("config.json", json -> json.put("model_type", "gpt2"));
        reseal();
        refused("config.json: [model_type] is [gpt2], and only [bert, xlm-roberta] are supported");
    }

    @Test
    void poolingThatIsNotSupported() throws IOException {
        edit("1_Pooling/config.json", json -> json.put("pooling_mode_max_tokens", true));
        reseal();
        refused(
                "[1_Pooling/config.json] sets [pooling_mode_mean_tokens, pooling_mode_max_tokens]; supported is exactly one"
                        + " of [pooling_mode_mean_tokens] and [pooling_mode_cls_token]");
    }

    @Test
    void poolingOfAnotherWidth() throws IOException {
        edit("1_Pooling/config.json", json -> json.put("word_embedding_dimension", 31));
        reseal();
        refused("the pooling's word_embedding_dimension is [31], and hidden_size of [config.json] is [32]");
    }

    @Test
    void denseOfAnotherActivation() throws IOException {
        edit("2_Dense/config.json", json -> json.put("activation_function", "os.system"));
        reseal();
        refused("[2_Dense/config.json]: [activation_function] is [os.system]; supported are [");
    }

    @Test
    void moduleOfAnotherKind() throws IOException {
        ArrayNode modules = (ArrayNode) json("modules.json");
        ((ObjectNode) modules.get(2)).put("type", "my_code.Evil");
        Json.write(folder.resolve("modules.json"), modules);
        reseal();
        refused(
                "[modules.json] lists the modules [Transformer, Pooling, Evil, Normalize]",
                "supported are [Transformer");
    }

    @Test
    void withoutNormalize() throws IOException {
        ArrayNode modules = (ArrayNode) json("modules.json");
        modules.remove(3);
        Json.write(folder.resolve("modules.json"), modules);
        reseal();
        refused("[modules.json] lists no Normalize module");
    }

    @Test
    void moreTokensThanPositions() throws IOException {
        edit("hybrid_ir.json", json -> ((ObjectNode) json.get("passage")).put("max_tokens", 129));
        refused("[hybrid_ir.json] allows [129] tokens, and the transformer has positions for [128]");
    }

    @Test
    void tokenizerThatIsNone() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        reseal();
        refused("[tokenizer.json] is none that the tokenizers library reads: ");
    }

    @Test
    void tokenizerWithoutSpecialTokens() throws IOException {
        edit("tokenizer.json", json -> json.putNull("post_processor"));
        reseal();
        refused("[tokenizer.json] adds no special tokens");
    }

    @Test
    void tokenizerOfAnotherModel() throws IOException {
        edit("tokenizer.json", json -> ((ObjectNode) json.get("model").get("vocab")).put("the", 5_000_000));
        reseal();
        Exception e = assertThrows(ArtifactException.class, () -> Encoder.open(folder, EncoderOptions.defaults()));
        assertTrue(
                e.getMessage().contains("the tokenizer gave the id [5000000], and the model knows only ids below ["));
    }

    @Test
    void otherVectorsThanTheWriters() throws IOException {
        ArrayNode golden = (ArrayNode) json("golden.json");
        ArrayNode vector = (ArrayNode) golden.get(3).get("vector");
        vector.set(0, vector.get(0).floatValue() + 0.01f);
        Json.write(folder.resolve("golden.json"), golden);
        reseal();
        refused(
                "[golden.json]: the query [Πού είναι η βιβλιοθήκη;] gives a vector of cosine [",
                "allowed are [0.9999]");
    }

    @Test
    void otherTokensThanTheWriters() throws IOException {
        edit("tokenizer.json", json -> ((ObjectNode) json.get("normalizer")).put("lowercase", true));
        reseal();
        refused("[golden.json]: the query [");
    }

    @Test
    void otherWeightsThanTheWriters() throws IOException {
        TransformerConfig config = TinyArtifacts.bertSpec("x").config();
        replaceWeights("model.safetensors", RandomTensors.of(TransformerWeights.shapes(config), DType.F32, 2));
        refused("[golden.json]: the query [Where is the library?] gives a vector of cosine [");
    }

    @Test
    void noGoldenVectors() throws IOException {
        Files.writeString(folder.resolve("golden.json"), "[]");
        reseal();
        refused("[golden.json] holds no golden vectors");
    }

    @Test
    void notANumberIsNeverGolden() throws IOException {
        TransformerConfig config = TinyArtifacts.bertSpec("x").config();
        InMemoryTensors weights = RandomTensors.of(TransformerWeights.shapes(config), DType.F32, 1);
        float[] broken = new float[32];
        broken[5] = Float.NaN;
        replaceWeights("model.safetensors", weights.put("embeddings.LayerNorm.bias", new long[] {32}, broken));
        refused("[golden.json]: the query [");
    }

    private void refused(String... parts) {
        refused(folder, parts);
    }

    private static void refused(Path folder, String... parts) {
        ArtifactException e =
                assertThrows(ArtifactException.class, () -> Encoder.open(folder, EncoderOptions.defaults()));
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), e.getMessage());
        }
    }

    private interface Edit {
        void change(ObjectNode json);
    }

    private JsonNode json(String path) throws IOException {
        return Json.MAPPER.readTree(Files.readString(folder.resolve(path)));
    }

    private void edit(String path, Edit edit) throws IOException {
        ObjectNode json = (ObjectNode) json(path);
        edit.change(json);
        Json.write(folder.resolve(path), json);
    }

    private void replaceWeights(String path, InMemoryTensors tensors) throws IOException {
        Files.delete(folder.resolve(path));
        SafetensorsWriter.write(folder.resolve(path), tensors);
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(path))) {
            assertFalse(file.names().isEmpty());
        }
        reseal();
    }

    /** Writes the hashes of the files as they are now, as somebody would who means to deceive. */
    private void reseal() throws IOException {
        Manifest manifest = ManifestFile.read(new ArtifactFolder(folder));
        ManifestFile.write(folder, manifest.withFiles(ArtifactWriter.hashes(folder)));
    }
}

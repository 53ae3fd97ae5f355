package org.hybridir.encoder;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hybridir.program.Family;
import org.hybridir.program.TransformerConfig;
import org.hybridir.program.TransformerWeights;
import org.hybridir.weights.DType;
import org.hybridir.weights.TensorSource;

/**
 * Tiny artifacts for tests: two layers of width 32, random weights from a fixed seed, and a vocabulary of single
 * characters of several scripts and a few words, so that different texts have different vectors. They know nothing
 * about language.
 */
public final class TinyArtifacts {
    public static final int DIMENSION = 32;
    public static final int QUERY_TOKENS = 32;
    public static final int PASSAGE_TOKENS = 64;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 42;
    private static final String CHARACTERS =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,;:?!-'\"()"
                    + "áéíóúñüöäßçàèìòùâêîôûñ¿¡ăđơưếởệ"
                    + "абвгдежзийклмнопрстуфхцчшщъыьэюя"
                    + "αβγδεζηθικλμνξοπρστυφχψως"
                    + "ابتثجحخدذرزسشصضطظعغفقكلمنهوي؟"
                    + "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह"
                    + "กขคงจชซญฎดตถทนบปผพฟภมยรลวศสหอ"
                    + "的一是不了在人有我他这中大来上国图书馆哪里水河海";
    private static final List<String> WORDS = List.of(
            "the", "of", "and", "is", "water", "river", "library", "where", "el", "la", "de", "der", "die", "und");

    private TinyArtifacts() {}

    /** Writes a tiny BERT, mean pooled, to {@code parent/name} and returns that folder. */
    public static Path bert(Path parent, String name) throws IOException {
        return write(bertSpec(name), parent);
    }

    /** Writes a tiny XLM-R, mean pooled, with the prefixes of multilingual-e5, and returns its folder. */
    public static Path xlmRoberta(Path parent, String name) throws IOException {
        return write(xlmRobertaSpec(name), parent);
    }

    /** Writes a spec to a folder named as its manifest and returns that folder. */
    public static Path write(ArtifactSpec spec, Path parent) throws IOException {
        Path folder = parent.resolve(spec.manifest().name());
        ArtifactWriter.write(spec, folder);
        return folder;
    }

    public static ArtifactSpec bertSpec(String name) {
        List<String> vocabulary = wordPieces();
        TransformerConfig config =
                new TransformerConfig(Family.BERT, vocabulary.size(), DIMENSION, 2, 4, 64, 128, 2, 1e-12, 0);
        return ArtifactSpec.of(
                config,
                wordPieceTokenizer(vocabulary),
                weights(config, DType.F32),
                Pooling.MEAN,
                manifest(name, "", ""));
    }

    public static ArtifactSpec xlmRobertaSpec(String name) {
        List<String> vocabulary = unigrams();
        TransformerConfig config =
                new TransformerConfig(Family.XLM_ROBERTA, vocabulary.size(), DIMENSION, 2, 4, 64, 130, 1, 1e-5, 1);
        return ArtifactSpec.of(
                config,
                unigramTokenizer(vocabulary),
                weights(config, DType.F32),
                Pooling.MEAN,
                manifest(name, "query: ", "passage: "));
    }

    /** The same artifact with another pooling. */
    public static ArtifactSpec with(ArtifactSpec spec, Pooling pooling) {
        return ArtifactSpec.of(spec.config(), spec.tokenizerJson(), spec.weights(), pooling, spec.manifest());
    }

    /** The same artifact with a random dense layer of 24 outputs. */
    public static ArtifactSpec withDense(ArtifactSpec spec, boolean tanh) {
        Dense dense = new Dense(DIMENSION, 24, tanh);
        return new ArtifactSpec(
                spec.config(),
                spec.tokenizerJson(),
                spec.weights(),
                spec.pooling(),
                Optional.of(dense),
                Optional.of(RandomTensors.of(dense.shapes(), DType.F32, SEED + 1)),
                spec.manifest());
    }

    /** The transformer's random weights. */
    public static TensorSource weights(TransformerConfig config, DType type) {
        return RandomTensors.of(TransformerWeights.shapes(config), type, SEED);
    }

    private static Manifest manifest(String name, String queryPrefix, String passagePrefix) {
        Map<String, Object> provenance = new LinkedHashMap<>();
        provenance.put("base", "random weights");
        provenance.put("seed", SEED);
        return new Manifest(name, queryPrefix, passagePrefix, QUERY_TOKENS, PASSAGE_TOKENS, Map.of(), provenance);
    }

    private static List<String> wordPieces() {
        List<String> pieces = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
        pieces.addAll(WORDS);
        CHARACTERS.chars().distinct().forEach(c -> pieces.add(Character.toString(c)));
        CHARACTERS
                .chars()
                .distinct()
                .filter(Character::isLetterOrDigit)
                .forEach(c -> pieces.add("##" + Character.toString(c)));
        return pieces;
    }

    private static List<String> unigrams() {
        List<String> pieces = new ArrayList<>(List.of("<s>", "<pad>", "</s>", "<unk>", "▁"));
        WORDS.forEach(word -> pieces.add("▁" + word));
        CHARACTERS.chars().distinct().forEach(c -> pieces.add(Character.toString(c)));
        pieces.add("<mask>");
        return pieces;
    }

    private static String wordPieceTokenizer(List<String> vocabulary) {
        ObjectNode root =
                tokenizer(vocabulary, List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"), "[CLS]", "[SEP]");
        root.putObject("normalizer")
                .put("type", "BertNormalizer")
                .put("clean_text", true)
                .put("handle_chinese_chars", true)
                .putNull("strip_accents")
                .put("lowercase", false);
        root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        ObjectNode model = root.putObject("model")
                .put("type", "WordPiece")
                .put("unk_token", "[UNK]")
                .put("continuing_subword_prefix", "##")
                .put("max_input_chars_per_word", 100);
        ObjectNode ids = model.putObject("vocab");
        vocabulary.forEach(piece -> ids.put(piece, ids.size()));
        return root.toString();
    }

    private static String unigramTokenizer(List<String> vocabulary) {
        ObjectNode root = tokenizer(vocabulary, List.of("<s>", "<pad>", "</s>", "<unk>", "<mask>"), "<s>", "</s>");
        root.putObject("normalizer").put("type", "NFKC");
        root.putObject("pre_tokenizer")
                .put("type", "Metaspace")
                .put("replacement", "▁")
                .put("prepend_scheme", "always")
                .put("split", true);
        root.putNull("decoder");
        ObjectNode model =
                root.putObject("model").put("type", "Unigram").put("unk_id", 3).put("byte_fallback", false);
        ArrayNode pieces = model.putArray("vocab");
        for (String piece : vocabulary) {
            pieces.addArray().add(piece).add(piece.length() > 2 ? -2.0 : -4.0);
        }
        return root.toString();
    }

    private static ObjectNode tokenizer(List<String> vocabulary, List<String> special, String first, String last) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        ArrayNode added = root.putArray("added_tokens");
        for (String token : special) {
            added.addObject()
                    .put("id", vocabulary.indexOf(token))
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        ObjectNode template = root.putObject("post_processor").put("type", "TemplateProcessing");
        ArrayNode single = template.putArray("single");
        single.addObject().putObject("SpecialToken").put("id", first).put("type_id", 0);
        single.addObject().putObject("Sequence").put("id", "A").put("type_id", 0);
        single.addObject().putObject("SpecialToken").put("id", last).put("type_id", 0);
        template.set("pair", single.deepCopy());
        ((ObjectNode) template.get("pair").get(1).get("Sequence")).put("id", "A");
        ObjectNode ids = template.putObject("special_tokens");
        for (String token : List.of(first, last)) {
            ObjectNode entry = ids.putObject(token).put("id", token);
            entry.putArray("ids").add(vocabulary.indexOf(token));
            entry.putArray("tokens").add(token);
        }
        return root;
    }
}

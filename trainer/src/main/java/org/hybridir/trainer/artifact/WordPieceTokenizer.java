package org.hybridir.trainer.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The text of {@code tokenizer.json} for BERT's WordPiece vocabulary, for sources that bring only {@code vocab.txt}. */
public final class WordPieceTokenizer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");
    /** As in HuggingFace's BertTokenizer: a longer word is unknown. */
    private static final int LONGEST_WORD = 100;

    /** How many characters a word may have before it is unknown as a whole. */
    static final String LONGEST_WORD_KEY = "max_input_chars_per_word";

    private WordPieceTokenizer() {}

    /**
     * @param vocabulary a piece a line, the line number is its id
     * @param config {@code tokenizer_config.json}: {@code do_lower_case}, {@code strip_accents},
     *     {@code tokenize_chinese_chars}, and {@value #LONGEST_WORD_KEY} as {@code tokenizer.json} has it; what it leaves
     *     out is as in BERT's uncased models
     */
    public static String json(List<String> vocabulary, JsonNode config) throws ImportException {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0").putNull("truncation").putNull("padding");
        addSpecial(root.putArray("added_tokens"), vocabulary);
        root.set("normalizer", normalizer(config));
        root.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        root.set("post_processor", template(id(vocabulary, "[CLS]"), id(vocabulary, "[SEP]")));
        root.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        ObjectNode model = root.putObject("model");
        model.put("type", "WordPiece").put("unk_token", "[UNK]").put("continuing_subword_prefix", "##");
        model.put(LONGEST_WORD_KEY, config.path(LONGEST_WORD_KEY).asInt(LONGEST_WORD));
        ObjectNode ids = model.putObject("vocab");
        for (int id = 0; id < vocabulary.size(); id++) {
            ids.put(vocabulary.get(id), id);
        }
        return root.toString();
    }

    private static ObjectNode normalizer(JsonNode config) {
        ObjectNode normalizer =
                JSON.createObjectNode().put("type", "BertNormalizer").put("clean_text", true);
        normalizer.put(
                "handle_chinese_chars", config.path("tokenize_chinese_chars").asBoolean(true));
        // null: accents go with the case
        normalizer.set("strip_accents", config.path("strip_accents").isBoolean() ? config.get("strip_accents") : null);
        return normalizer.put("lowercase", config.path("do_lower_case").asBoolean(true));
    }

    private static void addSpecial(ArrayNode added, List<String> vocabulary) throws ImportException {
        for (String token : SPECIAL) {
            ObjectNode node = added.addObject();
            node.put("id", id(vocabulary, token)).put("content", token).put("single_word", false);
            node.put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
    }

    private static int id(List<String> vocabulary, String token) throws ImportException {
        int id = vocabulary.indexOf(token);
        if (id < 0) {
            throw new ImportException("the vocabulary of [" + vocabulary.size() + "] pieces lacks [" + token
                    + "]; only BERT's WordPiece vocabularies are read, with " + SPECIAL);
        }
        return id;
    }

    /** [CLS] A [SEP], and for pairs, which an encoder never asks for, [CLS] A [SEP] B [SEP]. */
    private static ObjectNode template(int cls, int sep) {
        ObjectNode post = JSON.createObjectNode().put("type", "TemplateProcessing");
        ArrayNode single = post.putArray("single");
        addPart(single, "SpecialToken", "[CLS]", 0);
        addPart(single, "Sequence", "A", 0);
        addPart(single, "SpecialToken", "[SEP]", 0);
        ArrayNode pair = post.putArray("pair");
        pair.addAll(single.deepCopy());
        addPart(pair, "Sequence", "B", 1);
        addPart(pair, "SpecialToken", "[SEP]", 1);
        ObjectNode tokens = post.putObject("special_tokens");
        addToken(tokens, "[CLS]", cls);
        addToken(tokens, "[SEP]", sep);
        return post;
    }

    private static void addPart(ArrayNode parts, String kind, String id, int type) {
        parts.addObject().putObject(kind).put("id", id).put("type_id", type);
    }

    private static void addToken(ObjectNode tokens, String token, int id) {
        ObjectNode node = tokens.putObject(token).put("id", token);
        node.putArray("ids").add(id);
        node.putArray("tokens").add(token);
    }
}

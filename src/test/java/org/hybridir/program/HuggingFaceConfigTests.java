package org.hybridir.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class HuggingFaceConfigTests {
    private static final TransformerConfig MBERT =
            new TransformerConfig(Family.BERT, 119547, 768, 12, 12, 3072, 512, 2, 1e-12, 0);
    private static final TransformerConfig XLMR =
            new TransformerConfig(Family.XLM_ROBERTA, 250002, 384, 12, 12, 1536, 514, 1, 1e-5, 1);

    @Test
    void whatIsWrittenIsReadAgain() {
        assertEquals(MBERT, HuggingFaceConfig.read(HuggingFaceConfig.write(MBERT)));
        assertEquals(XLMR, HuggingFaceConfig.read(HuggingFaceConfig.write(XLMR)));
    }

    @Test
    void absentFieldsHaveTheLibrarysDefaults() {
        String bert = """
                {"model_type": "bert", "vocab_size": 119547, "hidden_size": 768, "num_hidden_layers": 12,
                 "num_attention_heads": 12, "intermediate_size": 3072, "max_position_embeddings": 512,
                 "type_vocab_size": 2, "layer_norm_eps": 1e-12, "directionality": "bidi"}""";
        assertEquals(MBERT, HuggingFaceConfig.read(bert));
        String xlmr = HuggingFaceConfig.write(XLMR).replaceAll("\"pad_token_id\" : 1,", "");
        assertEquals(XLMR, HuggingFaceConfig.read(xlmr));
    }

    @Test
    void longestSequence() {
        assertEquals(512, MBERT.maxTokens());
        assertEquals(512, XLMR.maxTokens());
    }

    @Test
    void whatTheProgramCannotComputeIsRefused() {
        refused(
                "\"model_type\" : \"bert\"",
                "\"model_type\" : \"distilbert\"",
                "[model_type] is [distilbert], and only");
        refused("\"gelu\"", "\"relu\"", "[hidden_act] is [relu], and only [gelu] is supported");
        refused("\"absolute\"", "\"relative_key\"", "[position_embedding_type] is [relative_key], and only [absolute]");
        refused("\"vocab_size\"", "\"is_decoder\" : true, \"vocab_size\"", "[is_decoder] is [true], and only [false]");
        refused(
                "\"hidden_size\" : 768",
                "\"hidden_size\" : \"768\"",
                "[hidden_size] must be a whole number, not [\"768\"]");
        refused("\"num_hidden_layers\" : 12,", "", "[num_hidden_layers] must be a whole number, not [missing]");
        refused("\"layer_norm_eps\" : 1.0E-12,", "", "[layer_norm_eps] must be a number, not [missing]");
        refused(
                "\"num_attention_heads\" : 12",
                "\"num_attention_heads\" : 7",
                "must divide hidden [768], and [7] does not");
        refused(
                "\"pad_token_id\" : 0",
                "\"pad_token_id\" : 119547",
                "must be in the vocabulary of [119547], not [119547]");
        refused("\"vocab_size\" : 119547", "\"vocab_size\" : 0", "vocabulary must be at least 1, not [0]");
        refused("{", "{,", "config.json is not JSON: ");
    }

    private static void refused(String original, String change, String message) {
        String json = HuggingFaceConfig.write(MBERT);
        assertTrue(json.contains(original), json);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> HuggingFaceConfig.read(json.replace(original, change)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}

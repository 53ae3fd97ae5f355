package org.hybridir.collection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.hybridir.text.FormatException;

/**
 * Where in a file we are, and access to fields that must be there: every error names the place.
 *
 * @param file as shown to people
 * @param article counted from 0; -1 outside
 * @param paragraph counted from 0; -1 outside
 * @param question id; null outside
 */
record LareqaPlace(String file, int article, int paragraph, String question) {
    LareqaPlace(String file) {
        this(file, -1, -1, null);
    }

    LareqaPlace article(int i) {
        return new LareqaPlace(file, i, -1, null);
    }

    LareqaPlace paragraph(int i) {
        return new LareqaPlace(file, article, i, null);
    }

    LareqaPlace question(String id) {
        return new LareqaPlace(file, article, paragraph, id);
    }

    JsonNode array(JsonNode parent, String field) throws FormatException {
        JsonNode node = parent.get(field);
        if (node == null || !node.isArray()) {
            throw malformed("field [" + field + "] must be an array" + found(node));
        }
        return node;
    }

    String text(JsonNode parent, String field) throws FormatException {
        JsonNode node = parent.get(field);
        if (node == null || !node.isTextual()) {
            throw malformed("field [" + field + "] must be a string" + found(node));
        }
        return node.textValue();
    }

    int number(JsonNode parent, String field) throws FormatException {
        return wholeNumber(parent.get(field), "field [" + field + "]");
    }

    int wholeNumber(JsonNode node, String what) throws FormatException {
        if (node == null || !node.isInt() || node.intValue() < 0) {
            throw malformed(what + " must be a whole number from 0 on" + found(node));
        }
        return node.intValue();
    }

    FormatException malformed(String what) {
        StringBuilder message =
                new StringBuilder("malformed collection file [").append(file).append(']');
        if (article >= 0) {
            message.append(", article [").append(article).append(']');
        }
        if (paragraph >= 0) {
            message.append(", paragraph [").append(paragraph).append(']');
        }
        if (question != null) {
            message.append(", question [").append(question).append(']');
        }
        return new FormatException(message.append(": ").append(what).toString());
    }

    private static String found(JsonNode node) {
        return node == null
                ? ", but is missing"
                : ", but is " + node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}

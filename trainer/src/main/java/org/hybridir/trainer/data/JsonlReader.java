package org.hybridir.trainer.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hybridir.language.LanguageCode;

/**
 * Our own format, an object a line:
 *
 * <pre>{@code
 * {"query": "..", "passage": "..", "query_language": "sw", "passage_language": "en", "group": "17", "negatives": [".."]}
 * }</pre>
 *
 * <p>Negatives, which may be left out, are passages in the passage's language that look relevant and are not.
 *
 * <p>Files with other names for these fields are read by naming them ({@code query=question,passage=context}); where the
 * file does not say the languages, {@code language=en} or {@code language=sw-en} does. A line without a group is parallel to
 * no other.
 */
final class JsonlReader implements PairReader {
    @Override
    public void read(Path file, SourceOptions options, PairCollector out) throws IOException {
        Optional<LanguagePair> languages = options.languages();
        JsonLines.read(file, line -> {
            LanguagePair pair = languages.isPresent() ? languages.get() : languages(line, options);
            out.add(
                    text(line, options, "query"),
                    pair.query(),
                    text(line, options, "passage"),
                    pair.passage(),
                    group(line, options),
                    negatives(line, options));
        });
    }

    /** Hard negatives: an array of strings, which may be left out. */
    private static List<String> negatives(JsonLines.Line line, SourceOptions options) throws DataException {
        String field = options.get("negatives", "negatives");
        JsonNode value = line.object().path(field);
        List<String> texts = new ArrayList<>();
        for (JsonNode text : value) {
            if (!text.isTextual()) {
                throw line.wrong("field [" + field + "] must hold strings, but holds [" + text + "]");
            }
            texts.add(text.asText());
        }
        if (!value.isMissingNode() && !value.isNull() && !value.isArray()) {
            throw line.wrong("field [" + field + "] must be an array of strings, but is [" + value + "]");
        }
        return texts;
    }

    private static String text(JsonLines.Line line, SourceOptions options, String key) throws DataException {
        return line.text(options.get(key, key), "; name the field with " + key + "=FIELD");
    }

    private static LanguagePair languages(JsonLines.Line line, SourceOptions options) throws DataException {
        return new LanguagePair(language(line, options, "query_language"), language(line, options, "passage_language"));
    }

    private static String language(JsonLines.Line line, SourceOptions options, String key) throws DataException {
        String code = line.text(
                options.get(key, key),
                "; name the field with " + key + "=FIELD, or all pairs' language with language=CODE");
        return LanguageCode.find(code == null ? "" : code)
                .orElseThrow(() -> line.wrong("field [" + options.get(key, key)
                        + "] must be a language code of ISO 639, such as [de], but is [" + code + "]"));
    }

    private static String group(JsonLines.Line line, SourceOptions options) throws DataException {
        String field = options.get("group", "group");
        boolean named = options.find("group").isPresent();
        String group = named || line.object().has(field) ? line.text(field, "") : null;
        return group == null ? "line " + line.number() : group;
    }
}

package org.hybridir.collection;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hybridir.text.FormatException;
import org.hybridir.text.JsonLines;
import org.hybridir.text.TextFile;
import org.hybridir.trec.Judgements;

/**
 * Reads Mewsli-X (Ruder et al., 2021, arXiv 2104.07412), XTREME-R's entity linking: a mention in the news of eleven languages
 * asks for its entity, described in one of fifty. Files may be gzipped; what else a line holds is not looked at:
 *
 * <pre>{@code
 * candidate_set_entities.jsonl
 *   {"entity_id": "Q38768", "title": "..", "description": "..", "description_language": "id",
 *    "sentence_spans": [{"start": 0, "end": 83}]}
 * wikinews_mentions-test.jsonl       with the articles' text, as Mewsli-X's own script restores it
 *   {"context": {"language": "es", "text": "..", "sentence_spans": [{"start": 0, "end": 42}]},
 *    "mentions": [{"example_id": "..", "entity_id": "Q38768", "mention_span": {"start": 12, "end": 29}}]}
 * }</pre>
 *
 * <p>Offsets are code points. Texts are those of XTREME-R's baseline: of an entity the sentences of its description; of a
 * mention its surface and then its sentence, in which it is marked: {@code Smith: The verdict came for { Smith }, who ..}.
 */
final class MewsliReader {
    private static final String MARKED_ALREADY = "\\{(.*?)\\}";

    private final CollectionBuilder builder = new CollectionBuilder("mewsli-x");
    private final List<Mention> mentions = new ArrayList<>();

    private record Mention(JsonLines.Line line, String id, String entity, String language, String text) {}

    /**
     * @param split {@code test} or {@code dev}
     * @throws FormatException if a file is missing or malformed, or an id stands twice; says which file and line
     */
    static TestCollection read(Path folder, String split, Passages passages) throws IOException {
        return new MewsliReader().readAll(folder, split, passages);
    }

    private TestCollection readAll(Path folder, String split, Passages passages) throws IOException {
        JsonLines.read(TextFile.plainOrGzipped(folder, "wikinews_mentions-" + split + ".jsonl"), this::article);
        JudgedPool pool = new JudgedPool(builder, judgements(), UnaryOperator.identity(), passages);
        JsonLines.read(
                TextFile.plainOrGzipped(folder, "candidate_set_entities.jsonl"),
                line -> pool.document(
                        line, line.text("entity_id"), line.text("description_language"), "", description(line)));
        for (Mention mention : mentions) {
            pool.question(mention.id, mention.language, mention.text);
        }
        pool.end();
        return builder.build(folder.toString());
    }

    private Judgements judgements() throws FormatException {
        Map<String, Map<String, Integer>> byQuestion = new LinkedHashMap<>();
        for (Mention mention : mentions) {
            if (byQuestion.put(mention.id, Map.of(mention.entity, 1)) != null) {
                throw mention.line.wrong("the mention [" + mention.id + "] stands twice");
            }
        }
        return new Judgements(byQuestion);
    }

    private void article(JsonLines.Line line) throws FormatException {
        JsonNode context = line.object().path("context");
        String text = context.path("text").asText();
        if (text.isEmpty()) {
            throw line.wrong("the article has no text; run Mewsli-X's script get-mewsli-x.sh, which puts it in");
        }
        for (JsonNode mention : line.object().path("mentions")) {
            mentions.add(new Mention(
                    line,
                    mention.path("example_id").asText(),
                    mention.path("entity_id").asText(),
                    context.path("language").asText(),
                    marked(line, text, context.path("sentence_spans"), mention.path("mention_span"))));
        }
    }

    private static String marked(JsonLines.Line line, String text, JsonNode sentences, JsonNode mention)
            throws FormatException {
        for (JsonNode sentence : sentences) {
            if (start(sentence) <= start(mention) && end(mention) <= end(sentence)) {
                String surface = slice(line, text, start(mention), end(mention));
                String left = slice(line, text, start(sentence), start(mention)).replaceAll(MARKED_ALREADY, "($1)");
                String right = slice(line, text, end(mention), end(sentence)).replaceAll(MARKED_ALREADY, "($1)");
                return oneLine(surface + ": " + left + " { " + surface + " } " + right);
            }
        }
        throw line.wrong("the mention at code point [" + start(mention) + "] stands in no sentence");
    }

    private static String description(JsonLines.Line line) throws FormatException {
        String description = line.text("description");
        List<String> sentences = new ArrayList<>();
        for (JsonNode span : line.object().path("sentence_spans")) {
            sentences.add(slice(line, description, start(span), end(span)));
        }
        return oneLine(String.join(" ", sentences));
    }

    private static int start(JsonNode span) {
        return span.path("start").asInt(-1);
    }

    private static int end(JsonNode span) {
        return span.path("end").asInt(-1);
    }

    private static String slice(JsonLines.Line line, String text, int from, int to) throws FormatException {
        if (from < 0 || to < from || to > text.codePointCount(0, text.length())) {
            throw line.wrong("there are no code points from [" + from + "] to [" + to + "] in a text of ["
                    + text.codePointCount(0, text.length()) + "]");
        }
        int start = text.offsetByCodePoints(0, from);
        return text.substring(start, text.offsetByCodePoints(start, to - from));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}

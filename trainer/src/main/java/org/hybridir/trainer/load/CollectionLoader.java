package org.hybridir.trainer.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.hybridir.collection.Passage;
import org.hybridir.collection.TestCollection;

/**
 * Loads a test collection: pipeline, index of passages, index of questions, and where grades differ one of judgements; then
 * counts what is there.
 */
public final class CollectionLoader {
    private static final String KNN = "opensearch-knn";
    private static final String OURS = "opensearch-hybrid-ir";
    private static final int IDS_ASKED_AT_ONCE = 1_000;
    private static final int SHOWN = 5;

    private final SearchServer server;
    private final LoadTarget target;

    public CollectionLoader(SearchServer server, LoadTarget target) {
        this.server = server;
        this.target = target;
    }

    /**
     * Makes the pipeline and the empty indices.
     *
     * @param languages of the collection
     * @param replace whether indices of these names are deleted first
     * @throws LoadException if a plugin is missing, the encoder is unknown or does not open, or an index exists
     */
    public void prepare(List<String> languages, boolean replace) throws LoadException {
        checkPlugins();
        int dimension = dimension();
        for (String index : List.of(target.index(), target.questions(), target.judgements())) {
            if (server.has("/" + index)) {
                if (!replace) {
                    throw new LoadException(
                            "index [" + index + "] exists; --replace deletes it first, --index names another one");
                }
                server.delete("/" + index);
            }
        }
        server.put("/_ingest/pipeline/" + target.pipeline(), target.pipelineBody());
        server.put("/" + target.index(), target.passagesBody(dimension, languages));
        server.put("/" + target.questions(), target.questionsBody());
    }

    /**
     * Writes passages, questions and, if they have grades, judgements, and checks that all are there.
     *
     * @param progress is told how many more passages were written
     * @throws LoadException naming what was refused or is missing
     */
    public void load(TestCollection collection, IntConsumer progress) throws LoadException {
        write(target.questions(), questions(collection), written -> {});
        if (collection.graded()) {
            server.put("/" + target.judgements(), target.judgementsBody());
            write(target.judgements(), judgements(collection), written -> {});
        }
        write(target.index(), documents(collection.passages()), progress);
    }

    private void write(String index, Map<String, ?> documents, IntConsumer progress) throws LoadException {
        BulkWriter writer = new BulkWriter(server, index);
        writer.write(documents, progress);
        server.post("/" + index + "/_refresh", null);
        verify(index, documents.keySet(), writer.failures());
    }

    private void verify(String index, Set<String> ids, Map<String, String> failures) throws LoadException {
        if (!failures.isEmpty()) {
            List<String> shown = failures.entrySet().stream()
                    .limit(SHOWN)
                    .map(failure -> "[" + failure.getKey() + "] " + failure.getValue())
                    .toList();
            throw new LoadException("index [" + index + "] refused [" + failures.size() + "] of [" + ids.size()
                    + "] documents: " + String.join("; ", shown));
        }
        long count = server.get("/" + index + "/_count").path("count").asLong();
        if (count != ids.size()) {
            List<String> missing = missing(index, List.copyOf(ids));
            throw new LoadException("index [" + index + "] has [" + count + "] documents, the collection ["
                    + ids.size() + "]; missing are [" + missing.size() + "], such as "
                    + missing.subList(0, Math.min(SHOWN, missing.size())));
        }
    }

    private List<String> missing(String index, List<String> ids) throws LoadException {
        List<String> missing = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += IDS_ASKED_AT_ONCE) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + IDS_ASKED_AT_ONCE));
            JsonNode answer = server.post(
                    "/" + index + "/_search",
                    Map.of("size", some.size(), "_source", false, "query", Map.of("ids", Map.of("values", some))));
            Set<String> found = new HashSet<>(answer.path("hits").path("hits").findValuesAsText("_id"));
            some.stream().filter(id -> !found.contains(id)).forEach(missing::add);
        }
        return missing;
    }

    /** Id to document, as the index of passages takes them. */
    public static Map<String, Object> documents(List<Passage> passages) {
        Map<String, Object> documents = new LinkedHashMap<>();
        passages.forEach(passage -> documents.put(
                passage.id(),
                Map.of(
                        "language",
                        passage.language(),
                        "title",
                        passage.title(),
                        "text",
                        passage.text(),
                        LoadTarget.WORDS,
                        Map.of(passage.language(), passage.text()),
                        "question_ids",
                        passage.questionIds())));
        return documents;
    }

    private static Map<String, Object> judgements(TestCollection collection) {
        Map<String, Object> documents = new LinkedHashMap<>();
        collection.passages().forEach(passage -> passage.grades()
                .forEach((question, grade) -> documents.put(
                        question + "/" + passage.id(),
                        Map.of("question_id", question, "passage_id", passage.id(), "grade", grade))));
        return documents;
    }

    private static Map<String, Object> questions(TestCollection collection) {
        Map<String, Object> documents = new LinkedHashMap<>();
        collection
                .questions()
                .forEach(question -> documents.put(
                        question.language() + "-" + question.id(),
                        Map.of(
                                "question_id", question.id(),
                                "language", question.language(),
                                "text", question.text())));
        return documents;
    }

    private void checkPlugins() throws LoadException {
        Map<String, Set<String>> installed = new LinkedHashMap<>();
        server.get("/_nodes/plugins")
                .path("nodes")
                .forEach(node -> installed.put(
                        node.path("name").asText(),
                        new HashSet<>(node.path("plugins").findValuesAsText("name"))));
        for (Map.Entry<String, Set<String>> node : installed.entrySet()) {
            for (String plugin : List.of(KNN, OURS)) {
                if (!node.getValue().contains(plugin)) {
                    throw new LoadException("the plugin [" + plugin + "] is not installed on node [" + node.getKey()
                            + "] of [" + server.url() + "]: stop the node, install it by"
                            + " [bin/opensearch-plugin install file:...], start it again");
                }
            }
        }
    }

    private int dimension() throws LoadException {
        JsonNode encoders = server.get("/_hybrid_ir/encoders").path("encoders");
        if (!encoders.has(target.encoder())) {
            List<String> known = new ArrayList<>();
            encoders.fieldNames().forEachRemaining(known::add);
            throw new LoadException("unknown encoder [" + target.encoder() + "], known ones " + known
                    + "; a node's encoders are the folders in its config/opensearch-hybrid-ir/encoders/");
        }
        JsonNode encoder = server.get("/_hybrid_ir/encoders/" + target.encoder() + "?open=true")
                .path("encoders")
                .path(target.encoder());
        if (!encoder.path("missing_on").isEmpty()) {
            throw new LoadException("encoder [" + target.encoder() + "] is missing on " + encoder.path("missing_on")
                    + ": copy its folder to config/opensearch-hybrid-ir/encoders/ there");
        }
        int dimension = 0;
        for (JsonNode node : encoder.path("nodes")) {
            if (!node.path("state").asText().equals("open")) {
                throw new LoadException("encoder [" + target.encoder() + "] does not open on node ["
                        + node.path("node").asText() + "]: "
                        + node.path("error").asText(node.toString()));
            }
            dimension = node.path("dimension").asInt();
        }
        return dimension;
    }
}

package org.hybridir.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import org.hybridir.collection.Question;
import org.hybridir.collection.TestCollection;
import org.hybridir.trainer.evaluate.ProgressBars;
import org.hybridir.trainer.load.LoadTarget;
import org.hybridir.trainer.load.NodeEvaluation;
import org.hybridir.trainer.load.SearchServer;

/** A collection in a node, with one encoder's vectors. */
record DemoIndex(SearchServer server, LoadTarget target, TestCollection collection) {
    private static final int HITS = 5;

    /**
     * A passage that was found.
     *
     * @param answers whether it answers the question
     */
    record Hit(double score, String language, String text, boolean answers) {
        static Hit of(JsonNode hit, Question question) {
            JsonNode source = hit.path("_source");
            boolean answers = false;
            for (JsonNode id : source.path("question_ids")) {
                answers |= id.asText().equals(question.id());
            }
            return new Hit(
                    hit.path("_score").asDouble(),
                    source.path("language").asText(),
                    source.path("text").asText(),
                    answers);
        }

        /** A star if it answers, and its language. */
        String mark() {
            return (answers ? "* " : "  ") + language;
        }
    }

    /** Loads the collection and shows how far it is. */
    static DemoIndex load(SearchServer server, LoadTarget target, TestCollection collection, PrintWriter out)
            throws IOException {
        LoadCommand.load(server, target, collection, false, out);
        return new DemoIndex(server, target, collection);
    }

    /** The first passages in these languages. */
    List<Hit> search(Question question, List<String> languages) throws IOException {
        List<Hit> hits = new ArrayList<>();
        server.post("/" + target.index() + "/_search", searchBody(question.text(), languages))
                .path("hits")
                .path("hits")
                .forEach(hit -> hits.add(Hit.of(hit, question)));
        return hits;
    }

    /** @param languages to which the search is filtered; empty: all */
    static Map<String, Object> searchBody(String text, List<String> languages) {
        Map<String, Object> query = new TreeMap<>(Map.of("query_text", text, "k", HITS));
        if (!languages.isEmpty()) {
            query.put("filter", Map.of("terms", Map.of("language", languages)));
        }
        return new TreeMap<>(Map.of(
                "size", HITS,
                "_source", List.of("language", "text", "question_ids"),
                "query", Map.of("hybrid_ir", Map.of(LoadTarget.VECTORS, query))));
    }

    /** Every question against the passages of every language, by the node; shows how far it is. */
    NodeEvaluation evaluate() throws IOException {
        int questions = collection.questions().size();
        try (ProgressBar bar = ProgressBars.of("Encoding questions", " questions", questions)) {
            NodeEvaluation evaluation = NodeEvaluation.run(server, Map.of("index", target.index()), bar::stepTo);
            bar.stepTo(questions);
            return evaluation;
        }
    }
}

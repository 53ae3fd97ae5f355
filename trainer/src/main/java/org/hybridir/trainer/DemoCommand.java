package org.hybridir.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.Question;
import org.hybridir.collection.TestCollection;
import org.hybridir.measure.ReportTable;
import org.hybridir.trainer.evaluate.ProgressBars;
import org.hybridir.trainer.load.LoadTarget;
import org.hybridir.trainer.load.NodeEvaluation;
import org.hybridir.trainer.load.SearchServer;
import org.hybridir.trainer.node.Installation;
import org.hybridir.trainer.node.LocalNode;
import org.hybridir.trainer.node.NodeException;
import org.hybridir.trainer.node.NodeSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a real OpenSearch node with the plugin, loads a multilingual collection, shows a question answered in",
            "other languages, evaluates, and keeps the node running until Ctrl-C."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String ENCODER = "mbert";
    private static final int HITS = 5;
    /** Questions that are tried for the example. */
    private static final int TRIED = 100;

    private static final String ASKED_IN = "de";
    private static final JsonMapper JSON = new JsonMapper();

    @Spec
    private CommandSpec spec;

    @Option(names = "--distribution", required = true, paramLabel = "ZIP", description = "OpenSearch.")
    private Path distribution;

    @Option(names = "--knn", required = true, paramLabel = "ZIP", description = "The k-NN plugin.")
    private Path knn;

    @Option(names = "--plugin", required = true, paramLabel = "ZIP", description = "The plugin opensearch-hybrid-ir.")
    private Path plugin;

    @Option(
            names = "--encoder",
            required = true,
            paramLabel = "DIR",
            description = "An artifact; if there is no such folder, mBERT is imported into it.")
    private Path encoder;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "A LAReQA folder: loads its xquad-r instead of the sample.")
    private String data;

    @Option(names = "--port", defaultValue = "9200", description = "Of HTTP, on 127.0.0.1. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--heap", defaultValue = "1024", description = "Of the node, in MB. Default: ${DEFAULT-VALUE}.")
    private int heap;

    @Option(
            names = "--stop",
            arity = "0..1",
            defaultValue = "false",
            fallbackValue = "true",
            description = "Stops the node at the end instead of keeping it.")
    private boolean stop;

    private PrintWriter out;

    @Override
    public Integer call() throws IOException {
        out = spec.commandLine().getOut();
        TestCollection collection = collection();
        importEncoder();
        title("Starting OpenSearch with the k-NN plugin and opensearch-hybrid-ir");
        try (Installation installation = Installation.install(distribution, List.of(knn, plugin));
                LocalNode node = start(installation);
                SearchServer server = SearchServer.at(node.url())) {
            LoadTarget target = new LoadTarget(collection.name(), ENCODER, 1);
            title("Loading the collection " + collection.name());
            LoadCommand.load(server, target, collection, false, out);
            Question example = showSearch(server, target, collection);
            evaluate(server, target, collection);
            showCurl(node, target, example);
            return stop ? 0 : keep(node);
        }
    }

    private TestCollection collection() throws IOException {
        return data == null || data.isBlank()
                ? CollectionSource.SAMPLE.read(null)
                : CollectionSource.XQUAD_R.read(Path.of(data));
    }

    private void importEncoder() throws IOException {
        if (Files.isDirectory(encoder)) {
            say("Encoder: " + encoder);
            return;
        }
        title("Importing multilingual BERT into " + encoder);
        Files.createDirectories(encoder.toAbsolutePath().getParent());
        int code = Main.commandLine().execute("import", ENCODER, "--output", encoder.toString());
        if (code != 0) {
            throw new IOException("the import of [" + ENCODER + "] failed; its message is above");
        }
    }

    private LocalNode start(Installation installation) throws IOException {
        NodeSettings settings = NodeSettings.single("hybrid-ir-demo", Map.of(ENCODER, encoder))
                .withHttpPort(port)
                .withHeapMegabytes(heap);
        LocalNode node = LocalNode.start(installation, settings);
        say("Listening at " + node.url() + ", log " + node.log());
        return node;
    }

    /** Shows the first question whose answer stands high in another language; returns it for the curl lines. */
    private Question showSearch(SearchServer server, LoadTarget target, TestCollection collection) throws IOException {
        title("One question, answered in other languages");
        List<String> others = collection.languages().stream()
                .filter(language -> !language.equals(ASKED_IN))
                .toList();
        List<Question> asked = collection.questions().stream()
                .filter(question -> question.language().equals(ASKED_IN))
                .limit(TRIED)
                .toList();
        Question shown = asked.get(0);
        JsonNode hits = search(server, target, shown, others);
        for (Question question : asked) {
            JsonNode found = search(server, target, question, others);
            if (answers(found.path(0), question)) {
                shown = question;
                hits = found;
                break;
            }
        }
        say("Asked in [" + ASKED_IN + "]: " + shown.text());
        say("Filter: language is one of " + others + "; * marks a passage that answers the question.");
        for (JsonNode hit : hits) {
            say(String.format(
                    Locale.ROOT,
                    "  %s %.4f  %s  %s",
                    answers(hit, shown) ? "*" : " ",
                    hit.path("_score").asDouble(),
                    hit.path("_source").path("language").asText(),
                    hit.path("_source").path("text").asText()));
        }
        say("(Chosen because it works; how often it does is what the evaluation tells.)");
        return shown;
    }

    private static boolean answers(JsonNode hit, Question question) {
        for (JsonNode id : hit.path("_source").path("question_ids")) {
            if (id.asText().equals(question.id())) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode search(SearchServer server, LoadTarget target, Question question, List<String> languages)
            throws IOException {
        return server.post("/" + target.index() + "/_search", searchBody(question.text(), languages))
                .path("hits")
                .path("hits");
    }

    private static Map<String, Object> searchBody(String text, List<String> languages) {
        Map<String, Object> query = new TreeMap<>(Map.of("query_text", text, "k", HITS));
        if (!languages.isEmpty()) {
            query.put("filter", Map.of("terms", Map.of("language", languages)));
        }
        return new TreeMap<>(Map.of(
                "size", HITS,
                "_source", List.of("language", "text", "question_ids"),
                "query", Map.of("hybrid_ir", Map.of(LoadTarget.VECTORS, query))));
    }

    private void evaluate(SearchServer server, LoadTarget target, TestCollection collection) throws IOException {
        title("Evaluating: every question against the passages of every language");
        NodeEvaluation evaluation;
        int questions = collection.questions().size();
        try (ProgressBar bar = ProgressBars.of("Encoding questions", " questions", questions)) {
            evaluation = NodeEvaluation.run(server, Map.of("index", target.index()), encoded -> bar.stepTo(encoded));
            bar.stepTo(questions);
        }
        out.println();
        out.print(ReportTable.render(evaluation.report()));
        out.println();
        say(String.format(
                Locale.ROOT,
                "Took %.1f s: %s",
                evaluation.took() / 1e3,
                String.join(
                        ", ",
                        evaluation.phases().entrySet().stream()
                                .map(phase ->
                                        String.format(Locale.ROOT, "%s %.1f s", phase.getKey(), phase.getValue() / 1e3))
                                .toList())));
    }

    private void showCurl(LocalNode node, LoadTarget target, Question example) throws IOException {
        title("Try it yourself");
        String search = "/" + target.index() + "/_search?pretty";
        curl(node, search, searchBody(example.text(), List.of()));
        curl(node, search, searchBody(example.text(), List.of("zh", "ar", "en")));
        curl(
                node,
                "/_hybrid_ir/_encode",
                Map.of("encoder", ENCODER, "texts", List.of(example.text()), "role", "query"));
        curl(
                node,
                "/_hybrid_ir/_evaluate?pretty",
                Map.of("index", target.index(), "languages", List.of("de", "en"), "measures", List.of("AP", "R@10")));
        say("curl -s '" + node.url() + "/_hybrid_ir/encoders?pretty'");
        say("curl -s '" + node.url() + "/_hybrid_ir/stats?pretty'");
    }

    /** A line for a POSIX shell. */
    private void curl(LocalNode node, String path, Map<String, ?> body) throws IOException {
        String json = JSON.writeValueAsString(body).replace("'", "'\\''");
        say("curl -s '" + node.url() + path + "' -H 'Content-Type: application/json' -d '" + json + "'");
    }

    private int keep(LocalNode node) throws IOException {
        out.println();
        say("The node keeps running at " + node.url() + "; Ctrl-C stops it.");
        node.awaitEnd();
        throw new NodeException(
                "the node ended by itself; the end of its log:\n" + String.join("\n", node.lastLines()));
    }

    private void title(String text) {
        out.println();
        say("== " + text);
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}

package org.hybridir.trainer;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.Question;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.measure.Report;
import org.hybridir.measure.ReportTable;
import org.hybridir.program.PrecisionRequest;
import org.hybridir.program.Processor;
import org.hybridir.trainer.load.LoadTarget;
import org.hybridir.trainer.load.NodeEvaluation;
import org.hybridir.trainer.load.SearchServer;
import org.hybridir.trainer.model.Adapter;
import org.hybridir.trainer.model.AdapterMerge;
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
            "Starts a real OpenSearch node with the plugin and a fine-tuned encoder, loads a multilingual collection, shows a",
            "question answered in other languages, evaluates, shows what its base made of the same before it was fine-tuned,",
            "and keeps the node running until Ctrl-C."
        })
final class DemoCommand implements Callable<Integer> {
    private static final String BASE = Importer.MBERT;
    /** Base and the adapter of this name, which ships. */
    private static final String ENCODER = "mbert-hybrid";

    private static final PrecisionRequest PRECISION = PrecisionRequest.of(PrecisionRequest.AUTO);
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
            names = "--encoders",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the artifacts [" + BASE + "] and [" + ENCODER
                    + "]; those that are not there are imported into it.")
    private Path encoders;

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
        importEncoders();
        title("Starting OpenSearch with the k-NN plugin and opensearch-hybrid-ir");
        try (Installation installation = Installation.install(distribution, List.of(knn, plugin));
                LocalNode node = start(installation);
                SearchServer server = SearchServer.at(node.url())) {
            title("Loading the collection " + collection.name());
            DemoIndex index = DemoIndex.load(server, new LoadTarget(collection.name(), ENCODER, 1), collection, out);
            Question example = showSearch(index);
            Report report = evaluate(index);
            compare(index, example, report);
            showCurl(node, index.target(), example);
            return stop ? 0 : keep(node);
        }
    }

    private boolean ofSample() {
        return data == null || data.isBlank();
    }

    private TestCollection collection() throws IOException {
        return ofSample() ? CollectionSource.SAMPLE.read(null) : CollectionSource.XQUAD_R.read(Path.of(data));
    }

    private Path base() {
        return encoders.resolve(BASE);
    }

    private Path encoder() {
        return encoders.resolve(ENCODER);
    }

    private void importEncoders() throws IOException {
        make(base(), "Importing multilingual BERT", "import", BASE);
        make(
                encoder(),
                "Adding the adapter " + ENCODER + ", which fine-tunes it",
                "merge",
                "--base=" + base(),
                "--adapter=" + ENCODER,
                "--name=" + ENCODER);
        AdapterArgument.read(spec, ENCODER, this::requireMadeOf);
    }

    /** The encoder may have been there before, and the adapter that ships is another in another version. */
    private Void requireMadeOf(Adapter adapter) throws IOException {
        try (Artifact artifact = Artifact.open(new ArtifactFolder(encoder()))) {
            if (!AdapterMerge.madeOf(artifact, adapter)) {
                throw new IOException("the encoder [" + encoder() + "] was not made of the adapter [" + ENCODER
                        + "] that ships with this version; remove its folder, and it is made anew");
            }
        }
        return null;
    }

    private void make(Path artifact, String what, String... command) throws IOException {
        if (Files.isDirectory(artifact)) {
            say("Encoder: " + artifact);
            return;
        }
        title(what);
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.add("--output=" + artifact);
        if (Main.commandLine().execute(arguments.toArray(new String[0])) != 0) {
            throw new IOException("[" + artifact + "] was not written; the message is above");
        }
    }

    private LocalNode start(Installation installation) throws IOException {
        NodeSettings settings = NodeSettings.single("hybrid-ir-demo", Map.of(BASE, base(), ENCODER, encoder()))
                .withHttpPort(port)
                .withHeapMegabytes(heap)
                .with("plugins.hybrid_ir.encoder.precision", PRECISION.key());
        PrecisionRequest.Choice choice = PRECISION.on(Processor.current());
        say("Encoders compute in " + choice.precision().key() + ": " + choice.reason());
        LocalNode node = LocalNode.start(installation, settings);
        say("Listening at " + node.url() + ", log " + node.log());
        return node;
    }

    /** Shows the first question whose answer stands high in another language; returns it for what follows. */
    private Question showSearch(DemoIndex index) throws IOException {
        title("One question, answered in other languages");
        List<String> others = others(index.collection());
        List<Question> asked = index.collection().questions().stream()
                .filter(question -> question.language().equals(ASKED_IN))
                .limit(TRIED)
                .toList();
        Question shown = asked.get(0);
        List<DemoIndex.Hit> hits = index.search(shown, others);
        for (Question question : asked) {
            List<DemoIndex.Hit> found = index.search(question, others);
            if (!found.isEmpty() && found.get(0).answers()) {
                shown = question;
                hits = found;
                break;
            }
        }
        say("Asked in [" + ASKED_IN + "]: " + shown.text());
        say("Filter: language is one of " + others + "; * marks a passage that answers the question.");
        for (DemoIndex.Hit hit : hits) {
            say(String.format(Locale.ROOT, "  %s  %.4f  %s", hit.mark(), hit.score(), hit.text()));
        }
        say("(Chosen because it works; how often it does is what the evaluation tells.)");
        return shown;
    }

    private static List<String> others(TestCollection collection) {
        return collection.languages().stream()
                .filter(language -> !language.equals(ASKED_IN))
                .toList();
    }

    private Report evaluate(DemoIndex index) throws IOException {
        title("Evaluating: every question against the passages of every language");
        NodeEvaluation evaluation = index.evaluate();
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
        return evaluation.report();
    }

    /** The same passages and questions by the base as it was before it was fine-tuned, in an index of its own. */
    private void compare(DemoIndex after, Question example, Report report) throws IOException {
        title("Before and after: the same by " + BASE + ", which is not fine-tuned");
        if (!ofSample()) {
            say("Not shown: [" + BASE + "] would take as long again as [" + ENCODER + "] took with [" + data
                    + "]. On the sample, which is loaded if no data is named, both are measured.");
            return;
        }
        LoadTarget target = new LoadTarget(after.target().index() + "-" + BASE, BASE, 1);
        DemoIndex before = DemoIndex.load(after.server(), target, after.collection(), out);
        Report baseReport = before.evaluate().report();
        out.println();
        out.print(DemoComparison.table(BASE, baseReport, ENCODER, report));
        out.println();
        List<String> others = others(after.collection());
        say("Asked in [" + ASKED_IN + "]: " + example.text());
        DemoComparison.passages("before: " + BASE, before.search(example, others))
                .forEach(this::say);
        DemoComparison.passages("after: " + ENCODER, after.search(example, others))
                .forEach(this::say);
    }

    private void showCurl(LocalNode node, LoadTarget target, Question example) throws IOException {
        title("Try it yourself");
        String search = "/" + target.index() + "/_search?pretty";
        curl(node, search, DemoIndex.searchBody(example.text(), List.of()));
        curl(node, search, DemoIndex.searchBody(example.text(), List.of("zh", "ar", "en")));
        curl(
                node,
                "/_hybrid_ir/_encode",
                Map.of("encoder", ENCODER, "texts", List.of(example.text()), "role", "query"));
        curl(
                node,
                "/_hybrid_ir/_evaluate?pretty",
                Map.of("index", target.index(), "languages", List.of("de", "en"), "measures", List.of("AP", "R@10")));
        say("curl -s '" + node.url() + "/_hybrid_ir/encoders?pretty'");
        say("curl -s '" + node.url() + "/_cat/hybrid_ir?v'");
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

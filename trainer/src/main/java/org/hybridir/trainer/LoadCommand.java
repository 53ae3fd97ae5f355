package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.hybridir.collection.Passages;
import org.hybridir.collection.TestCollection;
import org.hybridir.trainer.evaluate.ProgressBars;
import org.hybridir.trainer.load.CollectionLoader;
import org.hybridir.trainer.load.LoadTarget;
import org.hybridir.trainer.load.SearchServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Loads a test collection into OpenSearch: an ingest pipeline that encodes, an index of passages, one of",
            "questions (<index>-questions) and, where grades differ, one of judgements (<index>-judgements). Ends with",
            "counts that match the collection, or fails and names what is missing."
        })
final class LoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CollectionOptions collection;

    @Option(names = "--url", defaultValue = "http://127.0.0.1:9200", description = "Default: ${DEFAULT-VALUE}.")
    private URI url;

    @Option(names = "--index", description = "The index of passages. Default: the collection's name.")
    private String index;

    @Option(names = "--encoder", defaultValue = "mbert", description = "A node's encoder. Default: ${DEFAULT-VALUE}.")
    private String encoder;

    @Option(
            names = "--shards",
            defaultValue = "1",
            description = "Of the index of passages. Default: ${DEFAULT-VALUE}.")
    private int shards;

    @Option(names = "--replace", description = "Deletes the indices first if they exist.")
    private boolean replace;

    @Override
    public Integer call() throws IOException {
        // whole documents: an index has one vector each, and the node cuts what is too long
        TestCollection read = collection.read(Passages.WHOLE);
        LoadTarget target = new LoadTarget(index == null ? read.name() : index, encoder, shards);
        try (SearchServer server = SearchServer.at(url)) {
            load(server, target, read, replace, spec.commandLine().getOut());
        }
        return 0;
    }

    /** Loads a collection and shows how far it is. */
    static void load(
            SearchServer server, LoadTarget target, TestCollection collection, boolean replace, PrintWriter out)
            throws IOException {
        CollectionOptions.print(collection, out);
        CollectionLoader loader = new CollectionLoader(server, target);
        loader.prepare(collection.languages(), replace);
        int passages = collection.passages().size();
        int questions = collection.questions().size();
        out.println("Loading [" + collection.name() + "] into [" + target.index() + "] at " + server.url()
                + ", encoded by [" + target.encoder() + "]");
        out.flush();
        long from = System.nanoTime();
        try (ProgressBar bar = ProgressBars.of("Encoding and indexing", " passages", passages)) {
            loader.load(collection, bar::stepBy);
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        out.printf(
                Locale.ROOT,
                "%,d passages in [%s], %,d questions in [%s]: all of the collection, in %.0f s%n",
                passages,
                target.index(),
                questions,
                target.questions(),
                seconds);
        if (collection.graded()) {
            out.println("Grades in [" + target.judgements() + "]: evaluate with \"judgements_index\": \""
                    + target.judgements() + "\"");
        }
        out.flush();
    }
}

package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.Passages;
import org.hybridir.collection.ReadOptions;
import org.hybridir.collection.TestCollection;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which test collection a command takes, and what of it. */
final class CollectionOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--collection",
            defaultValue = "sample",
            paramLabel = "NAME",
            description = "sample, xquad-r, mlqa-r, miracl, beir, mewsli-x or tatoeba (default: ${DEFAULT-VALUE}).")
    private String collection;

    @Option(
            names = "--path",
            paramLabel = "DIR",
            description = "Folder with the collection's files, or its parent; not for the sample.")
    private Path path;

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "CODE",
            description = "Languages of questions and passages (default: all of the collection).")
    private List<String> languages = List.of();

    @Option(names = "--language", paramLabel = "CODE", description = "Language of a BEIR collection (default: en).")
    private String language;

    @Option(
            names = "--split",
            paramLabel = "NAME",
            description = "Questions of this split (default: dev of miracl, test of beir and mewsli-x).")
    private String split;

    CollectionSource source() {
        return Arguments.read(spec, "--collection", () -> CollectionSource.parse(collection));
    }

    List<String> languages() {
        return languages;
    }

    /** The folder with the collection's files. Refuses what can be refused without reading. */
    Path require() throws IOException {
        return Arguments.read(spec, () -> source().require(options(Passages.WHOLE)));
    }

    /** @param passages of documents that may be long */
    TestCollection read(Passages passages) throws IOException {
        return Arguments.read(spec, () -> source().readWith(options(passages)));
    }

    private ReadOptions options(Passages passages) {
        return new ReadOptions(path, languages, language, split, passages);
    }

    /** What a collection holds, and what of its files does not take part. */
    static void print(TestCollection collection, PrintWriter out) {
        int documents = collection.documentPassages().size();
        int passages = collection.passages().size();
        out.printf(
                Locale.ROOT,
                "%s: %,d questions, %,d passages%s, languages %s%n",
                collection.name(),
                collection.questions().size(),
                passages,
                documents == passages ? "" : String.format(Locale.ROOT, " of %,d documents", documents),
                String.join(" ", collection.languages()));
        collection.leftOut().forEach((reason, count) -> out.printf(Locale.ROOT, "Left out: %,d %s%n", count, reason));
        if (collection.leftOut().containsKey(TestCollection.LACKING)) {
            out.println("WARNING: the corpus is not the whole one; measures come out higher than by all judgements");
        }
        out.flush();
    }
}

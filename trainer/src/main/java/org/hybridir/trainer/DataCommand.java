package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.TestCollection;
import org.hybridir.trainer.data.DataSource;
import org.hybridir.trainer.data.DataSummary;
import org.hybridir.trainer.data.DataTable;
import org.hybridir.trainer.data.Leakage;
import org.hybridir.trainer.data.LeakageReport;
import org.hybridir.trainer.data.ReadResult;
import org.hybridir.trainer.data.TextLength;
import org.hybridir.trainer.data.TrainingData;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Looks into training data: pairs by language, duplicates, lengths, and",
            "whether texts of an evaluation stand in it.",
            "",
            "A data source is FORMAT:PATH[,key=value...]:",
            "  jsonl:FILE        objects, one a line, with query, passage,",
            "                    query_language, passage_language and group,",
            "                    and hard negatives, if any, as an array;",
            "                    query=FIELD... name other fields, language=CODE",
            "                    (or CODE-CODE) gives all pairs' language",
            "  squad:FILE        questions and paragraphs; needs language=CODE",
            "  tydiqa:FILE|DIR   the same, with the language in the file's name",
            "  mlqa:DIR          SQuAD files of two languages each, joined by id",
            "  lareqa:DIR        questions and answer sentences",
            "  afriqa:FILE|DIR   African questions, English or French passages",
            "  tsv:FILE          columns: query=1,passage=2,language=CODE",
            "  lines:DIR         files parallel by line, as NTREX and Tatoeba;",
            "                    queries=part: some words of the line as query",
            "  sections:DIR      pages of headings and blocks",
            "lareqa and sections take pairs=monolingual (default: all), sections",
            "also pairs=passages, translations; squad, tydiqa and mlqa take",
            "window=sentence (default: paragraph): the sentence with the answer,",
            "or if that is not given the one most like the question; with",
            "negatives=N also N others as hard negatives. All take name=,",
            "weight=NUMBER (default: the size) and languages=en+de+...",
            ""
        })
final class DataCommand implements Callable<Integer> {
    private static final String ALL = "all";

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "SOURCE", description = "A data source; may be repeated.")
    private List<String> sources;

    @Option(
            names = "--against",
            paramLabel = "NAME",
            description = "Look for leakage of this collection: sample, xquad-r or mlqa-r.")
    private String against;

    @Option(
            names = "--path",
            paramLabel = "DIR",
            description = "Folder with the collection's files, or its parent; not for the sample.")
    private Path path;

    @Option(
            names = "--encoder",
            paramLabel = "DIR",
            description = "Artifact whose tokens are the unit of lengths (default: code points).")
    private Path encoder;

    @Mixin
    private JsonOutput json = new JsonOutput();

    @Override
    public Integer call() throws IOException {
        List<DataSource> parsed = new ArrayList<>();
        sources.forEach(source -> parsed.add(Arguments.read(spec, "--data", () -> DataSource.of(source))));
        json.requireFolder();
        Optional<TestCollection> collection = collection();
        List<ReadResult> read = new ArrayList<>();
        for (DataSource source : parsed) {
            read.add(source.readCounting());
        }
        TrainingData data = TrainingData.of(read.stream().map(ReadResult::set).toList());
        List<DataSummary> summaries = summaries(data);
        Optional<LeakageReport> leakage = collection.map(texts -> Leakage.check(data, texts));
        print(summaries, read, leakage);
        json.write(() -> toMap(data, summaries, read, leakage));
        return 0;
    }

    private Optional<TestCollection> collection() throws IOException {
        if (against == null) {
            if (path != null) {
                throw new ParameterException(
                        spec.commandLine(), "--path is the folder of the collection in --against, which is missing");
            }
            return Optional.empty();
        }
        CollectionSource source = Arguments.read(spec, "--against", () -> CollectionSource.parse(against));
        return Optional.of(Arguments.read(spec, "--path", () -> source.read(path)));
    }

    /** Of each data set, and where there are several of all. */
    private List<DataSummary> summaries(TrainingData data) throws IOException {
        if (encoder == null) {
            return summaries(data, TextLength.codePoints());
        }
        List<DataSummary> summaries = new ArrayList<>();
        TextLength.inTokens(encoder, length -> summaries.addAll(summaries(data, length)));
        return summaries;
    }

    private static List<DataSummary> summaries(TrainingData data, TextLength length) {
        List<DataSummary> summaries = new ArrayList<>();
        data.sets().forEach(set -> summaries.add(DataSummary.of(set.name(), TrainingData.of(List.of(set)), length)));
        if (data.sets().size() > 1) {
            summaries.add(DataSummary.of(ALL, data, length));
        }
        return summaries;
    }

    private void print(List<DataSummary> summaries, List<ReadResult> read, Optional<LeakageReport> leakage) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(DataTable.sizes(summaries));
        out.println(DataTable.lengths(summaries));
        summaries.forEach(summary -> {
            out.println("Pairs of " + summary.name() + " by language");
            out.println(DataTable.languages(summary));
        });
        read.forEach(result -> result.skipped()
                .forEach((reason, count) -> out.printf(
                        Locale.ROOT, "Left out of %s: %,d (%s)%n", result.set().name(), count, reason)));
        leakage.ifPresent(report -> {
            out.println();
            out.print(DataTable.leakage(report));
        });
        out.flush();
    }

    private static Map<String, Object> toMap(
            TrainingData data, List<DataSummary> summaries, List<ReadResult> read, Optional<LeakageReport> leakage) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("fingerprint", data.fingerprint());
        map.put("summaries", summaries.stream().map(DataSummary::toMap).toList());
        Map<String, Object> skipped = new LinkedHashMap<>();
        read.forEach(result -> skipped.put(result.set().name(), result.skipped()));
        map.put("left_out", skipped);
        leakage.ifPresent(report -> map.put("leakage", report.toMap()));
        return map;
    }
}

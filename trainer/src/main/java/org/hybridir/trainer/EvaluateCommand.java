package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.Passages;
import org.hybridir.collection.TatoebaReader;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.TextRole;
import org.hybridir.language.Typology;
import org.hybridir.language.TypologyTable;
import org.hybridir.measure.DocumentScore;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.Measure;
import org.hybridir.measure.Measures;
import org.hybridir.measure.ReportTable;
import org.hybridir.measure.Setting;
import org.hybridir.page.HtmlPage;
import org.hybridir.trainer.evaluate.BitextEvaluation;
import org.hybridir.trainer.evaluate.BitextResult;
import org.hybridir.trainer.evaluate.JsonFile;
import org.hybridir.trainer.evaluate.OfflineEvaluation;
import org.hybridir.trainer.evaluate.OfflineResult;
import org.hybridir.trainer.evaluate.PassageSplitter;
import org.hybridir.trainer.evaluate.ProgressBars;
import org.hybridir.trec.RunWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Evaluates an encoder on a test collection, without OpenSearch.")
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private EncoderArguments encoder = new EncoderArguments();

    @Mixin
    private CollectionOptions collection;

    @Option(
            names = "--settings",
            split = ",",
            paramLabel = "NAME",
            description =
                    "monolingual, cross_lingual, multilingual (default: those that the collection is reported in).")
    private List<String> settings = List.of();

    @Option(
            names = "--measures",
            split = ",",
            paramLabel = "NAME",
            description =
                    "AP, RR, nDCG, nDCG@k, P@k, R@k, Success@k, and in the multilingual setting RankDistance,"
                            + " RelativeRankDistance, MaxRank, TLR@k, PEER@k (default: those that the collection is reported in).")
    private List<String> measures = List.of();

    @Option(
            names = "--long-documents",
            paramLabel = "split|cut",
            description =
                    "Documents of miracl and beir that are longer than the encoder's limit: split into passages at"
                            + " sentences, or cut off (default: split).")
    private LongDocuments longDocuments = LongDocuments.split;

    @Option(
            names = "--best-passages",
            paramLabel = "N",
            description = "The score of a split document is the mean of its best N passages (default: 1).")
    private int bestPassages = 1;

    @Mixin
    private JsonOutput json = new JsonOutput();

    @Option(names = "--html", paramLabel = "FILE", description = "Write the result as a page to this file too.")
    private Path html;

    @Option(
            names = "--run",
            paramLabel = "FILE",
            description = "Write the first 1,000 of each question, among the passages of all languages, as a TREC run.")
    private Path run;

    @Option(names = "--qrels", paramLabel = "FILE", description = "Write the judgements as TREC does, for that run.")
    private Path qrels;

    /** As written on the command line. */
    private enum LongDocuments {
        split,
        cut
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DocumentScore score = Arguments.read(spec, "--best-passages", () -> new DocumentScore(bestPassages));
        CollectionSource source = collection.source();
        Path folder = collection.require();
        requireFolders();
        Set<Setting> asked = settings.isEmpty() ? source.settings() : EnumSet.noneOf(Setting.class);
        settings.forEach(key -> asked.add(Arguments.read(spec, "--settings", () -> Setting.parse(key))));
        List<Measure> chosen = chosenMeasures(source, asked);
        if (source == CollectionSource.TATOEBA) {
            requireNoneOfBitext();
        }
        requireSplit(source);
        try (Encoder opened = encoder.open()) {
            if (source == CollectionSource.TATOEBA) {
                evaluateBitext(folder, opened);
            } else {
                TestCollection texts = collection.read(passages(opened));
                evaluate(texts, opened, asked, chosen, score);
            }
        }
        return 0;
    }

    private List<Measure> chosenMeasures(CollectionSource source, Set<Setting> asked) {
        if (measures.isEmpty() && source.measures().isEmpty()) {
            return Measures.defaults();
        }
        return Arguments.read(spec, "--measures", () -> {
            List<Measure> chosen = (measures.isEmpty() ? source.measures() : measures)
                    .stream().map(Measures::parse).toList();
            Evaluation.requireToSaySomething(asked, chosen);
            return chosen;
        });
    }

    private Passages passages(Encoder opened) {
        return longDocuments == LongDocuments.cut
                ? Passages.WHOLE
                : new PassageSplitter(text -> opened.fits(text, TextRole.PASSAGE));
    }

    private void evaluate(
            TestCollection texts, Encoder opened, Set<Setting> asked, List<Measure> chosen, DocumentScore score)
            throws IOException, InterruptedException {
        CollectionOptions.print(texts, spec.commandLine().getOut());
        requireOneRanking(texts);
        OfflineEvaluation evaluation = new OfflineEvaluation(texts, opened::encode, new ProgressBars(), score);
        OfflineResult result = run == null
                ? evaluation.run(asked, chosen, encoder.threads())
                : runWriting(evaluation, texts, opened.manifest().name(), asked, chosen);
        print(result, opened);
        if (qrels != null) {
            JsonFile.writeText(qrels, texts.judgements().toTrec());
        }
        Map<String, Object> values = result.toMap(opened.describe());
        json.write(() -> values);
        if (html != null) {
            JsonFile.writeText(html, HtmlPage.render(values));
        }
    }

    private OfflineResult runWriting(
            OfflineEvaluation evaluation, TestCollection texts, String tag, Set<Setting> asked, List<Measure> chosen)
            throws IOException, InterruptedException {
        boolean parallel = texts.parallel();
        try (RunWriter writer = new RunWriter(
                run,
                tag,
                question ->
                        TestCollection.runId(parallel, texts.languages().get(question.language()), question.id()))) {
            OfflineResult result = evaluation.run(asked, chosen, encoder.threads(), writer);
            writer.finish();
            return result;
        }
    }

    /** A run file holds one ranking a question; that of all languages means nothing where each is judged alone. */
    private void requireOneRanking(TestCollection texts) {
        boolean judgedAlone = !collection.source().settings().contains(Setting.MULTILINGUAL);
        if (run != null && judgedAlone && texts.languages().size() > 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--run: a run holds the ranking of all passages, and [" + texts.name()
                            + "] is judged in each language alone; name one language with --languages, not "
                            + texts.languages());
        }
    }

    private void requireSplit(CollectionSource source) {
        boolean splits = longDocuments == LongDocuments.split && source.hasLongDocuments();
        if (bestPassages > 1 && !splits) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--best-passages: [" + bestPassages
                            + "] passages of a document count only where documents are split, and" + " with ["
                            + source.key() + "] and --long-documents " + longDocuments + " none is");
        }
    }

    private void requireNoneOfBitext() {
        if (!settings.isEmpty() || !measures.isEmpty() || html != null || run != null || qrels != null) {
            throw new ParameterException(
                    spec.commandLine(),
                    "collection [tatoeba] is measured by the accuracy of the nearest neighbour in both directions,"
                            + " and takes no --settings, --measures, --html, --run and --qrels");
        }
    }

    private void evaluateBitext(Path folder, Encoder opened) throws IOException, InterruptedException {
        List<String> codes =
                Arguments.read(spec, "--languages", () -> TatoebaReader.languages(folder, collection.languages()));
        BitextResult result;
        try (ProgressBar bar = ProgressBars.of("Tatoeba", " languages", codes.size())) {
            result = BitextEvaluation.run(folder, codes, opened::encode, encoder.threads(), bar::step);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("Encoder " + opened.manifest().name() + " on tatoeba");
        out.print(result.render());
        out.flush();
        json.write(() -> {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("collection", "tatoeba");
            map.put("encoder", opened.describe());
            map.put("bitext", result.toMap());
            return map;
        });
    }

    private void requireFolders() {
        json.requireFolder();
        Arguments.requireFolderOf(spec, "--html", html);
        Arguments.requireFolderOf(spec, "--run", run);
        Arguments.requireFolderOf(spec, "--qrels", qrels);
    }

    private void print(OfflineResult result, Encoder opened) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.println("Encoder " + opened.manifest().name() + " on "
                + result.collection().name());
        out.print(ReportTable.render(result.report()));
        out.println();
        Typology typology = Typology.of(result.report());
        if (TypologyTable.tells(typology)) {
            out.print(TypologyTable.render(typology));
            out.println();
        }
        out.printf(
                Locale.ROOT,
                "Cut at the encoder's limit: %,d passages, %,d questions%n",
                result.truncatedPassages(),
                result.truncatedQuestions());
        result.tookMillis()
                .forEach((phase, millis) -> out.printf(Locale.ROOT, "%-17s%,9.1f s%n", phase.title(), millis / 1000.0));
        out.flush();
    }
}

package org.hybridir.trainer.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.hybridir.chart.BarChart;
import org.hybridir.collection.Passage;
import org.hybridir.collection.Question;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.TextRole;
import org.hybridir.program.PrecisionRequest;
import org.hybridir.program.Processor;

/**
 * How fast a collection's texts become vectors, beside ONNX Runtime and beside one text at a time. Everyone's time includes
 * tokenising, pooling and normalising; opening is not timed.
 */
public final class EncodingBenchmark {
    /** The query that is encoded over and over has about so many tokens, as one that people type. */
    private static final int QUERY_TOKENS = 12;

    /** Passages on which settings are tried out. */
    private static final int SAMPLES = 64;

    private static final String UP_TO = ", up to " + EncodingTrial.TURN_TEXTS + " at once";

    private final Settings settings;
    private final PrintWriter out;

    public EncodingBenchmark(Settings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /**
     * What is measured.
     *
     * @param encoder the artifact's folder
     * @param precisions of ours
     * @param passages how many are drawn; 0 for all
     * @param questions how many are drawn; 0 for all
     * @param queries how many of the questions are encoded one at a time
     * @param aloneTexts how many texts the peer encodes that takes one at a time
     * @param threads of everyone
     * @param repeat rounds after the warm-up
     * @param seed of the draw
     */
    public record Settings(
            Path encoder,
            List<PrecisionRequest> precisions,
            int passages,
            int questions,
            int queries,
            int aloneTexts,
            int threads,
            int repeat,
            long seed) {
        public Settings {
            precisions = List.copyOf(precisions);
            Counts.atLeast(0, "passages", passages);
            Counts.atLeast(0, "questions", questions);
            Counts.atLeast(1, "queries", queries);
            Counts.atLeast(1, "alone-texts", aloneTexts);
            Counts.atLeast(1, "threads", threads);
            Counts.atLeast(1, "repeat", repeat);
        }
    }

    /**
     * What was found.
     *
     * @param query the query that was encoded over and over
     * @param latency of one query
     * @param questions of all questions, many at once
     * @param passages of all passages, many at once
     */
    public record Result(String query, List<Latency> latency, List<Throughput> questions, List<Throughput> passages) {
        /** Unrounded. */
        public Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("query", query);
            map.put("latency", latency.stream().map(Latency::toMap).toList());
            map.put("questions", questions.stream().map(Throughput::toMap).toList());
            map.put("passages", passages.stream().map(Throughput::toMap).toList());
            return map;
        }

        /** Bars of medians, as an SVG file. */
        public String svg() {
            BarChart longer = new BarChart(
                    "passages, tokens a second",
                    "median; a longer bar is better",
                    passages.stream().map(row -> bar(row.name(), row.tokens())).toList());
            BarChart shorter = new BarChart(
                    "one query, milliseconds",
                    "median; a shorter bar is better",
                    latency.stream()
                            .map(row -> bar(row.name(), row.same().median()))
                            .toList());
            return BarChart.svg(List.of(longer, shorter));
        }

        private static BarChart.Bar bar(String name, double value) {
            return new BarChart.Bar(name, value, String.format(Locale.ROOT, "%.1f", value));
        }
    }

    /** Runs all and prints tables as they come. */
    public Result run(TestCollection collection) throws IOException {
        List<String> passages =
                draw(collection.passages().stream().map(Passage::text).toList(), settings.passages);
        List<String> questions =
                draw(collection.questions().stream().map(Question::text).toList(), settings.questions);
        List<String> samples = passages.subList(0, Math.min(SAMPLES, passages.size()));
        try (Contestants all = Contestants.open(settings.encoder, settings.precisions, settings.threads, samples)) {
            String query = query(questions, all);
            head(collection, all);
            return run(all, query, questions, passages);
        }
    }

    private Result run(Contestants all, String query, List<String> questions, List<String> passages)
            throws IOException {
        EncodingTrial trial = new EncodingTrial(settings.repeat);
        EncodingTables tables = new EncodingTables(out);
        List<Contestant> everyone = new ArrayList<>(all.batching());
        everyone.add(all.alone());
        List<Latency> latency =
                trial.latency(everyone, query, questions.subList(0, Math.min(settings.queries, questions.size())));
        int tokens = all.tokenize(query, TextRole.QUERY).ids().length;
        tables.latency("one of " + tokens + " tokens", latency);
        List<Throughput> asked = trial.throughput(entries(all, questions), TextRole.QUERY);
        tables.throughput("questions" + UP_TO, asked);
        List<Throughput> found = trial.throughput(entries(all, passages), TextRole.PASSAGE);
        tables.throughput("passages" + UP_TO, found);
        return new Result(query, latency, asked, found);
    }

    private List<EncodingTrial.Entry> entries(Contestants all, List<String> texts) {
        List<EncodingTrial.Entry> entries = new ArrayList<>();
        all.batching().forEach(contestant -> entries.add(new EncodingTrial.Entry(contestant, texts)));
        List<String> some = texts.subList(0, Math.min(settings.aloneTexts, texts.size()));
        entries.add(new EncodingTrial.Entry(all.alone(), some));
        return entries;
    }

    private List<String> draw(List<String> texts, int count) {
        List<String> drawn = new ArrayList<>(texts);
        Collections.shuffle(drawn, new Random(settings.seed));
        return count == 0 ? drawn : drawn.subList(0, Math.min(count, drawn.size()));
    }

    private static String query(List<String> questions, Contestants all) {
        return questions.stream()
                .min(Comparator.comparingInt(
                        text -> Math.abs(all.tokenize(text, TextRole.QUERY).ids().length - QUERY_TOKENS)))
                .orElseThrow();
    }

    private void head(TestCollection collection, Contestants all) {
        out.printf(
                Locale.ROOT,
                "%s, texts of [%s], median of turns in %d rounds, %d threads, on %s%n",
                settings.encoder.getFileName(),
                collection.name(),
                settings.repeat,
                settings.threads,
                Processor.current().describe());
        out.println(
                "onnx 2x1: two workers of one thread, 1x2: one worker of two threads; tokenising, pooling and normalising"
                        + " included");
        all.settings().forEach(out::println);
        out.println();
        out.flush();
    }
}

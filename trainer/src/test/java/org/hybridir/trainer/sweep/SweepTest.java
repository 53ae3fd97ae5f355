package org.hybridir.trainer.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.hybridir.collection.TestCollection;
import org.hybridir.compare.RandomisationTest;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.measure.Measures;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;
import org.hybridir.trainer.batch.Strategy;
import org.hybridir.trainer.data.DataSet;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData;
import org.hybridir.trainer.evaluate.OfflineEvaluation;
import org.hybridir.trainer.evaluate.PhaseProgress;
import org.hybridir.trainer.run.ToyWorld;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepTest {
    private static final int STEPS = 30;
    private static final TestCollection COLLECTION = ToyWorld.collection(20, 99);
    private static final SweepPlan PLAN =
            new SweepPlan(List.of(Strategy.MONOLINGUAL, Strategy.HYBRID), List.of(.5), List.of(1L, 2L));
    private static final BooleanSupplier NEVER = () -> false;

    @TempDir
    static Path temp;

    private static Path base;
    /** A sweep that was never stopped. */
    private static Path whole;

    @BeforeAll
    static void runWhole() throws IOException, InterruptedException {
        base = ToyWorld.encoder(temp, "base", 0);
        whole = temp.resolve("whole");
        assertTrue(new Sweep(task(STEPS), PLAN, whole, true, new SweepListener() {}).run(NEVER));
    }

    private static SweepTask task(int steps) {
        return new SweepTask(
                base,
                own -> own,
                ToyWorld.settings(Strategy.HYBRID, steps, 0),
                ToyWorld.data(60, 7),
                List.of(COLLECTION),
                Map.of());
    }

    private static RunResult result(Path sweep, SweepRun run) throws IOException {
        return RunResult.read(file(sweep, run));
    }

    private static Path file(Path sweep, SweepRun run) {
        return sweep.resolve("runs").resolve(run.key()).resolve("toy.json");
    }

    @Test
    void theTableHoldsMeansAndSpreadsOverSeeds() throws IOException {
        String table = Files.readString(whole.resolve("toy/results.md"));
        Variant hybrid = Variant.hybrid(.5);
        double one = ap(result(whole, new SweepRun(hybrid, 1)).report(), Setting.CROSS_LINGUAL);
        double two = ap(result(whole, new SweepRun(hybrid, 2)).report(), Setting.CROSS_LINGUAL);
        // of two values the standard deviation is their distance over the root of two
        String cell = String.format(Locale.ROOT, "%.3f ± %.3f", (one + two) / 2, Math.abs(one - two) / Math.sqrt(2));
        String row = table.lines()
                .filter(line -> line.startsWith("| hybrid | 0.5 | 2 |"))
                .findFirst()
                .orElseThrow();
        assertEquals(cell, row.split(" \\| ")[4], row);
        assertTrue(table.contains("| monolingual | - | 2 |"), table);
        double first = mean(result(whole, new SweepRun(hybrid, 1)).report(), Setting.MULTILINGUAL, "R@10");
        String firstRun = table.lines()
                .filter(line -> line.startsWith("| hybrid | 0.5 | 1 |"))
                .findFirst()
                .orElseThrow();
        assertTrue(firstRun.endsWith(String.format(Locale.ROOT, "| %.3f |", first)), firstRun);
        assertTrue(table.contains(" | multilingual R@10 |"), table);
        assertTrue(
                table.contains(
                        "| A | B | setting | seeds | questions | mean AP of A | of B | A - B | interval | d_z | p |"),
                table);
        assertTrue(table.contains("| monolingual | hybrid-0.5 | cross-lingual | 2 | 20 |"), table);
        assertTrue(table.contains("paired two-sided randomisation test"), table);
        assertTrue(table.contains("* collection: toy"), table);
        assertTrue(table.contains("* runs: 4\n"), table);
    }

    private static double ap(Report report, Setting setting) {
        return mean(report, setting, "AP");
    }

    private static double mean(Report report, Setting setting, String measure) {
        return report.settings().get(setting).mean().means().get(measure);
    }

    @Test
    void theJsonHoldsTheSame() throws IOException {
        JsonNode json =
                new ObjectMapper().readTree(whole.resolve("toy/results.json").toFile());
        assertEquals(2, json.path("variants").size());
        assertEquals(4, json.path("runs").size());
        assertEquals(3, json.path("comparisons").size());
        JsonNode comparison = json.path("comparisons").get(2);
        assertEquals("multilingual", comparison.path("setting").asText());
        List<RunResult> a = new ArrayList<>();
        List<RunResult> b = new ArrayList<>();
        for (long seed : PLAN.seeds()) {
            a.add(result(whole, new SweepRun(PLAN.variants().get(0), seed)));
            b.add(result(whole, new SweepRun(PLAN.variants().get(1), seed)));
        }
        double[] differences = new double[20];
        for (int question = 0; question < 20; question++) {
            for (int seed = 0; seed < 2; seed++) {
                differences[question] +=
                        (a.get(seed).precision().get(Setting.MULTILINGUAL).get(question)
                                        - b.get(seed)
                                                .precision()
                                                .get(Setting.MULTILINGUAL)
                                                .get(question))
                                / 2;
            }
        }
        double p = new RandomisationTest(RandomisationTest.DRAWS, 0).p(differences);
        assertEquals(p, comparison.path("p").asDouble(), 1e-3);
    }

    /** With every language asked for each question, the mean over questions is the macro mean of the report. */
    @Test
    void questionsOwnValuesAddUpToTheReport() throws IOException {
        for (SweepRun run : PLAN.runs()) {
            RunResult result = result(whole, run);
            for (Setting setting : Setting.values()) {
                double mean = result.precision().get(setting).stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow();
                assertEquals(ap(result.report(), setting), mean, 1e-12);
            }
        }
    }

    @Test
    void aChartOverAlpha() throws IOException {
        String chart = Files.readString(whole.resolve("toy/alpha.svg"));
        assertTrue(chart.startsWith("<svg"), chart);
        for (String part : List.of("monolingual mAP", "cross-lingual mAP", "multilingual mAP", "rank distance")) {
            assertTrue(chart.contains(part), part);
        }
    }

    /** What was evaluated is what a node would serve. */
    @Test
    void keptEncodersAreThoseThatWereEvaluated() throws IOException, InterruptedException {
        SweepRun run = PLAN.runs().get(1);
        Path kept = whole.resolve("runs").resolve(run.key()).resolve("encoder");
        EncoderOptions options = EncoderOptions.defaults().withThreads(1);
        try (Encoder encoder = Encoder.open(kept, options)) {
            Report served = new OfflineEvaluation(COLLECTION, encoder::encode, PhaseProgress.SILENT)
                    .run(EnumSet.allOf(Setting.class), Measures.defaults(), 1)
                    .report();
            for (Setting setting : Setting.values()) {
                assertEquals(ap(result(whole, run).report(), setting), ap(served, setting), 1e-3);
            }
        }
    }

    /** Stopped in training, then in evaluation, then never: as if it had not been stopped, and nothing is done twice. */
    @Test
    void interruptedSweepsContinue() throws IOException, InterruptedException {
        Path parts = temp.resolve("parts");
        // 1 before the run, 29 after steps but the last, 2 in evaluation; again 1 before the run; then after its 12th
        // step
        assertFalse(sweep(parts, new ArrayList<>()).run(stopAt(1 + (STEPS - 1) + 2 + 1 + 12)));
        SweepRun first = PLAN.runs().get(0);
        SweepRun second = PLAN.runs().get(1);
        assertTrue(Files.exists(file(parts, first)));
        assertFalse(Files.exists(checkpoints(parts, first)));
        assertFalse(Files.exists(file(parts, first).resolveSibling("encoder")));
        assertFalse(Files.exists(file(parts, second)));
        assertTrue(Files.exists(checkpoints(parts, second)));
        assertTrue(Files.readString(parts.resolve("toy/results.md")).contains("* runs: 1 of 4\n"));
        BasicFileAttributes before = attributes(file(parts, first));

        // 1 before the run, 17 steps, and it is stopped before the first passages are encoded
        assertFalse(sweep(parts, new ArrayList<>()).run(stopAt(1 + 17 + 1)));
        assertFalse(Files.exists(file(parts, second)));

        List<String> found = new ArrayList<>();
        assertTrue(sweep(parts, found).run(NEVER));
        assertEquals(List.of(first.key()), found);
        assertEquals(before.lastModifiedTime(), attributes(file(parts, first)).lastModifiedTime());
        assertEquals(before.fileKey(), attributes(file(parts, first)).fileKey());
        for (SweepRun run : PLAN.runs()) {
            assertEquals(result(whole, run).report(), result(parts, run).report());
            assertEquals(result(whole, run).precision(), result(parts, run).precision());
        }
        assertEquals(withoutTimes(whole), withoutTimes(parts));
        assertEquals(
                Files.readString(whole.resolve("toy/alpha.svg")), Files.readString(parts.resolve("toy/alpha.svg")));
    }

    private static Sweep sweep(Path folder, List<String> found) throws IOException {
        return new Sweep(task(STEPS), PLAN, folder, false, new SweepListener() {
            @Override
            public void found(SweepRun run) {
                found.add(run.key());
            }
        });
    }

    private static BooleanSupplier stopAt(int call) {
        AtomicInteger calls = new AtomicInteger();
        return () -> calls.incrementAndGet() == call;
    }

    private static Path checkpoints(Path sweep, SweepRun run) {
        return file(sweep, run).resolveSibling("checkpoints");
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    private static String withoutTimes(Path sweep) throws IOException {
        String table = Files.readString(sweep.resolve("toy/results.md"));
        return table.substring(0, table.indexOf("## Runs"));
    }

    /** Stopped between the evaluations: the second is made up for, and the first is not repeated. */
    @Test
    void eachCollectionHasResultsOfItsOwn() throws IOException, InterruptedException {
        TestCollection other = ToyWorld.collection(10, 5);
        other = new TestCollection("other", other.languages(), other.questions(), other.passages());
        SweepTask both = new SweepTask(
                base,
                own -> own,
                ToyWorld.settings(Strategy.HYBRID, STEPS, 0),
                ToyWorld.data(60, 7),
                List.of(COLLECTION, other),
                Map.of());
        SweepPlan plan = new SweepPlan(List.of(Strategy.MONOLINGUAL), List.of(), List.of(1L));
        Path folder = temp.resolve("both");
        List<String> evaluated = new ArrayList<>();
        SweepListener listener = new SweepListener() {
            @Override
            public PhaseProgress evaluating(SweepRun run, TestCollection collection) {
                evaluated.add(collection.name());
                return PhaseProgress.SILENT;
            }
        };
        // 1 before the run, 29 after steps but the last, 2 in the first evaluation, 1 in the second
        assertFalse(new Sweep(both, plan, folder, false, listener).run(stopAt(1 + (STEPS - 1) + 2 + 1)));
        assertTrue(new Sweep(both, plan, folder, false, listener).run(NEVER));
        assertEquals(List.of("toy", "other", "other"), evaluated);
        SweepRun run = plan.runs().get(0);
        assertEquals(result(whole, run).report(), result(folder, run).report());
        for (String name : List.of("toy", "other")) {
            String table = Files.readString(folder.resolve(name).resolve("results.md"));
            assertTrue(table.contains("* collection: " + name + "\n"), table);
            assertTrue(table.contains("* runs: 1\n"), table);
        }
        assertTrue(Files.readString(folder.resolve("other/results.md")).contains("* questions: 30\n"));
    }

    /** From the files of the runs alone, though table, chart and means were changed or lost. */
    @Test
    void resultsAreMadeAgain() throws IOException, InterruptedException {
        Path folder = temp.resolve("again");
        SweepPlan plan = new SweepPlan(List.of(Strategy.HYBRID, Strategy.MIXED), List.of(.5), List.of(1L));
        assertTrue(new Sweep(task(2), plan, folder, false, new SweepListener() {}).run(NEVER));
        Path results = folder.resolve("toy");
        Map<String, String> written = new TreeMap<>();
        for (String file : List.of("results.md", "results.json", "alpha.svg")) {
            written.put(file, Files.readString(results.resolve(file)));
        }
        Files.delete(results.resolve("results.md"));
        Files.writeString(results.resolve("alpha.svg"), "lost");
        Files.writeString(
                results.resolve("results.json"),
                written.get("results.json").replaceAll("\"mean\" : [0-9.]+", "\"mean\" : 9"));
        assertEquals(List.of("toy"), Sweep.reportAgain(folder));
        for (String file : written.keySet()) {
            assertEquals(written.get(file), Files.readString(results.resolve(file)), file);
        }
        Files.writeString(results.resolve("results.json"), "{\"about\": {}}");
        IOException broken = assertThrows(IOException.class, () -> Sweep.reportAgain(folder));
        assertEquals(
                "[" + results.resolve("results.json") + "] is no sweep's report: plan is missing", broken.getMessage());
    }

    @Test
    void aSweepMayGrow() throws IOException, InterruptedException {
        Path folder = temp.resolve("grows");
        List<Strategy> one = List.of(Strategy.MONOLINGUAL);
        assertTrue(new Sweep(task(2), new SweepPlan(one, List.of(), List.of(1L)), folder, false, new SweepListener() {})
                .run(NEVER));
        SweepPlan more = new SweepPlan(List.of(Strategy.MONOLINGUAL, Strategy.MIXED), List.of(), List.of(1L));
        assertTrue(new Sweep(task(2), more, folder, false, new SweepListener() {}).run(NEVER));
        String table = Files.readString(folder.resolve("toy/results.md"));
        assertTrue(table.contains("| monolingual | mixed | multilingual | 1 | 20 |"), table);
        // a later plan without a run that is finished: it stays in the results, behind the plan's own
        SweepPlan other = new SweepPlan(List.of(Strategy.MIXED), List.of(), List.of(1L));
        assertTrue(new Sweep(task(2), other, folder, false, new SweepListener() {}).run(NEVER));
        String all = Files.readString(folder.resolve("toy/results.md"));
        assertTrue(all.contains("| mixed | monolingual | multilingual | 1 | 20 |"), all);
        assertTrue(all.contains("* runs: 2\n"), all);
    }

    @Test
    void anotherSweepIsRefused() throws IOException {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new Sweep(task(STEPS + 1), PLAN, whole, false, new SweepListener() {}));
        assertTrue(
                refused.getMessage()
                        .startsWith(
                                "the sweep in [" + whole + "] was begun with other values of [settings]; resume with"
                                        + " the same ones, or begin a new one in another folder"),
                refused.getMessage());
    }

    @Test
    void aFileThatIsNoResultIsNamed() throws IOException {
        Path file = Files.createDirectory(temp.resolve("monolingual-seed-1")).resolve("toy.json");
        Files.writeString(file, "{\"strategy\"");
        IOException broken = assertThrows(IOException.class, () -> RunResult.read(file));
        assertTrue(
                broken.getMessage()
                        .startsWith("[" + file + "] is no result of the run [monolingual-seed-1]; remove it, and the"
                                + " run is repeated: "),
                broken.getMessage());
        Files.copy(file(whole, PLAN.runs().get(1)), file, StandardCopyOption.REPLACE_EXISTING);
        IOException another = assertThrows(IOException.class, () -> RunResult.read(file));
        assertTrue(another.getMessage().endsWith("it is that of [hybrid-0.5-seed-1]"), another.getMessage());
    }

    @Test
    void dataThatDoesNotDoForAStrategyIsRefusedBeforeAnyRun() {
        List<Pair> monolingual =
                ToyWorld.pairs(60, 7).stream().filter(Pair::monolingual).toList();
        SweepTask task = new SweepTask(
                base,
                own -> own,
                ToyWorld.settings(Strategy.HYBRID, 2, 0),
                TrainingData.of(List.of(new DataSet("toy", monolingual, OptionalDouble.empty()))),
                List.of(COLLECTION),
                Map.of());
        Path folder = temp.resolve("never");
        assertThrows(
                IllegalArgumentException.class, () -> new Sweep(task, PLAN, folder, false, new SweepListener() {}));
        assertFalse(Files.exists(folder));
    }
}

package org.hybridir.trainer.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.hybridir.trainer.data.DataSet;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplersTest {
    private static final int DRAWS = 4000;

    private static SamplerSettings settings(int batchSize, long seed) {
        return settings(batchSize, seed, 1);
    }

    private static SamplerSettings settings(int batchSize, long seed, int neighbours) {
        return new SamplerSettings(batchSize, 0.5, 0.25, seed, false, neighbours);
    }

    private static DataSet set(String name, int count, String... languagePairs) {
        return RandomData.distinct(name, OptionalDouble.empty(), count, languagePairs);
    }

    private static List<List<Batch>> steps(BatchSampler sampler, int count) {
        List<List<Batch>> steps = new ArrayList<>();
        for (int step = 0; step < count; step++) {
            steps.add(sampler.next());
        }
        return steps;
    }

    @ParameterizedTest
    @EnumSource
    void batchesKeepTheirPromises(Strategy strategy) {
        for (long seed = 0; seed < 3; seed++) {
            TrainingData data = RandomData.tangled(new Random(seed));
            Map<String, String> clusters = clusters(data);
            Set<Pair> unseen = new HashSet<>(data.all());
            for (List<Batch> step : steps(strategy.sampler(data, settings(16, seed, seed == 2 ? 4 : 1)), 600)) {
                assertEquals(strategy == Strategy.MULTI_TASK ? 2 : 1, step.size());
                assertEquals(1, step.stream().mapToDouble(Batch::weight).sum());
                step.forEach(batch -> {
                    requireKind(batch);
                    requireNoConflict(batch, clusters);
                    batch.pairs().forEach(unseen::remove);
                });
            }
            boolean both = strategy == Strategy.HYBRID || strategy == Strategy.MULTI_TASK;
            boolean crossLingual = strategy == Strategy.CROSS_LINGUAL;
            assertTrue(
                    unseen.stream().noneMatch(pair -> both || pair.monolingual() != crossLingual),
                    () -> "never drawn: " + unseen);
        }
    }

    private static void requireKind(Batch batch) {
        Set<String> languages = new HashSet<>();
        for (Pair pair : batch.pairs()) {
            assertEquals(batch.kind() != BatchKind.CROSS_LINGUAL, pair.monolingual());
            languages.add(pair.queryLanguage());
        }
        assertTrue(batch.kind() == BatchKind.MONOLINGUAL ? languages.size() == 1 : languages.size() > 1);
        assertTrue(batch.pairs().size() >= 2 && batch.pairs().size() <= 16);
    }

    private static void requireNoConflict(Batch batch, Map<String, String> clusters) {
        Set<String> groups = new HashSet<>();
        Set<String> queries = new HashSet<>();
        Set<String> passages = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (Pair pair : batch.pairs()) {
            assertTrue(groups.add(pair.source() + " " + pair.group()), "group " + pair.group());
            assertTrue(queries.add(pair.query()), pair.query());
            assertTrue(passages.add(pair.passage()), pair.passage());
            assertTrue(seen.add(clusters.get(pair.passage())), "parallel to " + pair.passage());
        }
    }

    /** The naive way: each passage takes the smallest name that one of its group has, until nothing changes. */
    private static Map<String, String> clusters(TrainingData data) {
        Map<String, String> names = new HashMap<>();
        data.all().forEach(pair -> names.put(pair.passage(), pair.passage()));
        boolean changed = true;
        while (changed) {
            changed = false;
            Map<String, String> groups = new HashMap<>();
            data.all().forEach(pair -> groups.merge(group(pair), names.get(pair.passage()), SamplersTest::smaller));
            for (Pair pair : data.all()) {
                String name = names.get(pair.passage());
                changed |= !names.merge(pair.passage(), groups.get(group(pair)), SamplersTest::smaller)
                        .equals(name);
            }
        }
        return names;
    }

    private static String group(Pair pair) {
        return pair.source() + " " + pair.group();
    }

    private static String smaller(String one, String other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    @ParameterizedTest
    @EnumSource
    void theSameSeedGivesTheSameBatches(Strategy strategy) {
        TrainingData data = RandomData.tangled(new Random(1));
        List<List<Batch>> batches = steps(strategy.sampler(data, settings(8, 5)), 200);
        assertEquals(batches, steps(strategy.sampler(data, settings(8, 5)), 200));
        assertNotEquals(batches, steps(strategy.sampler(data, settings(8, 6)), 200));
        BatchSampler resumed = strategy.sampler(data, settings(8, 5));
        resumed.skip(150);
        assertEquals(batches.subList(150, 200), steps(resumed, 50));
    }

    @Test
    void languagesOfMonolingualBatchesAreUniform() {
        TrainingData data = TrainingData.of(
                List.of(new DataSet("x", unequalLanguages(), OptionalDouble.empty()), set("y", 1000, "de-en")));
        Map<String, Integer> counts = new HashMap<>();
        for (List<Batch> step : steps(Strategy.MONOLINGUAL.sampler(data, settings(4, 1)), DRAWS)) {
            counts.merge(step.get(0).pairs().get(0).queryLanguage(), 1, Integer::sum);
        }
        assertEquals(Set.of("de", "en", "zh"), counts.keySet());
        counts.forEach((language, count) -> assertNear(1 / 3.0, count, language));
    }

    private static List<Pair> unequalLanguages() {
        List<Pair> pairs = new ArrayList<>();
        pairs.addAll(set("x", 10, "de-de").pairs());
        pairs.addAll(set("x", 100, "en-en").pairs());
        pairs.addAll(set("x", 1000, "zh-zh").pairs());
        return pairs;
    }

    /** The mean within 0.04 of what is due: five standard deviations of so many draws. */
    private static void assertNear(double due, int count, String what) {
        assertEquals(due, count / (double) DRAWS, 0.04, what);
    }

    @Test
    void alphaIsTheShareOfMonolingualBatches() {
        TrainingData data = TrainingData.of(List.of(set("x", 100, "de-de", "en-en", "de-en")));
        for (double alpha : new double[] {0, 0.2, 0.5, 0.9, 1}) {
            BatchSampler sampler = new HybridSampler(data, new SamplerSettings(4, alpha, 0.5, 3, false, 1));
            int monolingual = 0;
            for (List<Batch> step : steps(sampler, DRAWS)) {
                monolingual += step.get(0).kind() == BatchKind.MONOLINGUAL ? 1 : 0;
            }
            assertNear(alpha, monolingual, "alpha " + alpha);
            assertTrue(alpha > 0 || monolingual == 0);
            assertTrue(alpha < 1 || monolingual == DRAWS);
        }
    }

    @Test
    void dataSetsComeByTheirPairsOfTheKind() {
        // of 400 monolingual pairs "a" has 100; its 900 others do not count
        TrainingData data = TrainingData.of(List.of(
                new DataSet("a", concat(set("a", 100, "en-en"), set("a", 900, "de-en")), OptionalDouble.empty()),
                set("b", 150, "de-de", "en-en")));
        assertNear(0.25, drawnFrom("a", data, Strategy.MONOLINGUAL), "monolingual");
        assertNear(0.25, drawnFrom("a", data, Strategy.MIXED), "mixed");
        assertNear(1, drawnFrom("a", data, Strategy.CROSS_LINGUAL), "cross-lingual");
    }

    private static List<Pair> concat(DataSet one, DataSet other) {
        List<Pair> pairs = new ArrayList<>(one.pairs());
        pairs.addAll(other.pairs());
        return pairs;
    }

    private static int drawnFrom(String name, TrainingData data, Strategy strategy) {
        int count = 0;
        for (List<Batch> step : steps(strategy.sampler(data, settings(4, 2)), DRAWS)) {
            count += step.get(0).pairs().get(0).source().equals(name) ? 1 : 0;
        }
        return count;
    }

    @Test
    void orByTheirWeights() {
        TrainingData data = TrainingData.of(List.of(
                RandomData.distinct("a", OptionalDouble.of(3), 10, "en-de"),
                RandomData.distinct("b", OptionalDouble.of(1), 1000, "en-de")));
        assertNear(0.75, drawnFrom("a", data, Strategy.CROSS_LINGUAL), "weights 3 and 1");
    }

    @Test
    void multiTaskWeightsItsTwoBatches() {
        TrainingData data = TrainingData.of(List.of(set("x", 100, "de-de", "de-en")));
        List<Batch> step = Strategy.MULTI_TASK.sampler(data, settings(4, 1)).next();
        assertEquals(
                List.of(BatchKind.MONOLINGUAL, BatchKind.CROSS_LINGUAL),
                step.stream().map(Batch::kind).toList());
        assertEquals(List.of(0.25, 0.75), step.stream().map(Batch::weight).toList());
    }

    @Test
    void dataOfOneLanguageIsRefusedWhereTwoAreNeeded() {
        TrainingData data = TrainingData.of(List.of(set("x", 100, "en-en")));
        for (Strategy strategy : List.of(Strategy.CROSS_LINGUAL, Strategy.HYBRID, Strategy.MULTI_TASK)) {
            assertRefused(
                    "cross-lingual batches need pairs whose query and passage are in different languages, and the data"
                            + " has only pairs of one language (found [en]); add a parallel data set, or train with the"
                            + " strategy [monolingual] or [mixed]",
                    () -> strategy.sampler(data, settings(4, 1)));
        }
        assertEquals(
                BatchKind.MONOLINGUAL,
                new HybridSampler(data, new SamplerSettings(4, 1, 0.5, 1, false, 1))
                        .next()
                        .get(0)
                        .kind());
    }

    @Test
    void dataWithoutPairsOfOneLanguageIsRefusedWhereTheyAreNeeded() {
        TrainingData data = TrainingData.of(List.of(set("x", 100, "en-de")));
        assertRefused(
                "monolingual batches need pairs whose query and passage are in one language, and the data has none"
                        + " (languages [de, en], each pair in two of them); add such a data set, or train with the"
                        + " strategy [cross-lingual]",
                () -> Strategy.MONOLINGUAL.sampler(data, settings(4, 1)));
        assertThrows(IllegalArgumentException.class, () -> Strategy.HYBRID.sampler(data, settings(4, 1)));
        assertThrows(IllegalArgumentException.class, () -> Strategy.MIXED.sampler(data, settings(4, 1)));
    }

    @Test
    void wrongSettingsAreRefused() {
        assertRefused(
                "neighbours are [0]; allowed is from [1], each pair by itself, to the batch size [4]",
                () -> settings(4, 1, 0));
        assertRefused(
                "neighbours are [5]; allowed is from [1], each pair by itself, to the batch size [4]",
                () -> settings(4, 1, 5));
        assertRefused("alpha must be from 0 to 1, but is [1.5]", () -> new SamplerSettings(4, 1.5, 0.5, 1, false, 1));
        assertRefused(
                "alpha must be from 0 to 1, but is [NaN]", () -> new SamplerSettings(4, Double.NaN, 0.5, 1, false, 1));
        assertRefused(
                "the weight of monolingual batches must be from 0 to 1, but is [-0.1]",
                () -> new SamplerSettings(4, 0.5, -0.1, 1, false, 1));
        assertRefused(
                "the batch size must be 2 or more, for one pair has no negative, but is [1]",
                () -> new SamplerSettings(1, 0.5, 0.5, 1, false, 1));
        assertRefused(
                "unknown strategy [x], known ones [monolingual, cross-lingual, hybrid, multi-task, mixed]",
                () -> Strategy.of("x"));
        assertEquals(Strategy.MULTI_TASK, Strategy.of("multi-task"));
    }

    @Test
    void aLanguageWithOnePairIsNamed() {
        TrainingData data = TrainingData.of(List.of(
                set("x", 100, "en-en"), new DataSet("y", set("y", 1, "ko-ko").pairs(), OptionalDouble.empty())));
        assertRefused(
                "a batch needs 2 pairs that are not parallel to each other, and the [1] of the monolingual [ko] pairs of"
                        + " data set [y] have no two such; leave them out (languages=), or add data",
                () -> Strategy.MONOLINGUAL.sampler(data, settings(4, 1)));
    }

    private static void assertRefused(String message, Runnable what) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, what::run).getMessage());
    }
}

package org.hybridir.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainingDataTest {
    private static DataSet set(String name, List<Pair> pairs) {
        return new DataSet(name, pairs, OptionalDouble.empty());
    }

    private static TrainingData random(long seed) {
        Random random = new Random(seed);
        List<DataSet> sets = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                String group = "g" + random.nextInt(900);
                pairs.add(new Pair("q" + i, name + "p" + random.nextInt(3000), "en", "de", group, name));
            }
            sets.add(set(name, pairs));
        }
        return TrainingData.of(sets);
    }

    @Test
    void nothingParallelToValidationStaysInTraining() {
        for (long seed = 0; seed < 5; seed++) {
            TrainingData data = random(seed);
            TrainingData.Split split = data.split(100, seed);
            assertEquals(100, new HashSet<>(split.validation()).size());
            assertTrue(split.training().size() <= 1900 && split.training().size() > 1000);
            Set<String> groups = new HashSet<>();
            Set<String> passages = new HashSet<>();
            split.training().all().forEach(pair -> {
                groups.add(pair.source() + pair.group());
                passages.add(pair.passage());
            });
            for (Pair pair : pairs(split)) {
                assertFalse(groups.contains(pair.source() + pair.group()), pair::toString);
                assertFalse(passages.contains(pair.passage()), pair::toString);
                assertTrue(data.all().contains(pair));
            }
        }
    }

    private static List<Pair> pairs(TrainingData.Split split) {
        return split.validation().stream().map(TrainingData.HeldOut::pair).toList();
    }

    /** Weights 3 and 1: of 40 pairs 30 and 10, whatever the sizes; one pair of each cluster, since there are enough. */
    @Test
    void validationIsOfTheDataSetsByWeight() {
        List<DataSet> sets = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < 1200; i++) {
                pairs.add(new Pair("q" + i + name, "p" + i / 2 + name, "en", "en", "g" + i, name));
            }
            sets.add(new DataSet(name, pairs, OptionalDouble.of(name.equals("a") ? 3 : 1)));
        }
        TrainingData.Split split = TrainingData.of(sets).split(40, 5);
        assertEquals(
                30,
                pairs(split).stream().filter(pair -> pair.source().equals("a")).count());
        assertEquals(40, split.validation().size());
        assertEquals(40, pairs(split).stream().map(Pair::passage).distinct().count());
        assertEquals(
                40,
                split.validation().stream()
                        .map(TrainingData.HeldOut::cluster)
                        .distinct()
                        .count());
        assertEquals(2400 - 80, split.training().size());
    }

    /** What a small data set cannot give, another gives. */
    @Test
    void validationIsFilledUp() {
        List<Pair> few = new ArrayList<>();
        List<Pair> many = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            (i < 3 ? few : many).add(new Pair("q" + i, "p" + i, "en", "en", "g" + i, i < 3 ? "few" : "many"));
        }
        TrainingData.Split split = TrainingData.of(List.of(
                        new DataSet("few", few, OptionalDouble.of(1)), new DataSet("many", many, OptionalDouble.of(1))))
                .split(20, 5);
        assertEquals(20, split.validation().size());
        assertEquals(
                3,
                pairs(split).stream()
                        .filter(pair -> pair.source().equals("few"))
                        .count());
    }

    @Test
    void heldOutPassagesAreNoHardNegativesInTraining() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            pairs.add(new Pair(
                    "q" + i, "p" + i, "en", "en", "g" + i, "x", List.of("p" + (i + 1) % 100, "never a passage")));
        }
        TrainingData.Split split = TrainingData.of(List.of(set("x", pairs))).split(10, 3);
        Set<String> heldOut = new HashSet<>();
        pairs(split).forEach(pair -> heldOut.add(pair.passage()));
        assertEquals(10, heldOut.size());
        for (Pair pair : split.training().all()) {
            List<String> expected = pair.passage().equals("p99")
                    ? List.of("p0", "never a passage")
                    : List.of("p" + (Integer.parseInt(pair.passage().substring(1)) + 1), "never a passage");
            assertEquals(
                    expected.stream().filter(text -> !heldOut.contains(text)).toList(), pair.negatives());
        }
    }

    @Test
    void theSeedDecidesTheSplit() {
        TrainingData data = random(1);
        assertEquals(data.split(50, 7).validation(), data.split(50, 7).validation());
        assertEquals(
                data.split(50, 7).training().fingerprint(),
                data.split(50, 7).training().fingerprint());
        assertNotEquals(data.split(50, 7).validation(), data.split(50, 8).validation());
        assertEquals(data.fingerprint(), data.split(0, 7).training().fingerprint());
        assertEquals(List.of(), data.split(0, 7).validation());
    }

    @Test
    void aLargeClusterStaysInTrainingAndASmallerOneGivesFew() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            pairs.add(new Pair("q" + i, "the same", "en", "en", "g" + i, "x"));
        }
        for (int i = 0; i < 500; i++) {
            pairs.add(new Pair("r" + i, "p" + i / 20, "en", "en", "h" + i, "x"));
        }
        TrainingData.Split split = TrainingData.of(List.of(set("x", pairs))).split(40, 1);
        assertTrue(pairs(split).stream().noneMatch(pair -> pair.passage().equals("the same")));
        assertEquals(10, pairs(split).stream().map(Pair::passage).distinct().count());
        assertEquals(800, split.training().size());
        Exception e = assertThrows(IllegalArgumentException.class, () -> TrainingData.of(List.of(set("x", pairs)))
                .split(101, 1));
        assertEquals(
                "cannot hold out [101] of [1000] pairs with all that is parallel to them; ask for fewer validation pairs,"
                        + " or give more data",
                e.getMessage());
    }

    @Test
    void theFingerprintSeesEveryField() {
        Pair pair = new Pair("ab", "c", "en", "de", "g", "x");
        Set<String> prints = new HashSet<>();
        for (Pair other : List.of(
                pair,
                new Pair("a", "bc", "en", "de", "g", "x"),
                new Pair("ab", "d", "en", "de", "g", "x"),
                new Pair("ab", "c", "fr", "de", "g", "x"),
                new Pair("ab", "c", "en", "fr", "g", "x"),
                new Pair("ab", "c", "en", "de", "h", "x"),
                new Pair("ab", "c", "en", "de", "g", "y"))) {
            prints.add(TrainingData.of(List.of(set("x", List.of(other)))).fingerprint());
        }
        assertEquals(7, prints.size());
        prints.add(TrainingData.of(List.of(new DataSet("x", List.of(pair), OptionalDouble.of(2))))
                .fingerprint());
        assertEquals(8, prints.size());
        assertTrue(prints.iterator().next().matches("[0-9a-f]{64}"));
    }

    @Test
    void wrongDataIsRefused() {
        Pair pair = new Pair("q", "p", "en", "de", "g", "x");
        assertRefused("training needs at least one data set", () -> TrainingData.of(List.of()));
        assertRefused(
                "two data sets are named [x]; give one of them another name with name=NAME",
                () -> TrainingData.of(List.of(set("x", List.of(pair)), set("x", List.of(pair)))));
        assertRefused("data set [x] has no pair", () -> set("x", List.of()));
        assertRefused(
                "the weight of data set [x] must be a number above 0, but is [0.0]",
                () -> new DataSet("x", List.of(pair), OptionalDouble.of(0)));
        assertRefused("a pair's query must have text, but is [ ]", () -> new Pair(" ", "p", "en", "de", "g", "x"));
        assertRefused(
                "the language of a pair's passage must be a code of two or three small letters, such as [en], but is [EN]",
                () -> new Pair("q", "p", "en", "EN", "g", "x"));
    }

    private static void assertRefused(String message, Runnable what) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, what::run).getMessage());
    }
}

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
            for (Pair pair : split.validation()) {
                assertFalse(groups.contains(pair.source() + pair.group()), pair::toString);
                assertFalse(passages.contains(pair.passage()), pair::toString);
                assertTrue(data.all().contains(pair));
            }
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
        assertTrue(split.validation().stream().noneMatch(pair -> pair.passage().equals("the same")));
        assertEquals(
                10, split.validation().stream().map(Pair::passage).distinct().count());
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

package org.hybridir.trainer.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.hybridir.trainer.data.DataSet;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.Parallels;
import org.hybridir.trainer.data.TrainingData;
import org.junit.jupiter.api.Test;

class DeckTest {
    private static Parallels parallels(List<Pair> pairs) {
        return TrainingData.of(List.of(new DataSet("x", pairs, OptionalDouble.empty())))
                .parallels();
    }

    private static Pair pair(String query, String passage, String group) {
        return new Pair(query, passage, "en", "en", group, "x");
    }

    private static Deck deck(List<Pair> pairs, int batchSize, boolean allowDuplicates) {
        List<Integer> cards = IntStream.range(0, pairs.size()).boxed().toList();
        return new Deck(
                "deck", cards, parallels(pairs), new SamplerSettings(batchSize, 0.5, 0.5, 7, allowDuplicates, 1));
    }

    @Test
    void withoutConflictsEachCardComesOnceAnEpoch() {
        List<Pair> pairs =
                RandomData.distinct("x", OptionalDouble.empty(), 40, "en-en").pairs();
        Deck deck = deck(pairs, 8, false);
        List<List<Integer>> epochs = new ArrayList<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Integer> seen = new ArrayList<>();
            for (int batch = 0; batch < 5; batch++) {
                seen.addAll(deck.draw());
            }
            assertEquals(40, new HashSet<>(seen).size());
            epochs.add(seen);
        }
        assertNotEquals(epochs.get(0), epochs.get(1));
        assertNotEquals(epochs.get(1), epochs.get(2));
    }

    @Test
    void batchesAreFullAcrossTheEndOfAnEpochAndHoldNoCardTwice() {
        List<Pair> pairs =
                RandomData.distinct("x", OptionalDouble.empty(), 11, "en-en").pairs();
        Deck deck = deck(pairs, 8, true);
        int[] counts = new int[11];
        for (int batch = 0; batch < 110; batch++) {
            List<Integer> cards = deck.draw();
            assertEquals(8, new HashSet<>(cards).size());
            cards.forEach(card -> counts[card]++);
        }
        for (int count : counts) {
            assertTrue(count >= 79 && count <= 81, "80 expected, " + count);
        }
    }

    @Test
    void aConflictingCardWaitsForTheNextBatch() {
        List<Pair> pairs = new ArrayList<>(List.of(pair("q1", "p1", "g1"), pair("q2", "p1", "g2")));
        for (int i = 3; i < 9; i++) {
            pairs.add(pair("q" + i, "p" + i, "g" + i));
        }
        Deck deck = deck(pairs, 4, false);
        Set<Integer> seen = new HashSet<>(deck.draw());
        boolean first = seen.contains(0) || seen.contains(1);
        Set<Integer> next = new HashSet<>(deck.draw());
        assertTrue(first || next.contains(0) || next.contains(1));
        assertFalse(next.contains(0) && next.contains(1));
        seen.addAll(next);
        seen.addAll(deck.draw());
        assertEquals(8, seen.size());
    }

    @Test
    void aSmallDeckGivesSmallerBatches() {
        Deck deck = deck(
                List.of(pair("a", "pa", "1"), pair("b", "pb", "2"), pair("c", "pc", "3"), pair("d", "pc", "3")),
                16,
                false);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            List<Integer> batch = deck.draw();
            assertEquals(3, batch.size());
            seen.addAll(batch);
        }
        assertEquals(4, seen.size());
    }

    /** The first conflicts with all others: by group with one, by its query with the other. */
    @Test
    void aCardThatFitsNoneDoesNotHoldUpTheOthers() {
        List<Pair> pairs = List.of(pair("q", "p1", "g"), pair("r", "p2", "g"), pair("q", "p3", "h"));
        Deck deck = deck(pairs, 2, false);
        for (int i = 0; i < 20; i++) {
            assertEquals(Set.of(1, 2), new HashSet<>(deck.draw()));
        }
    }

    @Test
    void whatIsParallelThroughAnotherPairConflicts() {
        List<Pair> pairs = List.of(
                new Pair("q1", "p en", "de", "en", "g1", "x"),
                new Pair("q1 fr", "p de", "fr", "de", "g1", "x"),
                new Pair("q2", "p de", "en", "de", "g2", "x"),
                new Pair("q3", "p fr", "en", "fr", "g2", "x"),
                new Pair("q4", "other", "en", "fr", "g3", "x"));
        Parallels parallels = parallels(pairs);
        assertTrue(parallels.conflict(0, 3));
        assertFalse(parallels.conflict(0, 4));
        assertEquals(2, parallels.clusters());
    }

    /** Eight passages with a question each in three languages: a run is of one half of the document, in whatever languages. */
    @Test
    void neighboursComeTogetherOneOfEachPassage() {
        List<Pair> pairs = new ArrayList<>();
        for (String language : List.of("de", "en", "fr")) {
            for (int i = 0; i < 8; i++) {
                pairs.add(new Pair("q" + i + language, "p" + i + language, language, language, "g" + i, "x"));
            }
        }
        Deck deck = new Deck(
                "deck",
                IntStream.range(0, 24).boxed().toList(),
                parallels(pairs),
                new SamplerSettings(4, 0.5, 0.5, 7, false, 4));
        Set<List<Integer>> languages = new HashSet<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            Set<Integer> seen = new HashSet<>();
            for (int batch = 0; batch < 6; batch++) {
                List<Integer> drawn = deck.draw();
                List<Integer> passages = drawn.stream().map(card -> card % 8).toList();
                assertTrue(Set.of(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7)).contains(passages), () -> "" + passages);
                languages.add(drawn.stream().map(card -> card / 8).toList());
                seen.addAll(drawn);
            }
            assertEquals(24, seen.size());
        }
        assertTrue(languages.size() > 9, () -> "of 18 runs " + languages);
    }

    /** The first's hard negative is the second's passage: they never meet, though all else does. */
    @Test
    void aPassageAndItselfAsHardNegativeDoNotMeet() {
        List<Pair> pairs = new ArrayList<>();
        pairs.add(new Pair("q0", "p0", "en", "en", "g0", "x", List.of("p1")));
        for (int i = 1; i < 6; i++) {
            pairs.add(pair("q" + i, "p" + i, "g" + i));
        }
        Deck deck = deck(pairs, 3, false);
        Set<Integer> seen = new HashSet<>();
        for (int batch = 0; batch < 20; batch++) {
            List<Integer> drawn = deck.draw();
            assertEquals(3, drawn.size());
            assertFalse(drawn.contains(0) && drawn.contains(1), drawn::toString);
            seen.addAll(drawn);
        }
        assertEquals(6, seen.size());
        assertTrue(parallels(pairs).conflict(0, 1));
        assertTrue(parallels(pairs).conflict(1, 0));
    }

    @Test
    void twoCardsAtLeastMustFitTogether() {
        List<Pair> pairs = List.of(pair("q1", "p", "1"), pair("q2", "p", "2"), pair("q3", "p", "3"));
        Exception e = assertThrows(IllegalArgumentException.class, () -> deck(pairs, 2, false));
        assertEquals(
                "a batch needs 2 pairs that are not parallel to each other, and the [3] of deck have no two such;"
                        + " leave them out (languages=), or add data",
                e.getMessage());
        assertEquals(2, deck(pairs, 2, true).draw().size());
        assertThrows(IllegalArgumentException.class, () -> deck(pairs.subList(0, 1), 2, true));
    }
}

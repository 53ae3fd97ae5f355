package org.hybridir.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hybridir.encoder.Encoding;
import org.hybridir.trainer.data.Pair;
import org.junit.jupiter.api.Test;

final class ParallelVectorsTest {
    private static final List<Pair> PAIRS = List.of(
            pair("1", "en", "2", "de", "a"),
            pair("2", "de", "1", "en", "a"),
            pair("1", "en", "5", "el", "a"),
            pair("9", "en", "9", "en", "a"),
            pair("3", "en", "7", "de", "b"),
            pair("8", "el", "3", "en", "c"));

    private static Pair pair(String query, String from, String passage, String to, String group) {
        return new Pair(query, passage, from, to, group, "set");
    }

    /** A text's vector is its number and the number's square. */
    private static ParallelVectors encode(List<Pair> pairs, List<String> asked) throws IOException {
        TextEncoder encoder = (texts, role) -> {
            asked.addAll(texts);
            return texts.stream().map(ParallelVectorsTest::encoding).toList();
        };
        return ParallelVectors.encode(pairs, encoder, done -> {});
    }

    private static Encoding encoding(String text) {
        float number = Float.parseFloat(text);
        return new Encoding(new float[] {number, number * number}, 1, false);
    }

    /** de - en: twice 2 - 1 and 7 - 3; el - en: 5 - 1 and 8 - 3. Differences run from the smaller code to the greater. */
    @Test
    void differencesByHand() throws IOException {
        List<String> asked = new ArrayList<>();
        ParallelVectors vectors = encode(PAIRS, asked);
        assertEquals(List.of("1", "2", "5", "3", "7", "8"), asked, "each once, and none of a pair of one language");
        List<float[]> means = vectors.meanDifferences();
        assertEquals(2, means.size());
        assertArrayEquals(new float[] {(1 + 1 + 4) / 3f, (3 + 3 + 40) / 3f}, means.get(0), 1e-5f);
        assertArrayEquals(new float[] {(4 + 5) / 2f, (24 + 55) / 2f}, means.get(1), 1e-5f);
        assertEquals(5, vectors.allDifferences().size());
        assertArrayEquals(new float[] {5, 55}, vectors.allDifferences().get(4));
    }

    @Test
    void languagesAreThoseOfPairsOfTwo() {
        SortedSet<String> expected = new TreeSet<>(List.of("de", "el", "en"));
        assertEquals(expected, ParallelVectors.languages(PAIRS));
        assertEquals(new TreeSet<String>(), ParallelVectors.languages(PAIRS.subList(3, 4)));
    }

    @Test
    void takesTheFirstGroupsWhole() {
        assertEquals(PAIRS.subList(0, 4), ParallelVectors.firstGroups(PAIRS, 1));
        assertEquals(PAIRS.subList(0, 5), ParallelVectors.firstGroups(PAIRS, 2));
        assertEquals(PAIRS, ParallelVectors.firstGroups(PAIRS, 100));
    }
}

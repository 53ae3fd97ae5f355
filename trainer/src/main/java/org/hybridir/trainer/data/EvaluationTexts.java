package org.hybridir.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hybridir.collection.TestCollection;

/**
 * The passages and questions of a collection, by their normalised text and by rare shingles. Thread-safe once made.
 *
 * <p>Of n shingles of a text a near-duplicate has at least m = ceil(threshold * n), so it lacks n - m at most, and among any
 * n - m + 1 of them it has one. Only the n - m + 1 that are rarest in the collection are indexed (prefix filtering, Chaudhuri
 * et al., 2006), and no near-duplicate is missed.
 */
final class EvaluationTexts {
    /** A text with fewer distinct shingles is only looked for as a whole: it may stand in any other text. */
    private static final int FEWEST_SHINGLES = 16;
    /** The stretch of a training text that holds a near-duplicate is at most this much longer. */
    private static final double LONGEST_STRETCH = 1.5;

    /**
     * One of the texts.
     *
     * @param shingles distinct, ascending
     * @param length in shingles, repeated ones counted
     */
    record Text(boolean passage, String id, String language, String text, long[] shingles, int length) {}

    /**
     * A text that a training text has.
     *
     * @param share of its shingles, 1 for an exact match
     */
    record Match(int text, boolean exact, double share) {}

    private final double threshold;
    private final List<Text> texts = new ArrayList<>();
    private final Map<String, List<Integer>> exact = new HashMap<>();
    /** The place of a shingle's first posting plus one. */
    private final LongTable postings = new LongTable();
    /** The text of each posting, and the place of the shingle's next posting plus one. */
    private int[] posted = new int[1 << 10];

    private int[] following = new int[1 << 10];
    private int postingCount;

    EvaluationTexts(TestCollection collection, double threshold) {
        this.threshold = threshold;
        collection.passages().forEach(passage -> add(true, passage.id(), passage.language(), passage.text()));
        collection.questions().forEach(question -> add(false, question.id(), question.language(), question.text()));
        LongTable frequencies = new LongTable();
        for (Text text : texts) {
            for (long shingle : text.shingles()) {
                frequencies.put(shingle, frequencies.get(shingle) + 1);
            }
        }
        for (int number = 0; number < texts.size(); number++) {
            post(number, frequencies);
        }
    }

    private void add(boolean passage, String id, String language, String text) {
        String normal = Shingles.normalise(text);
        if (normal.isEmpty()) {
            return;
        }
        exact.computeIfAbsent(normal, key -> new ArrayList<>(1)).add(texts.size());
        long[] hashes = Shingles.hashes(normal);
        texts.add(new Text(passage, id, language, text, Shingles.distinct(hashes), hashes.length));
    }

    private int needed(Text text) {
        return (int) Math.ceil(threshold * text.shingles().length);
    }

    private void post(int number, LongTable frequencies) {
        Text text = texts.get(number);
        if (text.shingles().length < FEWEST_SHINGLES) {
            return;
        }
        List<Long> rarestFirst = new ArrayList<>();
        for (long shingle : text.shingles()) {
            rarestFirst.add(shingle);
        }
        rarestFirst.sort(Comparator.comparingInt(frequencies::get));
        for (long shingle : rarestFirst.subList(0, text.shingles().length - needed(text) + 1)) {
            if (postingCount == posted.length) {
                posted = Arrays.copyOf(posted, 2 * postingCount);
                following = Arrays.copyOf(following, 2 * postingCount);
            }
            posted[postingCount] = number;
            following[postingCount] = postings.get(shingle);
            postings.put(shingle, ++postingCount);
        }
    }

    Text text(int number) {
        return texts.get(number);
    }

    /** The texts that a training text equals or holds. */
    List<Match> matches(String trainingText) {
        String normal = Shingles.normalise(trainingText);
        List<Match> matches = new ArrayList<>();
        Set<Integer> found = new HashSet<>(exact.getOrDefault(normal, List.of()));
        found.forEach(number -> matches.add(new Match(number, true, 1)));
        long[] places = Shingles.hashes(normal);
        long[] shingles = Shingles.distinct(places);
        for (long shingle : shingles) {
            for (int posting = postings.get(shingle); posting > 0; posting = following[posting - 1]) {
                int number = posted[posting - 1];
                if (found.add(number)) {
                    double share = share(texts.get(number), places, shingles);
                    if (share >= threshold) {
                        matches.add(new Match(number, false, share));
                    }
                }
            }
        }
        return matches;
    }

    /** The largest share of a text's shingles that stands in a stretch, or less than the threshold. */
    private double share(Text text, long[] places, long[] shingles) {
        int spare = text.shingles().length - needed(text);
        for (long shingle : text.shingles()) {
            if (Arrays.binarySearch(shingles, shingle) < 0 && --spare < 0) {
                return 0;
            }
        }
        return bestStretch(text, places) / (double) text.shingles().length;
    }

    private static int bestStretch(Text text, long[] places) {
        int[] counts = new int[text.shingles().length];
        int longest = (int) Math.ceil(LONGEST_STRETCH * text.length());
        int inside = 0;
        int best = 0;
        for (int end = 0; end < places.length; end++) {
            int entering = Arrays.binarySearch(text.shingles(), places[end]);
            if (entering >= 0 && counts[entering]++ == 0) {
                inside++;
            }
            if (end >= longest) {
                int leaving = Arrays.binarySearch(text.shingles(), places[end - longest]);
                if (leaving >= 0 && --counts[leaving] == 0) {
                    inside--;
                }
            }
            best = Math.max(best, inside);
        }
        return best;
    }
}

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
    /** A shorter text is only looked for as a whole: as a phrase it may stand anywhere. */
    static final int SHORTEST = 36;
    /** A shorter text must stand in a stretch with all its shingles: a question with another name at its end is another. */
    static final int SHORTEST_WITH_GAPS = 60;
    /** The stretch of a training text that holds a near-duplicate is at most this much longer. */
    private static final double LONGEST_STRETCH = 1.5;

    /** One of the texts. */
    record Text(boolean passage, String id, String language, String text, Shingles shingles) {}

    /**
     * A text that a training text has.
     *
     * @param text its number
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
            for (long shingle : text.shingles().distinct()) {
                frequencies.put(shingle, frequencies.get(shingle) + 1);
            }
        }
        for (int number = 0; number < texts.size(); number++) {
            post(number, frequencies);
        }
    }

    private void add(boolean passage, String id, String language, String text) {
        String normal = Shingles.normalise(text);
        if (!normal.isEmpty()) {
            exact.computeIfAbsent(normal, key -> new ArrayList<>(1)).add(texts.size());
            texts.add(new Text(passage, id, language, text, Shingles.of(normal)));
        }
    }

    /** How many of its distinct shingles a stretch must have. */
    private int needed(Shingles text) {
        int all = text.distinct().length;
        return text.letters() < SHORTEST_WITH_GAPS ? all : (int) Math.ceil(threshold * all);
    }

    private void post(int number, LongTable frequencies) {
        Shingles text = texts.get(number).shingles();
        if (text.letters() < SHORTEST) {
            return;
        }
        Arrays.stream(text.distinct())
                .boxed()
                .sorted(Comparator.comparingInt(frequencies::get))
                .limit(text.distinct().length - needed(text) + 1)
                .forEach(shingle -> post(number, shingle));
    }

    private void post(int number, long shingle) {
        if (postingCount == posted.length) {
            posted = Arrays.copyOf(posted, 2 * postingCount);
            following = Arrays.copyOf(following, 2 * postingCount);
        }
        posted[postingCount] = number;
        following[postingCount] = postings.get(shingle);
        postings.put(shingle, ++postingCount);
    }

    Text text(int number) {
        return texts.get(number);
    }

    /** The texts that a training text equals or holds. */
    List<Match> matches(String trainingText) {
        String normal = Shingles.normalise(trainingText);
        Set<Integer> seen = new HashSet<>(exact.getOrDefault(normal, List.of()));
        List<Match> matches = new ArrayList<>();
        seen.stream().sorted().forEach(number -> matches.add(new Match(number, true, 1)));
        Shingles training = Shingles.of(normal);
        for (long shingle : training.distinct()) {
            for (int posting = postings.get(shingle); posting > 0; posting = following[posting - 1]) {
                int number = posted[posting - 1];
                if (seen.add(number)) {
                    Shingles text = texts.get(number).shingles();
                    int held = held(text, training);
                    if (held > 0) {
                        matches.add(new Match(number, false, held / (double) text.distinct().length));
                    }
                }
            }
        }
        return matches;
    }

    /** How many shingles of a text the best stretch holds; 0 if none holds enough. */
    private int held(Shingles text, Shingles training) {
        int spare = text.distinct().length - needed(text);
        for (long shingle : text.distinct()) {
            if (Arrays.binarySearch(training.distinct(), shingle) < 0 && --spare < 0) {
                return 0;
            }
        }
        return bestStretch(text, training);
    }

    private int bestStretch(Shingles text, Shingles training) {
        int[] counts = new int[text.distinct().length];
        int longest = (int) Math.ceil(LONGEST_STRETCH * text.places().length);
        int inside = 0;
        int best = needed(text) - 1;
        for (int end = 0; end < training.places().length; end++) {
            int entering = Arrays.binarySearch(text.distinct(), training.places()[end]);
            if (entering >= 0 && counts[entering]++ == 0) {
                inside++;
            }
            if (end >= longest) {
                int leaving = Arrays.binarySearch(text.distinct(), training.places()[end - longest]);
                if (leaving >= 0 && --counts[leaving] == 0) {
                    inside--;
                }
            }
            if (inside > best && numbersStandIn(text, training, end - longest + 1, end + Shingles.LENGTH)) {
                best = inside;
            }
        }
        return best < needed(text) ? 0 : best;
    }

    /** With another number in it, it is another fact. */
    private static boolean numbersStandIn(Shingles text, Shingles training, int from, int to) {
        Set<String> numbers = new HashSet<>();
        for (Shingles.Digits number : training.numbers()) {
            if (number.place() >= from && number.place() < to) {
                numbers.add(number.text());
            }
        }
        return text.numbers().stream().allMatch(number -> numbers.contains(number.text()));
    }
}

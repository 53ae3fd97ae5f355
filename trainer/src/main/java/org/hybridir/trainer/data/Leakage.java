package org.hybridir.trainer.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hybridir.collection.TestCollection;

/**
 * Looks for the passages and questions of an evaluation in training data: what an encoder has seen it finds too easily.
 * Every text of the one is compared with every text of the other, queries, passages and hard negatives alike, whatever
 * their languages.
 *
 * <p>Normalised is: NFKC, case folded, runs of white space, punctuation and symbols as one blank. An evaluation's text e
 *
 * <ul>
 *   <li>stands <b>exactly</b> in the data if a training text is the same, both normalised;
 *   <li>stands <b>nearly</b> in it if a training text has a stretch, at most 1.5 times as long as e, that holds at least the
 *       threshold's share of the distinct shingles of e (its stretches of 5 code points, normalised, without blanks), and
 *       all numbers of e. So a sentence inside a paragraph counts, and one with a word changed, but not the sentence of a
 *       statistics about another town. Of a text with fewer than 60 letters (an ideograph counts as 3) the stretch must
 *       hold all shingles; one with fewer than 36, such as "Why?", is only compared exactly.
 * </ul>
 */
public final class Leakage {
    /** The share of an evaluation text's shingles that makes it a near-duplicate. */
    public static final double THRESHOLD = 0.8;
    /** How many findings a report shows. */
    public static final int EXAMPLES = 500;

    private final EvaluationTexts evaluation;
    /** All training texts, with the first data set that has each. */
    private final Map<String, String> dataSets = new LinkedHashMap<>();
    /** The evaluation's texts that were found, and whether exactly. */
    private final Map<Integer, Boolean> exact = new HashMap<>();

    private final Set<String> leaking = new HashSet<>();
    private final List<LeakageReport.Example> examples = new ArrayList<>();

    private Leakage(EvaluationTexts evaluation) {
        this.evaluation = evaluation;
    }

    /** Looks for near-duplicates from {@link #THRESHOLD} on. */
    public static LeakageReport check(TrainingData data, TestCollection collection) {
        return check(data, collection, THRESHOLD);
    }

    /**
     * Looks for texts of the collection in the data, on all processors.
     *
     * @param threshold above 0, at most 1
     */
    public static LeakageReport check(TrainingData data, TestCollection collection, double threshold) {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "the threshold of leakage must be above 0 and at most 1, but is [" + threshold + "]");
        }
        Leakage leakage = new Leakage(new EvaluationTexts(collection, threshold));
        leakage.search(data);
        return leakage.report(data, collection, threshold);
    }

    /** Throws {@link LeakageException} if the data holds a text of the collection. */
    public static void requireNone(TrainingData data, TestCollection collection) {
        LeakageReport report = check(data, collection);
        if (report.found()) {
            throw new LeakageException(
                    "the training data holds [" + report.passages().all() + "] of the ["
                            + report.passages().of() + "] passages and ["
                            + report.questions().all() + "] of the ["
                            + report.questions().of() + "] questions of [" + report.collection() + "], in ["
                            + report.leakingPairs() + "] pairs; for instance "
                            + report.examples().get(0)
                            + ". What is measured on this collection would say too much: leave those pairs out with"
                            + " --drop-leakage, measure on another collection, or train all the same with --allow-leakage");
        }
    }

    /**
     * The data without the pairs of which a text holds one of the collection.
     *
     * @throws IllegalArgumentException if no pair would be left
     */
    public static TrainingData without(TrainingData data, TestCollection collection) {
        Leakage leakage = new Leakage(new EvaluationTexts(collection, THRESHOLD));
        leakage.search(data);
        List<Pair> pairs = data.all();
        return TrainingData.of(data.without(pair -> leakage.leaks(pairs.get(pair))));
    }

    private boolean leaks(Pair pair) {
        return leaking.contains(pair.query())
                || leaking.contains(pair.passage())
                || pair.negatives().stream().anyMatch(leaking::contains);
    }

    private void search(TrainingData data) {
        for (DataSet set : data.sets()) {
            for (Pair pair : set.pairs()) {
                dataSets.putIfAbsent(pair.query(), set.name());
                dataSets.putIfAbsent(pair.passage(), set.name());
                pair.negatives().forEach(negative -> dataSets.putIfAbsent(negative, set.name()));
            }
        }
        List<String> texts = List.copyOf(dataSets.keySet());
        List<List<EvaluationTexts.Match>> matches =
                texts.parallelStream().map(evaluation::matches).toList();
        for (int i = 0; i < texts.size(); i++) {
            for (EvaluationTexts.Match match : matches.get(i)) {
                add(texts.get(i), match);
            }
        }
    }

    private void add(String trainingText, EvaluationTexts.Match match) {
        leaking.add(trainingText);
        exact.merge(match.text(), match.exact(), Boolean::logicalOr);
        if (examples.size() < EXAMPLES) {
            EvaluationTexts.Text text = evaluation.text(match.text());
            examples.add(new LeakageReport.Example(
                    text.passage() ? "passage" : "question",
                    text.id(),
                    text.language(),
                    text.text(),
                    dataSets.get(trainingText),
                    trainingText,
                    match.share()));
        }
    }

    private LeakageReport report(TrainingData data, TestCollection collection, double threshold) {
        return new LeakageReport(
                collection.name(),
                threshold,
                found(true, collection.passages().size()),
                found(false, collection.questions().size()),
                pairs(data),
                examples);
    }

    private LeakageReport.Found found(boolean passages, int of) {
        int exactly = 0;
        int nearly = 0;
        for (Map.Entry<Integer, Boolean> entry : exact.entrySet()) {
            if (evaluation.text(entry.getKey()).passage() == passages) {
                exactly += entry.getValue() ? 1 : 0;
                nearly += entry.getValue() ? 0 : 1;
            }
        }
        return new LeakageReport.Found(of, exactly, nearly);
    }

    private Map<String, Integer> pairs(TrainingData data) {
        Map<String, Integer> pairs = new LinkedHashMap<>();
        for (DataSet set : data.sets()) {
            pairs.put(set.name(), (int) set.pairs().stream().filter(this::leaks).count());
        }
        return pairs;
    }
}

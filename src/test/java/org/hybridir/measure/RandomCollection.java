package org.hybridir.measure;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;

/** Passages, questions and golds drawn with a seed, with few distinct vectors so that scores tie often. */
final class RandomCollection {
    final int languages;
    final float[][] passages;
    final int[] passageLanguages;
    final String[] ids;
    /** By passage: question to grade, from 0 to 3. */
    final List<Map<String, Integer>> judgements = new ArrayList<>();

    final float[][] questions;
    final int[] questionLanguages;
    final String[] questionNames;

    /** @param distinct how many different passage vectors there are */
    RandomCollection(long seed, int languages, int passages, int questions, int dimension, int distinct) {
        Random random = new Random(seed);
        this.languages = languages;
        this.passages = new float[passages][];
        this.passageLanguages = new int[passages];
        this.ids = new String[passages];
        float[][] vectors = unit(random, distinct, dimension);
        for (int p = 0; p < passages; p++) {
            this.passages[p] = vectors[random.nextInt(distinct)];
            passageLanguages[p] = random.nextInt(languages);
            // neither in the order of places nor of equal length
            ids[p] = Integer.toString(random.nextInt(1000), 36) + "-" + p;
            judgements.add(new HashMap<>());
        }
        this.questions = unit(random, questions, dimension);
        this.questionLanguages = random.ints(questions, 0, languages).toArray();
        this.questionNames = new String[questions];
        for (int q = 0; q < questions; q++) {
            questionNames[q] = "question-" + q;
            // some are judged for no passage, some for none that is relevant
            for (int gold = random.nextInt(7); gold > 0; gold--) {
                judgements.get(random.nextInt(passages)).put(questionNames[q], random.nextInt(4));
            }
        }
    }

    private static float[][] unit(Random random, int n, int dimension) {
        float[][] vectors = new float[n][dimension];
        for (float[] vector : vectors) {
            double squares = 0;
            for (int k = 0; k < dimension; k++) {
                vector[k] = (float) random.nextGaussian();
                squares += vector[k] * (double) vector[k];
            }
            for (int k = 0; k < dimension; k++) {
                vector[k] /= (float) Math.sqrt(squares);
            }
        }
        return vectors;
    }

    Golds golds(int question) {
        return Golds.of(places(question).stream()
                .map(place -> new Gold(
                        ids[place],
                        passageLanguages[place],
                        judgements.get(place).get(questionNames[question]),
                        RankCounter.score(questions[question], passages[place])))
                .toList());
    }

    private List<Integer> places(int question) {
        List<Integer> places = new ArrayList<>();
        for (int p = 0; p < passages.length; p++) {
            if (judgements.get(p).getOrDefault(questionNames[question], 0) > 0) {
                places.add(p);
            }
        }
        return places;
    }

    Golds[] golds() {
        Golds[] golds = new Golds[questions.length];
        for (int q = 0; q < golds.length; q++) {
            golds[q] = golds(q);
        }
        return golds;
    }

    /** The oracle: sorts the whole pool. */
    List<Integer> sorted(int question, IntPredicate inPool) {
        List<Integer> pool = new ArrayList<>();
        for (int p = 0; p < passages.length; p++) {
            if (inPool.test(passageLanguages[p])) {
                pool.add(p);
            }
        }
        float[] scores = new float[passages.length];
        pool.forEach(p -> scores[p] = RankCounter.score(questions[question], passages[p]));
        pool.sort((a, b) -> scores[a] != scores[b] ? Float.compare(scores[b], scores[a]) : ids[a].compareTo(ids[b]));
        return pool;
    }

    /** And looks up the golds. */
    int[] ranksBySorting(int question, IntPredicate inPool) {
        List<Integer> pool = sorted(question, inPool);
        return places(question).stream()
                .filter(pool::contains)
                .mapToInt(gold -> pool.indexOf(gold) + 1)
                .sorted()
                .toArray();
    }

    int[] poolSizes() {
        int[] sizes = new int[languages];
        for (int language : passageLanguages) {
            sizes[language]++;
        }
        return sizes;
    }
}

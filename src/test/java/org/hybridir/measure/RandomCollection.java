package org.hybridir.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;

/** Passages, questions and golds drawn with a seed, with few distinct vectors so that scores tie often. */
final class RandomCollection {
    final int languages;
    final float[][] passages;
    final int[] passageLanguages;
    final String[] ids;
    final List<List<String>> questionIds = new ArrayList<>();
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
            questionIds.add(new ArrayList<>());
        }
        this.questions = unit(random, questions, dimension);
        this.questionLanguages = random.ints(questions, 0, languages).toArray();
        this.questionNames = new String[questions];
        for (int q = 0; q < questions; q++) {
            questionNames[q] = "question-" + q;
            // some have no gold at all
            for (int gold = random.nextInt(7); gold > 0; gold--) {
                List<String> answered = questionIds.get(random.nextInt(passages));
                if (!answered.contains(questionNames[q])) {
                    answered.add(questionNames[q]);
                }
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
        List<Integer> places = places(question);
        float[] scores = new float[places.size()];
        String[] goldIds = new String[places.size()];
        int[] goldLanguages = new int[places.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = RankCounter.score(questions[question], passages[places.get(i)]);
            goldIds[i] = ids[places.get(i)];
            goldLanguages[i] = passageLanguages[places.get(i)];
        }
        return Golds.of(scores, goldIds, goldLanguages);
    }

    private List<Integer> places(int question) {
        List<Integer> places = new ArrayList<>();
        for (int p = 0; p < passages.length; p++) {
            if (questionIds.get(p).contains(questionNames[question])) {
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

    /** The oracle: sorts the whole pool and looks up the golds. */
    int[] ranksBySorting(int question, IntPredicate inPool) {
        List<Integer> pool = new ArrayList<>();
        for (int p = 0; p < passages.length; p++) {
            if (inPool.test(passageLanguages[p])) {
                pool.add(p);
            }
        }
        float[] scores = new float[passages.length];
        pool.forEach(p -> scores[p] = RankCounter.score(questions[question], passages[p]));
        pool.sort((a, b) -> scores[a] != scores[b] ? Float.compare(scores[b], scores[a]) : ids[a].compareTo(ids[b]));
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

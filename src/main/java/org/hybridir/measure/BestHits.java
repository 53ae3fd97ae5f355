package org.hybridir.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The first k passages of one question among those that were offered so far, best first. */
final class BestHits {
    private final float[] scores;
    private final int[] places;
    private final int[] languages;
    private int size;

    BestHits(int k) {
        scores = new float[k];
        places = new int[k];
        languages = new int[k];
    }

    /** A passage with a lower score has no chance. */
    float threshold() {
        if (scores.length == 0) {
            return Float.POSITIVE_INFINITY;
        }
        return size < scores.length ? Float.NEGATIVE_INFINITY : scores[size - 1];
    }

    /** @param ids by place, asked only on equal scores */
    void offer(float score, int place, int language, IntFunction<String> ids) {
        int rank = size;
        while (rank > 0 && precedes(score, place, rank - 1, ids)) {
            rank--;
        }
        if (rank == scores.length) {
            return;
        }
        if (size < scores.length) {
            size++;
        }
        System.arraycopy(scores, rank, scores, rank + 1, size - rank - 1);
        System.arraycopy(places, rank, places, rank + 1, size - rank - 1);
        System.arraycopy(languages, rank, languages, rank + 1, size - rank - 1);
        scores[rank] = score;
        places[rank] = place;
        languages[rank] = language;
    }

    private boolean precedes(float score, int place, int other, IntFunction<String> ids) {
        return score > scores[other]
                || (score == scores[other]
                        && RankOrder.precedes(score, ids.apply(place), scores[other], ids.apply(places[other])));
    }

    IntStream places() {
        return IntStream.of(places).limit(size);
    }

    List<Hit> hits(IntFunction<String> ids) {
        List<Hit> hits = new ArrayList<>(size);
        for (int rank = 0; rank < size; rank++) {
            hits.add(new Hit(ids.apply(places[rank]), languages[rank], scores[rank]));
        }
        return hits;
    }
}

package org.hybridir.measure;

import java.util.List;
import java.util.Set;

/** Collects the questions' counts and makes the report; the same for a node and for arrays. */
public final class Evaluation {
    /**
     * @param languages the languages of passages and questions, by ordinal
     * @param poolSizes passages of each language
     * @param settings what to report
     * @param measures what to report
     */
    public Evaluation(List<String> languages, int[] poolSizes, Set<Setting> settings, List<Measure> measures) {}

    /**
     * Adds one question.
     *
     * @param language ordinal of the question's language
     * @param goldLanguages ordinals of the golds' languages, in the order of {@link Golds}
     * @param counts [gold][language], summed over all passages: see {@link RankCounter#counts()}
     */
    public void add(int language, int[] goldLanguages, int[][] counts) {
        throw new UnsupportedOperationException();
    }

    public Report report() {
        throw new UnsupportedOperationException();
    }
}

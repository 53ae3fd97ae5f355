package org.hybridir.measure;

/**
 * Is told, for each question, how many passages stand before each of its relevant ones. From these counts follow its ranks
 * in every pool: see {@link Evaluation} for means and {@link QuestionValues} for each question's own value.
 */
@FunctionalInterface
public interface CountListener {
    /**
     * One question was ranked. Called from several threads, once for each question, in any order.
     *
     * @param question its place among the questions that are ranked
     * @param language ordinal of its language
     * @param goldLanguages ordinals of the golds' languages, in the order of {@link Golds}; empty if it has no gold
     * @param counts [gold][language], summed over all passages: see {@link RankCounter#counts()}
     */
    void counted(int question, int language, int[] goldLanguages, int[][] counts);
}

package org.hybridir.measure;

/**
 * A passage that is relevant to a question.
 *
 * @param id the passage's
 * @param language ordinal of the passage's language
 * @param grade how relevant it is, at least 1; what is judged and not relevant (grade 0) is no gold
 * @param score cosine to the question, from {@link RankCounter#score}
 */
public record Gold(String id, int language, int grade, float score) {
    public Gold {
        if (grade < 1) {
            throw new IllegalArgumentException(
                    "passage [" + id + "] has grade [" + grade + "], a relevant passage has at least 1");
        }
        if (Float.isNaN(score)) {
            throw new IllegalArgumentException("the score of passage [" + id
                    + "] is not a number; its vector or the question's holds NaN or infinity");
        }
    }
}

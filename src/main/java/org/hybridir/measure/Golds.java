package org.hybridir.measure;

/**
 * The relevant passages of one question with their scores, in ranking order: score descending, then id ascending.
 *
 * @param scores cosine to the question
 * @param ids passage ids
 * @param languages ordinals of the passages' languages
 */
public record Golds(float[] scores, String[] ids, int[] languages) {}

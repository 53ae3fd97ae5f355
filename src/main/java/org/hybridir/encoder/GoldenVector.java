package org.hybridir.encoder;

/**
 * One text of {@code golden.json} with what the artifact's writer got for it.
 *
 * @param role decides prefix and length limit
 * @param text without prefix
 * @param tokens how many the encoder saw, special tokens included
 * @param truncated whether the text's end was not seen
 * @param vector of length one
 */
public record GoldenVector(TextRole role, String text, int tokens, boolean truncated, float[] vector) {}

package org.hybridir.encoder;

/**
 * One encoded text.
 *
 * @param vector the embedding, of length one, with {@link Encoder#dimension()} numbers
 * @param tokens how many tokens the encoder saw, special tokens included
 * @param truncated whether the text was longer than the encoder's limit, so that its end was not seen
 */
public record Encoding(float[] vector, int tokens, boolean truncated) {}

package org.hybridir.encoder;

/**
 * What the transformer says about each token of one text, before pooling.
 *
 * @param ids the tokens' ids, special tokens included
 * @param vectors for each token its vector in the last layer
 */
public record TokenVectors(long[] ids, float[][] vectors) {}

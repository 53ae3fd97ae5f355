package org.hybridir.encoder;

/**
 * The optional layer after pooling (sentence-transformers' {@code 2_Dense}): y = f(W x + b).
 *
 * @param inputs length of x
 * @param outputs length of y
 * @param tanh whether f is tanh (LaBSE); otherwise f is the identity
 */
public record Dense(int inputs, int outputs, boolean tanh) {}

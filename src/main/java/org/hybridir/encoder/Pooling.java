package org.hybridir.encoder;

/** How the vectors of a text's tokens become one vector. */
public enum Pooling {
    /** The mean over all tokens that are not padding, special tokens included. */
    MEAN,
    /** The vector of the first token, {@code [CLS]} or {@code <s>}. */
    CLS
}

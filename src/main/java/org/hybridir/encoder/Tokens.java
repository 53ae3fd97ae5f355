package org.hybridir.encoder;

/**
 * A text as the transformer takes it.
 *
 * @param ids the tokens' ids, special tokens included
 * @param truncated whether the text's end is missing
 */
public record Tokens(long[] ids, boolean truncated) {}

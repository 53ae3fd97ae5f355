package org.hybridir.trainer.loss;

import java.util.Map;

/**
 * What a batch of pairs is judged by: TorchScript over the vectors of its queries and passages.
 *
 * <p>Passage i is the one that query i asks for; every other passage of the batch, and the hard negatives that may follow
 * the first n passages, is irrelevant to it.
 */
public interface Loss {
    /** How the command line writes it. */
    String key();

    /**
     * A method {@code loss(queries [n,d], passages [m,d]) -> []} with m >= n, indented as a method of the module; vectors
     * have length one, so that their products are cosines.
     */
    String method();

    /** Its settings, for the model card. */
    Map<String, Object> describe();
}

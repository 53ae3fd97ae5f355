package org.hybridir.opensearch.query;

import java.util.List;
import org.hybridir.opensearch.VectorField;

/**
 * What a query is about, once the indices that it searches are known.
 *
 * @param encoder the name of the encoder
 * @param fields the vector field in each index; empty if the indices are not known, as in {@code _explain}
 */
record QueryTarget(String encoder, List<VectorField> fields) {
    /** Refuses an encoder whose vectors do not fit one of the indices. */
    void checkDimension(int length) {
        fields.forEach(field -> field.checkDimension(encoder, length));
    }
}

package org.hybridir.trainer.data;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A data set with what its reader left out.
 *
 * @param skipped how many items, by the reason
 */
public record ReadResult(DataSet set, Map<String, Integer> skipped) {
    public ReadResult {
        skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
    }
}

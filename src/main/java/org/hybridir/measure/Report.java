package org.hybridir.measure;

import java.util.Map;

/** The result of an evaluation. */
public record Report(Map<String, Object> values) {
    /** Plain maps, lists, strings and numbers in a fixed order, for any JSON writer. */
    public Map<String, Object> toMap() {
        return values;
    }
}

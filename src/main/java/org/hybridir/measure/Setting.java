package org.hybridir.measure;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Which passages a question is asked against. */
public enum Setting {
    /** Those of its own language. */
    MONOLINGUAL("monolingual"),
    /** Those of one other language. */
    CROSS_LINGUAL("cross_lingual"),
    /** Those of all languages. */
    MULTILINGUAL("multilingual");

    private final String key;

    Setting(String key) {
        this.key = key;
    }

    /** The name in requests and reports. */
    public String key() {
        return key;
    }

    /** The setting of a key. Throws IllegalArgumentException: unknown setting [x], known ones [...]. */
    public static Setting parse(String key) {
        for (Setting setting : values()) {
            if (setting.key.equals(key)) {
                return setting;
            }
        }
        String known = Arrays.stream(values()).map(Setting::key).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown setting [" + key + "], known ones [" + known + "]");
    }
}

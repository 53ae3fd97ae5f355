package org.hybridir.trainer.data;

import java.util.Map;
import java.util.Optional;
import org.hybridir.language.LanguageCode;

/** The keys and values behind a data source's path; which keys there may be is checked before. */
record SourceOptions(Map<String, String> values) {
    SourceOptions {
        values = Map.copyOf(values);
    }

    Optional<String> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    String get(String key, String whenAbsent) {
        return values.getOrDefault(key, whenAbsent);
    }

    /** The languages that {@code language=} gives to all pairs. */
    Optional<LanguagePair> languages() {
        return find("language").map(LanguagePair::of);
    }

    /** The one language of a file whose queries and passages have the same. */
    Optional<String> language() {
        return find("language").map(LanguageCode::of);
    }

    boolean flag(String key) {
        return choice(key, "false", "true", "false").equals("true");
    }

    /** One of the values that are allowed. */
    String choice(String key, String whenAbsent, String... allowed) {
        String value = get(key, whenAbsent);
        for (String one : allowed) {
            if (one.equals(value)) {
                return value;
            }
        }
        throw new IllegalArgumentException(
                key + "= must be one of [" + String.join(", ", allowed) + "], but is [" + value + "]");
    }

    /** A column, counted from 1 in the option and from 0 here. */
    int column(String key, int whenAbsent) {
        String value = get(key, "" + whenAbsent);
        if (!value.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException(
                    key + "= must be the number of a column, from 1 on, but is [" + value + "]");
        }
        return Integer.parseInt(value) - 1;
    }

    /** How many of something. */
    int count(String key, int whenAbsent) {
        String value = get(key, "" + whenAbsent);
        if (!value.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException(key + "= must be a number from 0 to 9999, but is [" + value + "]");
        }
        return Integer.parseInt(value);
    }
}

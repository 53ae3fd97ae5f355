package org.hybridir.language;

import java.util.Locale;
import java.util.Optional;

/** By what languages are put together. */
public enum Grouping {
    FAMILY,
    BRANCH,
    SCRIPT;

    /** The group of a language that the table lacks. */
    static final String UNKNOWN = "unknown";

    /** In JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String of(Optional<Language> language) {
        return language.map(known -> switch (this) {
                    case FAMILY -> known.family();
                    case BRANCH -> known.branch();
                    case SCRIPT -> known.script().name();
                })
                .orElse(UNKNOWN);
    }
}

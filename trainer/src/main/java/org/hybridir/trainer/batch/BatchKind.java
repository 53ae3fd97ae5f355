package org.hybridir.trainer.batch;

import java.util.Locale;

/** What the languages of a batch's pairs have in common. */
public enum BatchKind {
    /** All queries and passages in one language. */
    MONOLINGUAL,
    /** In each pair the passage's language differs from the query's; pairs of many languages stand together. */
    CROSS_LINGUAL,
    /** In each pair the passage's language is the query's; pairs of many languages stand together. */
    MIXED;

    /** How metrics and charts write it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

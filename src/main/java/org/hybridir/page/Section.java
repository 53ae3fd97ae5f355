package org.hybridir.page;

import java.util.List;
import java.util.Locale;

/** A titled part of a page. */
record Section(String title, List<Block> blocks) {
    Section(String title, Block... blocks) {
        this(title, List.of(blocks));
    }

    /** For links to it. */
    String id() {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}

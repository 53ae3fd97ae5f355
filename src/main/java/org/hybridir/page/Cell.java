package org.hybridir.page;

import java.text.BreakIterator;
import java.util.Locale;
import java.util.Optional;
import org.hybridir.chart.Shade;

/**
 * A text, as short as a number or as long as a passage.
 *
 * @param text of whatever script
 * @param language its code; empty for ours
 * @param shade what it is written on
 */
record Cell(String text, Optional<String> language, Optional<Shade> shade) {
    /** Characters of a passage that are shown. */
    private static final int EXCERPT = 320;

    static final Cell NOTHING = of("–");

    static Cell of(String text) {
        return new Cell(text, Optional.empty(), Optional.empty());
    }

    static Cell shaded(String text, Shade shade) {
        return new Cell(text, Optional.empty(), Optional.of(shade));
    }

    /** The beginning of a text of the collection, cut between words. */
    static Cell excerpt(String text, String language) {
        String shown = text.strip();
        if (shown.length() > EXCERPT) {
            BreakIterator words = BreakIterator.getWordInstance(Locale.ROOT);
            words.setText(shown);
            shown = shown.substring(0, words.preceding(EXCERPT)).strip() + " …";
        }
        return new Cell(shown, Optional.of(language), Optional.empty());
    }
}

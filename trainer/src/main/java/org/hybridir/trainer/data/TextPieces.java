package org.hybridir.trainer.data;

import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;

/** Texts cut where ICU says that a sentence, a word or a character ends. */
public final class TextPieces {
    private TextPieces() {}

    /** All of a text in order, white space included: the pieces one behind the other are the text. */
    public static List<String> of(BreakIterator breaks, String text) {
        breaks.setText(text);
        List<String> pieces = new ArrayList<>();
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
            pieces.add(text.substring(from, to));
            from = to;
        }
        return pieces;
    }
}

package org.hybridir.trainer.data;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Texts cut where ICU says that a sentence, a word or a character ends. */
public final class TextPieces {
    /** Words of a part; fewer say too little, and stand in many texts. */
    private static final int FEWEST = 4;

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

    /** Words of a text that stand side by side: from a third to two thirds of all, but four at least. */
    static String part(String text, String language, Random random) {
        List<String> pieces = of(BreakIterator.getWordInstance(new ULocale(language)), text);
        int[] words = IntStream.range(0, pieces.size())
                .filter(piece -> isWord(pieces.get(piece)))
                .toArray();
        if (words.length <= FEWEST) {
            return text;
        }
        int third = words.length / 3;
        int taken = Math.max(FEWEST, third + random.nextInt(third + 1));
        int first = random.nextInt(words.length - taken + 1);
        return String.join("", pieces.subList(words[first], words[first + taken - 1] + 1));
    }

    /** Whether a piece is a word, not white space or punctuation. */
    static boolean isWord(String piece) {
        return piece.codePoints().anyMatch(Character::isLetterOrDigit);
    }
}

package org.hybridir.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The limit here is a number of characters. */
class PassageSplitterTest {
    private static List<String> split(int limit, String language, String title, String text) {
        return new PassageSplitter(passage -> passage.length() <= limit).of(language, title, text);
    }

    @Test
    void wholeSentencesUpToTheLimit() {
        assertEquals(List.of("T One two. Six."), split(15, "en", "T", "One two. Six."));
        assertEquals(List.of("T One two.", "T Six seven. A."), split(15, "en", "T", "One two. Six seven. A."));
        assertEquals(List.of("One two. Six.", "Seven."), split(13, "en", "", "One two. Six. Seven."));
    }

    @Test
    void aSentenceThatIsTooLongIsSplitBetweenWordsAndAWordBetweenCharacters() {
        assertEquals(List.of("one two", "three. No."), split(10, "en", "", "one two three. No."));
        assertEquals(List.of("abcd", "efgh", "i"), split(4, "en", "", "abcdefghi"));
        // a letter with its accent is one character
        assertEquals(List.of("ae\u0301", "o\u0308u"), split(3, "en", "", "ae\u0301o\u0308u"));
    }

    @Test
    void languagesWithoutBlanks() {
        // 我们 | 在 | 学习 ; ภาษา | ไทย: a dictionary knows the words
        assertEquals(
                List.of("\u4f60\u597d\u3002", "\u518d\u89c1\u3002"),
                split(4, "zh", "", "\u4f60\u597d\u3002\u518d\u89c1\u3002"));
        assertEquals(
                List.of("\u0e20\u0e32\u0e29\u0e32", "\u0e44\u0e17\u0e22"),
                split(6, "th", "", "\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22"));
    }

    @Test
    void aLongTitleLeavesHalfOfTheLimitToTheText() {
        assertEquals(List.of("long a b c d", "long e f"), split(12, "en", "long title of a page", "a b c d e f"));
    }

    @Test
    void aLimitThatNothingFitsIsRefused() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> split(0, "en", "", "a"));
        assertEquals(
                "not even the character [a] fits into a passage: the encoder's limit for passages is too low",
                e.getMessage());
    }

    @Test
    void nothingIsLostAndNothingTooLong() {
        Random random = new Random(7);
        String letters = "ab .\u4f60\u3002\u0e01\u0e32!? \n";
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder("x");
            for (int k = random.nextInt(200); k > 0; k--) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            int limit = 4 + random.nextInt(30);
            List<String> passages = split(limit, "en", "", text.toString());
            assertEquals(bare(text.toString()), bare(String.join("", passages)));
            passages.forEach(passage -> assertTrue(passage.length() <= limit && !passage.isBlank(), passage));
        }
    }

    private static String bare(String text) {
        return text.replaceAll("\\s", "");
    }
}

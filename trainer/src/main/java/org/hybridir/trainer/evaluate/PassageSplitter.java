package org.hybridir.trainer.evaluate;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.hybridir.collection.Passages;
import org.hybridir.trainer.data.TextPieces;

/**
 * Splits documents that are longer than the encoder's limit into passages, each filled up to the limit with whole sentences
 * and preceded by the title. A sentence that alone is too long is split at the limit, between words, and a word like it
 * between characters. Where they end in a language says ICU (Unicode Standard Annex 29; dictionaries for Thai, Chinese and
 * others that put no blanks between words).
 *
 * <p>No text is lost: the passages without their titles are the text again, up to the white space where it was split.
 */
public final class PassageSplitter implements Passages {
    private final Predicate<String> fits;

    /** What a text is divided into; each is divided into the next where it must be. */
    private enum Unit {
        SENTENCE,
        WORD,
        CHARACTER;

        BreakIterator breaks(ULocale locale) {
            return switch (this) {
                case SENTENCE -> BreakIterator.getSentenceInstance(locale);
                case WORD -> BreakIterator.getWordInstance(locale);
                case CHARACTER -> BreakIterator.getCharacterInstance(locale);
            };
        }
    }

    private record Piece(String text, Unit unit) {}

    /** @param fits whether the encoder sees the whole of a passage */
    public PassageSplitter(Predicate<String> fits) {
        this.fits = fits;
    }

    /** @throws IllegalArgumentException if the limit is so low that no character of the text fits */
    @Override
    public List<String> of(String language, String title, String text) {
        String whole = Passages.titled(title, text);
        if (fits.test(whole)) {
            return List.of(whole);
        }
        ULocale locale = new ULocale(language);
        String head = head(locale, title);
        Deque<Piece> rest = new ArrayDeque<>(pieces(locale, text, Unit.SENTENCE));
        List<String> passages = new ArrayList<>();
        while (!rest.isEmpty()) {
            String filled = fill(locale, head, rest);
            if (!filled.isBlank()) {
                passages.add(Passages.titled(head, filled.strip()));
            }
        }
        return passages.isEmpty() ? List.of(whole) : passages;
    }

    /** As many words of a title as fit twice: the other half of the limit is the text's. */
    private String head(ULocale locale, String title) {
        StringBuilder head = new StringBuilder();
        for (Piece word : pieces(locale, title, Unit.WORD)) {
            String longer = head + word.text;
            if (!fits.test(longer + " " + longer)) {
                break;
            }
            head.append(word.text);
        }
        return head.toString().strip();
    }

    /** Takes pieces off until no more fit; at least one, which is divided if it must be. */
    private String fill(ULocale locale, String head, Deque<Piece> rest) {
        StringBuilder filled = new StringBuilder();
        while (!rest.isEmpty()) {
            Piece next = rest.poll();
            if (fits.test(Passages.titled(head, (filled + next.text).strip()))) {
                filled.append(next.text);
            } else if (filled.toString().isBlank()) {
                divide(locale, next).reversed().forEach(rest::push);
            } else {
                rest.push(next);
                break;
            }
        }
        return filled.toString();
    }

    private static List<Piece> divide(ULocale locale, Piece piece) {
        if (piece.unit == Unit.CHARACTER) {
            throw new IllegalArgumentException("not even the character [" + piece.text
                    + "] fits into a passage: the encoder's limit for passages is too low");
        }
        return pieces(locale, piece.text, Unit.values()[piece.unit.ordinal() + 1]);
    }

    private static List<Piece> pieces(ULocale locale, String text, Unit unit) {
        return TextPieces.of(unit.breaks(locale), text).stream()
                .map(piece -> new Piece(piece, unit))
                .toList();
    }
}

package org.hybridir.trainer.data;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which sentence of a paragraph answers a question: for encoders that retrieve sentences, a whole paragraph is a passage
 * that mostly speaks of something else, and what answers may stand behind the passage's last token. Where sentences and words
 * end says ICU (Unicode Standard Annex 29, with abbreviations of the language).
 *
 * <p>One for each language of a data set.
 */
final class Sentences {
    /** Enough of a word to know it in another form, in languages that inflect. */
    private static final int STEM = 5;

    private final ULocale locale;
    private final Map<String, Integer> paragraphsWith = new HashMap<>();
    private final Set<String> paragraphs = new HashSet<>();

    Sentences(String language) {
        locale = new ULocale(language + "@ss=standard");
    }

    /** Learns from a paragraph which words are rare. */
    void learn(String paragraph) {
        if (paragraphs.add(paragraph)) {
            terms(paragraph).forEach(term -> paragraphsWith.merge(term, 1, Integer::sum));
        }
    }

    /**
     * A passage that answers a question.
     *
     * @param others of its paragraph, that do not
     */
    record Found(String passage, List<String> others) {}

    /**
     * The sentence in which the answer stands, or where none is given the likeliest. The others are the likeliest ones that do
     * not answer; but where the answer had to be guessed the unlikeliest, lest the right one be among them.
     *
     * @param others how many further ones are wanted; there may be fewer
     */
    Found answering(SquadFile.Question question, int others) {
        boolean given = question.answerAt().isPresent();
        if (given && others == 0) {
            return new Found(at(question), List.of());
        }
        List<String> ranked = ranked(question.context(), question.text());
        if (ranked.isEmpty()) {
            return new Found("", List.of());
        }
        String answer = given ? at(question) : ranked.get(0);
        return new Found(
                answer,
                (given ? ranked : ranked.reversed())
                        .stream()
                                .filter(sentence -> !sentence.equals(answer))
                                .limit(others)
                                .toList());
    }

    private String at(SquadFile.Question question) {
        return at(question.context(), question.answerAt().getAsInt());
    }

    /** The sentence in which a code point of the paragraph stands. */
    String at(String paragraph, int codePoint) {
        int at = paragraph.offsetByCodePoints(0, codePoint);
        int end = 0;
        for (String sentence : of(paragraph)) {
            end += sentence.length();
            if (at < end) {
                return sentence.strip();
            }
        }
        throw new IndexOutOfBoundsException(codePoint);
    }

    /**
     * The sentences of a paragraph, the one first that shares the most with a question in the same language: the sum over the
     * words of both of {@code log((n + 1) / n_w)}, with n paragraphs learned and n_w of them with the word w. Of those that
     * share as much, the one first that stands first. A piece without a letter, such as the mark of a footnote, is none.
     */
    private List<String> ranked(String paragraph, String question) {
        Set<String> asked = terms(question);
        Map<String, Double> shared = new LinkedHashMap<>();
        for (String piece : of(paragraph)) {
            if (piece.codePoints().anyMatch(Character::isLetter)) {
                shared.put(piece.strip(), rarity(shared(asked, piece)));
            }
        }
        return shared.keySet().stream()
                .sorted(Comparator.comparing(shared::get).reversed())
                .toList();
    }

    private Set<String> shared(Set<String> asked, String sentence) {
        Set<String> shared = terms(sentence);
        shared.retainAll(asked);
        return shared;
    }

    private double rarity(Set<String> terms) {
        return terms.stream().mapToDouble(this::rarity).sum();
    }

    private double rarity(String term) {
        return Math.log((paragraphs.size() + 1.0) / paragraphsWith.getOrDefault(term, 1));
    }

    /** The paragraph in pieces; all white space is kept. */
    private List<String> of(String paragraph) {
        return TextPieces.of(BreakIterator.getSentenceInstance(locale), paragraph);
    }

    private Set<String> terms(String text) {
        Set<String> terms = new HashSet<>();
        for (String word : TextPieces.of(BreakIterator.getWordInstance(locale), text.toLowerCase(Locale.ROOT))) {
            if (TextPieces.isWord(word)) {
                terms.add(word.substring(
                        0, word.offsetByCodePoints(0, Math.min(STEM, word.codePointCount(0, word.length())))));
            }
        }
        return terms;
    }
}

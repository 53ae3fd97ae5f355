package org.hybridir.trainer.data;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A text for comparison: the hashes of its shingles, which are all its stretches of {@value #LENGTH} code points, normalised
 * and without the blanks, and its numbers.
 *
 * @param letters how long the text is: its code points, ideographs counted as {@value #IDEOGRAPH}, for one says as much
 * @param places the hash of the shingle at each place
 * @param distinct the same in ascending order, each once
 * @param numbers in the order of their places
 */
record Shingles(int letters, long[] places, long[] distinct, List<Digits> numbers) {
    static final int LENGTH = 5;
    static final int IDEOGRAPH = 3;

    private static final int SIGMA = 0x3C3;
    private static final int FINAL_SIGMA = 0x3C2;

    /** A run of digits, and the place where it begins. */
    record Digits(int place, String text) {}

    /** @param normal as {@link #normalise} gives it */
    static Shingles of(String normal) {
        int[] characters = normal.codePoints().filter(c -> c != ' ').toArray();
        long[] places = new long[Math.max(0, characters.length - LENGTH + 1)];
        for (int i = 0; i < places.length; i++) {
            places[i] = hash(characters, i);
        }
        int letters = Arrays.stream(characters)
                .map(c -> Character.isIdeographic(c) ? IDEOGRAPH : 1)
                .sum();
        long[] distinct = Arrays.stream(places).sorted().distinct().toArray();
        return new Shingles(letters, places, distinct, numbers(normal));
    }

    private static long hash(int[] characters, int from) {
        long hash = 0;
        for (int i = from; i < from + LENGTH; i++) {
            hash = (hash ^ characters[i]) * 0x100000001B3L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private static List<Digits> numbers(String normal) {
        List<Digits> numbers = new ArrayList<>();
        StringBuilder digits = new StringBuilder();
        int place = 0;
        for (int i = 0; i < normal.length(); i += Character.charCount(normal.codePointAt(i))) {
            int character = normal.codePointAt(i);
            if (Character.isDigit(character)) {
                digits.appendCodePoint(character);
            } else {
                end(digits, place, numbers);
            }
            place += character == ' ' ? 0 : 1;
        }
        end(digits, place, numbers);
        return List.copyOf(numbers);
    }

    private static void end(StringBuilder digits, int place, List<Digits> numbers) {
        if (!digits.isEmpty()) {
            String text = digits.toString();
            numbers.add(new Digits(place - text.codePointCount(0, text.length()), text));
            digits.setLength(0);
        }
    }

    /**
     * NFKC, case folded, and each run of characters that are neither letters, marks nor digits (white space, punctuation,
     * symbols) as one blank, none at the ends.
     */
    static String normalise(String text) {
        // upper and then lower case folds what lower case alone keeps apart, such as sharp s
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        StringBuilder normal = new StringBuilder(folded.length());
        folded.codePoints().forEach(character -> {
            if (isText(character)) {
                normal.appendCodePoint(character == FINAL_SIGMA ? SIGMA : character);
            } else if (!normal.isEmpty() && normal.charAt(normal.length() - 1) != ' ') {
                normal.append(' ');
            }
        });
        return normal.toString().strip();
    }

    private static boolean isText(int character) {
        return switch (Character.getType(character)) {
            // vowel signs of Hindi and Thai are marks
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> Character.isLetterOrDigit(character);
        };
    }
}

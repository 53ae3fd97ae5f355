package org.hybridir.trainer.data;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A text for comparison: normalised, and as the hashes of its shingles, which are all its stretches of {@value #LENGTH}
 * code points without the blanks.
 */
final class Shingles {
    static final int LENGTH = 5;

    private static final int SIGMA = 0x3C3;
    private static final int FINAL_SIGMA = 0x3C2;

    private Shingles() {}

    /**
     * NFKC, case folded, and each run of characters that are neither letters, marks nor digits (white space, punctuation,
     * symbols) as one blank, none at the ends.
     */
    static String normalise(String text) {
        // upper and then lower case folds what lower case alone keeps apart: sharp s, final sigma
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
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> Character.isLetterOrDigit(character);
        };
    }

    /** The hash of the shingle at each place of a normalised text, none if it is too short. */
    static long[] hashes(String normal) {
        int[] characters = normal.codePoints().filter(c -> c != ' ').toArray();
        long[] hashes = new long[Math.max(0, characters.length - LENGTH + 1)];
        for (int i = 0; i < hashes.length; i++) {
            long hash = 0;
            for (int j = i; j < i + LENGTH; j++) {
                hash = (hash ^ characters[j]) * 0x100000001B3L;
                hash ^= hash >>> 29;
            }
            hashes[i] = hash;
        }
        return hashes;
    }

    /** In ascending order, each once. */
    static long[] distinct(long[] hashes) {
        return Arrays.stream(hashes).sorted().distinct().toArray();
    }
}

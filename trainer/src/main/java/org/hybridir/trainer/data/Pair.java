package org.hybridir.trainer.data;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A query and a passage that answers it, or says the same: what an encoder is trained to bring together.
 *
 * @param query not blank
 * @param passage not blank
 * @param queryLanguage ISO 639-1 code, or ISO 639-3 where there is no such: two or three small letters
 * @param passageLanguage as {@code queryLanguage}
 * @param group parallel items share it; unique within a source. A pair without a parallel has a group of its own
 * @param source the data set's name
 * @param negatives passages that look relevant and are not (hard negatives); mostly none
 */
public record Pair(
        String query,
        String passage,
        String queryLanguage,
        String passageLanguage,
        String group,
        String source,
        List<String> negatives) {
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    public Pair {
        requireText("query", query);
        requireText("passage", passage);
        requireLanguage("query", queryLanguage);
        requireLanguage("passage", passageLanguage);
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(source, "source");
        negatives = List.copyOf(negatives);
    }

    /** A pair without hard negatives. */
    public Pair(
            String query, String passage, String queryLanguage, String passageLanguage, String group, String source) {
        this(query, passage, queryLanguage, passageLanguage, group, source, List.of());
    }

    /** The same but for hard negatives that are one of these texts. */
    Pair withoutNegatives(Set<String> texts) {
        return negatives.stream().noneMatch(texts::contains)
                ? this
                : new Pair(
                        query,
                        passage,
                        queryLanguage,
                        passageLanguage,
                        group,
                        source,
                        negatives.stream().filter(text -> !texts.contains(text)).toList());
    }

    private static void requireText(String what, String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("a pair's " + what + " must have text, but is [" + text + "]");
        }
    }

    private static void requireLanguage(String what, String language) {
        if (language == null || !LANGUAGE.matcher(language).matches()) {
            throw new IllegalArgumentException("the language of a pair's " + what
                    + " must be a code of two or three small letters, such as [en], but is [" + language + "]");
        }
    }

    /** Whether query and passage are in the same language. */
    public boolean monolingual() {
        return queryLanguage.equals(passageLanguage);
    }
}

package org.hybridir.trainer.data;

import org.hybridir.language.LanguageCode;

/** The languages of all pairs of a file that does not say them: {@code sw}, or {@code sw-en} for query and passage. */
record LanguagePair(String query, String passage) {
    static LanguagePair of(String text) {
        int hyphen = text.indexOf('-');
        if (hyphen < 0) {
            String language = LanguageCode.of(text);
            return new LanguagePair(language, language);
        }
        return new LanguagePair(
                LanguageCode.of(text.substring(0, hyphen)), LanguageCode.of(text.substring(hyphen + 1)));
    }
}

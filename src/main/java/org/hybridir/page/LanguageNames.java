package org.hybridir.page;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The names of languages, where the result tells them.
 *
 * @param names by code
 */
record LanguageNames(Map<String, String> names) {
    static LanguageNames of(Part result) {
        Map<String, String> names = new LinkedHashMap<>();
        result.part("typology").flatMap(typology -> typology.part("languages")).ifPresent(languages -> languages
                .parts()
                .forEach((code, language) -> language.text("name").ifPresent(name -> names.put(code, name))));
        return new LanguageNames(names);
    }

    /** German (de), or the code alone. */
    String label(String code) {
        return names.containsKey(code) ? names.get(code) + " (" + code + ")" : code;
    }
}

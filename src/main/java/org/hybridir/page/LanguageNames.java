package org.hybridir.page;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hybridir.measure.PlainMap;

/**
 * The names of languages, where the result tells them.
 *
 * @param names by code
 */
record LanguageNames(Map<String, String> names) {
    static LanguageNames of(PlainMap result) {
        Map<String, String> names = new LinkedHashMap<>();
        result.optionalChild("typology")
                .flatMap(typology -> typology.optionalChild("languages"))
                .ifPresent(languages -> languages
                        .keys()
                        .forEach(code ->
                                languages.child(code).optionalString("name").ifPresent(name -> names.put(code, name))));
        return new LanguageNames(names);
    }

    /** German (de), or the code alone. */
    String label(String code) {
        return names.containsKey(code) ? names.get(code) + " (" + code + ")" : code;
    }
}

package org.hybridir.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LanguageCodeTest {
    @Test
    void codesOfRealFiles() {
        Map.ofEntries(
                        Map.entry("hau", "ha"),
                        Map.entry("swa", "sw"),
                        Map.entry("yor", "yo"),
                        Map.entry("ibo", "ig"),
                        Map.entry("kin", "rw"),
                        Map.entry("twi", "tw"),
                        Map.entry("zul", "zu"),
                        Map.entry("bem", "bem"),
                        Map.entry("fon", "fon"),
                        Map.entry("arb", "ar"),
                        Map.entry("ara", "ar"),
                        Map.entry("zho-CN", "zh"),
                        Map.entry("cmn", "zh"),
                        Map.entry("zh-cn", "zh"),
                        Map.entry("en-us", "en"),
                        Map.entry("pt_BR", "pt"),
                        Map.entry("heb", "he"),
                        Map.entry("iw", "he"),
                        Map.entry("ind", "id"),
                        Map.entry("ell", "el"),
                        Map.entry("fas", "fa"),
                        Map.entry("pes", "fa"))
                .forEach((code, language) -> assertEquals(language, LanguageCode.of(code), code));
    }

    @Test
    void noCodes() {
        for (String text : new String[] {"", "e", "english", "12", "xq", "de/en"}) {
            assertEquals(Optional.empty(), LanguageCode.find(text), text);
        }
        Exception e = assertThrows(IllegalArgumentException.class, () -> LanguageCode.of("xq"));
        assertEquals("[xq] is no language code; write one of ISO 639, such as [de] or [deu]", e.getMessage());
    }
}

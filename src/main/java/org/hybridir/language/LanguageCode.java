package org.hybridir.language;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Codes of languages as files write them (deu, zho-CN, pt_BR) to those of a pair: ISO 639-1, or 639-3 where there is none. */
public final class LanguageCode {
    private static final Pattern CODE = Pattern.compile("([a-zA-Z]{2,3})([-_][A-Za-z0-9-]+)?");

    /** Members of a macro-language that data sets take for the whole of it. */
    private static final Map<String, String> MEMBERS = Map.ofEntries(
            Map.entry("arb", "ar"),
            Map.entry("azj", "az"),
            Map.entry("cmn", "zh"),
            Map.entry("ekk", "et"),
            Map.entry("lvs", "lv"),
            Map.entry("npi", "ne"),
            Map.entry("ory", "or"),
            Map.entry("pes", "fa"),
            Map.entry("swh", "sw"),
            Map.entry("uzn", "uz"),
            Map.entry("zsm", "ms"));

    private static final Map<String, String> SHORT = shortCodes();
    private static final Set<String> TWO_LETTERS = Set.copyOf(SHORT.values());

    private LanguageCode() {}

    private static Map<String, String> shortCodes() {
        Map<String, String> codes = new HashMap<>(MEMBERS);
        for (String two : Locale.getISOLanguages()) {
            Locale locale = Locale.of(two);
            try {
                codes.put(locale.getISO3Language(), locale.getLanguage());
            } catch (MissingResourceException e) {
                continue; // has no code of three letters
            }
        }
        return codes;
    }

    /** The language of a code; empty if it looks like none. Any three letters do, two only if they are of ISO 639-1. */
    public static Optional<String> find(String code) {
        var matcher = CODE.matcher(code);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String language = matcher.group(1).toLowerCase(Locale.ROOT);
        if (language.length() == 3) {
            return Optional.of(SHORT.getOrDefault(language, language));
        }
        // Locale turns withdrawn codes (iw) into those of today (he)
        return Optional.of(Locale.of(language).getLanguage()).filter(TWO_LETTERS::contains);
    }

    /** The language of a code. Throws IllegalArgumentException: [x] is no language code. */
    public static String of(String code) {
        return find(code)
                .orElseThrow(() -> new IllegalArgumentException(
                        "[" + code + "] is no language code; write one of ISO 639, such as [de] or [deu]"));
    }
}

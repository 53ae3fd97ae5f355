package org.hybridir.trainer.load;

import java.util.Map;
import java.util.Set;

/**
 * Which of OpenSearch's own analyzers splits a language's texts into words: those of its module {@code analysis-common},
 * which every distribution has.
 */
public final class LanguageAnalyzers {
    /** Words split by the rules of Unicode, in lower case: for languages without an analyzer of their own. */
    private static final String OTHERWISE = "standard";
    /** By ISO 639-1 code, and 639-2 where there is none. */
    private static final Map<String, String> ANALYZERS = Map.ofEntries(
            Map.entry("ar", "arabic"),
            Map.entry("bg", "bulgarian"),
            Map.entry("bn", "bengali"),
            Map.entry("ca", "catalan"),
            Map.entry("ckb", "sorani"),
            Map.entry("cs", "czech"),
            Map.entry("da", "danish"),
            Map.entry("de", "german"),
            Map.entry("el", "greek"),
            Map.entry("en", "english"),
            Map.entry("es", "spanish"),
            Map.entry("et", "estonian"),
            Map.entry("eu", "basque"),
            Map.entry("fa", "persian"),
            Map.entry("fi", "finnish"),
            Map.entry("fr", "french"),
            Map.entry("ga", "irish"),
            Map.entry("gl", "galician"),
            Map.entry("hi", "hindi"),
            Map.entry("hu", "hungarian"),
            Map.entry("hy", "armenian"),
            Map.entry("id", "indonesian"),
            Map.entry("it", "italian"),
            Map.entry("ja", "cjk"),
            Map.entry("ko", "cjk"),
            Map.entry("lt", "lithuanian"),
            Map.entry("lv", "latvian"),
            Map.entry("nb", "norwegian"),
            Map.entry("nl", "dutch"),
            Map.entry("no", "norwegian"),
            Map.entry("pt", "portuguese"),
            Map.entry("ro", "romanian"),
            Map.entry("ru", "russian"),
            Map.entry("sv", "swedish"),
            Map.entry("th", "thai"),
            Map.entry("tr", "turkish"),
            Map.entry("zh", "cjk"));

    private LanguageAnalyzers() {}

    /** The languages with an analyzer of their own. */
    public static Set<String> languages() {
        return ANALYZERS.keySet();
    }

    /** The analyzer's name; {@code standard} for a language without one. */
    public static String of(String language) {
        return ANALYZERS.getOrDefault(language, OTHERWISE);
    }
}

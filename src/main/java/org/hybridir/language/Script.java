package org.hybridir.language;

/**
 * What a language is written in.
 *
 * @param code of ISO 15924, such as {@code Cyrl}; {@code Jpan} and {@code Kore} are the scripts that one text mixes
 * @param name such as {@code Cyrillic}
 */
public record Script(String code, String name) {
    public Script {
        if (!code.matches("[A-Z][a-z]{3}")) {
            throw new IllegalArgumentException("[" + code + "] is no code of ISO 15924, such as [Latn]");
        }
    }
}

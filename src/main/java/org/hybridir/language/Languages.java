package org.hybridir.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The table of languages: all of ISO 639-1, and those of the test collections and training data that hybrid-ir reads. Its
 * facts lie in {@code languages.tsv} and {@code scripts.tsv} beside this class.
 */
public final class Languages {
    private static final Map<String, Script> SCRIPTS = scripts();
    private static final Map<String, Language> BY_CODE = languages();

    private Languages() {}

    /**
     * The language of a code or tag: {@code de}, {@code deu}, {@code zh-cn}, {@code cmn}, {@code sr-Latn}. A script in the
     * tag takes the place of the usual one if it is in the table; regions make no difference.
     *
     * @return empty if the table lacks it
     */
    public static Optional<Language> find(String tag) {
        Language usual = LanguageCode.find(tag).map(BY_CODE::get).orElse(null);
        if (usual == null) {
            return Optional.empty();
        }
        for (String part : tag.split("[-_]")) {
            if (SCRIPTS.containsKey(part)) {
                return Optional.of(usual.in(SCRIPTS.get(part)));
            }
        }
        return Optional.of(usual);
    }

    /** By their codes of three letters. */
    public static Collection<Language> all() {
        return Collections.unmodifiableCollection(BY_CODE.values());
    }

    private static Map<String, Script> scripts() {
        Map<String, Script> scripts = new LinkedHashMap<>();
        for (String[] cells : rows("scripts.tsv")) {
            scripts.put(cells[0], new Script(cells[0], cells[1]));
        }
        return scripts;
    }

    private static Map<String, Language> languages() {
        Map<String, Language> languages = new LinkedHashMap<>();
        for (String[] cells : rows("languages.tsv")) {
            Language language = new Language(
                    Optional.of(cells[0]).filter(code -> !code.isEmpty()),
                    cells[1],
                    cells[2],
                    SCRIPTS.get(cells[3]),
                    cells[4],
                    List.of(cells[5].split(" > ")));
            languages.put(language.code(), language);
        }
        return languages;
    }

    /** The cells of each row after the head. */
    private static List<String[]> rows(String resource) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Languages.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split("\t"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

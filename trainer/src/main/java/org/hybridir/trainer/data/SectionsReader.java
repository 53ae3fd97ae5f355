package org.hybridir.trainer.data;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hybridir.language.LanguageCode;
import org.hybridir.text.FormatException;
import org.hybridir.text.JsonLines;
import org.hybridir.text.TextFile;

/**
 * Help pages as headings and what stands below them: a folder of files {@code de.jsonl}, one a language, a page a line:
 *
 * <pre>{@code
 * {"page": "guide/macro.html", "blocks": [["hd_1", "h1", "Recording a Macro"], ["par_2", "p", "Open a document."]]}
 * }</pre>
 *
 * <p>A section is a heading ({@code h1} to {@code h6}) with the other blocks up to the next heading. The query is the page's
 * title, its first {@code h1}, and for other sections {@code title: heading}, for a bare "Example" asks for nothing. The
 * passage is the blocks' text. Pages and blocks have the same ids in all languages, so sections with one id are parallel: the
 * query of each language is paired with the passage of each ({@code pairs=all}, the default), or of its own ({@code
 * pairs=monolingual}); or the passage of each with that of each other language, which says the same ({@code
 * pairs=passages}). A block whose text is that of the English file is not translated and is dropped.
 */
final class SectionsReader implements PairReader {
    private static final String ENGLISH = "en";
    private static final String NAME = "[a-z]{2,3}(-[a-z]+)?\\.jsonl";

    /** A section's query and passage by language. */
    private record Section(Map<String, String> queries, Map<String, String> passages) {}

    @Override
    public void read(Path folder, SourceOptions options, PairCollector out) throws IOException {
        String pairs = options.choice("pairs", "all", "all", "monolingual", "passages");
        Map<String, Section> sections = new LinkedHashMap<>();
        Map<String, Path> files = files(folder);
        Map<String, String> english = new LinkedHashMap<>();
        if (files.containsKey(ENGLISH)) {
            new Pages(ENGLISH, Map.of(), english, sections, out).read(files.get(ENGLISH));
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            if (!file.getKey().equals(ENGLISH) && out.wants(file.getKey())) {
                new Pages(file.getKey(), english, null, sections, out).read(file.getValue());
            }
        }
        sections.forEach((id, section) -> add(id, section, pairs, out));
    }

    private static Map<String, Path> files(Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        for (Path file : TextFile.in(folder, name -> name.matches(NAME), "de.jsonl")) {
            String code = TextFile.name(file).replace(".jsonl", "");
            Optional<String> language = LanguageCode.find(code);
            if (language.isEmpty()) {
                throw new FormatException("the name of [" + file + "] must be a language code, as [de.jsonl] is");
            }
            Path other = files.putIfAbsent(language.get(), file);
            if (other != null) {
                throw new FormatException(
                        "[" + other + "] and [" + file + "] are of the same language [" + language.get() + "]");
            }
        }
        return files;
    }

    private static void add(String id, Section section, String pairs, PairCollector out) {
        boolean translations = pairs.equals("passages");
        Map<String, String> queries = translations ? section.passages() : section.queries();
        queries.forEach((from, query) -> section.passages().forEach((to, passage) -> {
            boolean same = from.equals(to);
            boolean wanted = same ? !translations : !pairs.equals("monolingual");
            if (wanted && (same || out.wants(from) && out.wants(to))) {
                out.add(query, from, passage, to, id);
            }
        }));
    }

    /** The pages of one language, section by section. */
    private static final class Pages {
        private final String language;
        private final Map<String, String> english;
        private final Map<String, String> seen;
        private final Map<String, Section> sections;
        private final PairCollector out;

        /**
         * @param english texts by page and block
         * @param seen takes these texts; null: not wanted
         */
        Pages(
                String language,
                Map<String, String> english,
                Map<String, String> seen,
                Map<String, Section> sections,
                PairCollector out) {
            this.language = language;
            this.english = english;
            this.seen = seen;
            this.sections = sections;
            this.out = out;
        }

        void read(Path file) throws IOException {
            JsonLines.read(file, this::page);
        }

        private void page(JsonLines.Line line) throws FormatException {
            String page = line.text("page", "");
            String title = null;
            String section = null;
            StringBuilder passage = new StringBuilder();
            for (JsonNode block : line.object().path("blocks")) {
                if (!block.isArray() || block.size() != 3) {
                    throw line.wrong("a block must be [id, kind, text], but is [" + block + "]");
                }
                String id = page + "#" + block.get(0).asText();
                String text = translated(id, block.get(2).asText().strip());
                if (block.get(1).asText().matches("h[1-6]")) {
                    finish(section, passage);
                    section = id;
                    boolean first = title == null && block.get(1).asText().equals("h1");
                    title = first ? text : title;
                    heading(id, first ? text : titled(title, text));
                } else if (!text.isEmpty()) {
                    passage.append(passage.isEmpty() ? "" : "\n").append(text);
                }
            }
            finish(section, passage);
        }

        /** Empty if it is English in another language's file. */
        private String translated(String id, String text) {
            if (seen != null) {
                seen.put(id, text);
            }
            if (!text.isEmpty() && text.equals(english.get(id))) {
                out.skip("block that is not translated");
                return "";
            }
            return text;
        }

        private static String titled(String title, String heading) {
            return title == null || title.isEmpty() || heading.isEmpty() ? "" : title + ": " + heading;
        }

        private void heading(String id, String query) {
            if (query.isEmpty()) {
                out.skip("heading without a title or without a translation");
            } else {
                section(id).queries().putIfAbsent(language, query);
            }
        }

        /** What stands before the first heading belongs to no section. */
        private void finish(String section, StringBuilder passage) {
            if (section != null && passage.isEmpty()) {
                out.skip("section without text");
            } else if (section != null) {
                section(section).passages().putIfAbsent(language, passage.toString());
            }
            passage.setLength(0);
        }

        private Section section(String id) {
            return sections.computeIfAbsent(id, key -> new Section(new TreeMap<>(), new TreeMap<>()));
        }
    }
}

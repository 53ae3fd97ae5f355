package org.hybridir.collection;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hybridir.text.FormatException;

/**
 * Reads a folder of LAReQA files (Roy et al., 2020, arXiv 2004.05484), one {@code <language>.json} a language; files of
 * other names are not looked at. A file is SQuAD's JSON with sentence breaks:
 *
 * <pre>{@code
 * {"data": [{"title": "..", "paragraphs": [{
 *   "context": "..",
 *   "sentence_breaks": [[0, 57], [58, 101]],      code points, the end not included
 *   "sentences": ["..", ".."],                    may be missing: then the slices of the context
 *   "qas": [{"id": "..", "question": "..", "answers": [{"answer_start": 12, "text": ".."}]}]}]}]}
 * }</pre>
 *
 * <p>Every sentence is a candidate; the sentence in which an answer starts answers the question, in each language that has
 * the question's id. Where {@code sentences} and the slices differ, {@code sentences} is right: that is the text that LAReQA
 * publishes as candidates (one Turkish sentence of XQuAD-R).
 *
 * <p>Passage ids are language, article, paragraph and sentence, counted from 0 as in the file: {@code de-0007-03-02} is
 * {@code .data[7].paragraphs[3].sentences[2]} of {@code de.json}.
 */
public final class LareqaReader {
    private static final String SAMPLE = "/org/hybridir/collection/sample";
    private static final List<String> SAMPLE_LANGUAGES =
            List.of("ar", "de", "el", "en", "es", "hi", "ru", "th", "tr", "vi", "zh");
    private static final String FILE_NAME = "[a-z]{2,3}\\.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private LareqaReader() {}

    /**
     * Reads all languages of a folder.
     *
     * @throws FormatException if there is no file or one is malformed; says which file, paragraph and question
     */
    public static TestCollection read(String name, Path folder) throws IOException {
        CollectionBuilder builder = new CollectionBuilder(name);
        for (Path file : files(folder)) {
            try (InputStream in = Files.newInputStream(file)) {
                read(builder, file.getFileName().toString(), file.toString(), in);
            }
        }
        return builder.build(folder.toString());
    }

    /** The collection that ships with the project, in the same format, from the class path. */
    public static TestCollection readSample() throws IOException {
        return readResources(CollectionSource.SAMPLE.key(), SAMPLE, SAMPLE_LANGUAGES);
    }

    static TestCollection readResources(String name, String folder, List<String> languages) throws IOException {
        CollectionBuilder builder = new CollectionBuilder(name);
        for (String language : languages) {
            String file = language + ".json";
            try (InputStream in = LareqaReader.class.getResourceAsStream(folder + "/" + file)) {
                if (in == null) {
                    throw new FormatException("collection [" + name + "] lacks its resource [" + folder + "/" + file
                            + "]: the jar is incomplete");
                }
                read(builder, file, file, in);
            }
        }
        return builder.build(folder);
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new FormatException("[" + folder + "] is not a folder");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> files = entries.filter(
                            file -> file.getFileName().toString().matches(FILE_NAME))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new FormatException(
                        "folder [" + folder + "] holds no LAReQA file, whose names are like [de.json]");
            }
            return files;
        }
    }

    private static void read(CollectionBuilder builder, String fileName, String shown, InputStream in)
            throws IOException {
        String language = fileName.substring(0, fileName.indexOf('.'));
        LareqaPlace place = new LareqaPlace(shown);
        JsonNode articles = place.array(tree(place, in), "data");
        builder.inLanguage(language);
        for (int article = 0; article < articles.size(); article++) {
            readArticle(builder, place.article(article), articles.get(article));
        }
    }

    private static JsonNode tree(LareqaPlace place, InputStream in) throws IOException {
        try {
            JsonNode root = JSON.readTree(in);
            if (!root.isObject()) {
                throw place.malformed("the file is not a JSON object");
            }
            return root;
        } catch (JsonProcessingException e) {
            throw new FormatException(
                    place.malformed("not JSON: " + e.getOriginalMessage()).getMessage(), e);
        }
    }

    private static void readArticle(CollectionBuilder builder, LareqaPlace place, JsonNode article) throws IOException {
        String title = place.text(article, "title");
        JsonNode paragraphs = place.array(article, "paragraphs");
        for (int i = 0; i < paragraphs.size(); i++) {
            new LareqaParagraph(place.paragraph(i), title, paragraphs.get(i)).addTo(builder);
        }
    }
}

package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hybridir.language.LanguageCode;
import org.hybridir.text.TextFile;

/**
 * MLQA (Lewis et al., 2020): a folder of {@link SquadFile}s {@code test-context-de-question-es.json}, parallel by the
 * questions' ids. Every question of an id is paired with every context of the id, whether or not a file has just these two:
 * so the files of two languages also give pairs of one.
 *
 * <p>With {@code window=sentence} the passage is the context's sentence that is likeliest to answer the question in the
 * context's own language ({@link Sentences}), since the test files keep their answers secret; contexts without such a question
 * are left out.
 */
final class MlqaReader implements PairReader {
    private static final Pattern NAME = Pattern.compile(".*context-([a-z]{2,3})-question-([a-z]{2,3})\\.json");

    /** What the files say of one id, by language. */
    private record Item(Map<String, String> questions, Map<String, String> contexts) {}

    @Override
    public void read(Path folder, SourceOptions options, PairCollector out) throws IOException {
        Map<String, Item> items = new LinkedHashMap<>();
        for (Path file :
                TextFile.in(folder, name -> NAME.matcher(name).matches(), "test-context-de-question-es.json")) {
            Matcher name = NAME.matcher(TextFile.name(file));
            if (name.matches()) {
                read(file, LanguageCode.of(name.group(1)), LanguageCode.of(name.group(2)), items);
            }
        }
        Window window = new Window(options);
        if (window.sentence()) {
            items.values().forEach(item -> leaveContextsWithQuestion(item, out));
        }
        items.values().forEach(item -> item.contexts().forEach(window::learn));
        items.forEach((id, item) -> item.contexts().forEach((contextLanguage, context) -> {
            // with sentences there is a question in the context's language; without, none is asked for
            String own = item.questions().get(contextLanguage);
            Sentences.Found found = window.passage(
                    contextLanguage, new SquadFile.Question(id, own, context, true, OptionalInt.empty()));
            item.questions()
                    .forEach((language, question) ->
                            out.add(question, language, found.passage(), contextLanguage, id, found.others()));
        }));
    }

    private static void leaveContextsWithQuestion(Item item, PairCollector out) {
        int contexts = item.contexts().size();
        item.contexts().keySet().retainAll(item.questions().keySet());
        out.skip(
                "context without a question in its language",
                contexts - item.contexts().size());
    }

    private static void read(Path file, String contextLanguage, String questionLanguage, Map<String, Item> items)
            throws IOException {
        SquadFile.read(file, question -> {
            Item item = items.computeIfAbsent(question.id(), key -> new Item(new TreeMap<>(), new TreeMap<>()));
            item.questions().putIfAbsent(questionLanguage, question.text());
            item.contexts().putIfAbsent(contextLanguage, question.context());
        });
    }
}

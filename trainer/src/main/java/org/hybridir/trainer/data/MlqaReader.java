package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * <p>With {@code window=sentence} the passage is the context's sentence that is most like the question in the context's own
 * language ({@link Sentences#likeliest}), since the test files keep their answers secret; contexts without such a question are
 * left out.
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
        if (options.sentences()) {
            cut(items.values(), out);
        }
        items.forEach((id, item) -> item.contexts().forEach((contextLanguage, context) -> item.questions()
                .forEach((language, question) -> out.add(question, language, context, contextLanguage, id))));
    }

    private static void cut(Collection<Item> items, PairCollector out) {
        Map<String, Sentences> sentences = new TreeMap<>();
        items.forEach(item -> item.contexts()
                .forEach((language, context) ->
                        sentences.computeIfAbsent(language, Sentences::new).learn(context)));
        for (Item item : items) {
            int contexts = item.contexts().size();
            item.contexts().keySet().retainAll(item.questions().keySet());
            out.skip(
                    "context without a question in its language",
                    contexts - item.contexts().size());
            item.contexts().replaceAll((language, context) -> sentences
                    .get(language)
                    .likeliest(context, item.questions().get(language)));
        }
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

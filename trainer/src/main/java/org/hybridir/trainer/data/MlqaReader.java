package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hybridir.language.LanguageCode;

/**
 * MLQA (Lewis et al., 2020): a folder of {@link SquadFile}s {@code test-context-de-question-es.json}, parallel by the
 * questions' ids. Every question of an id is paired with every context of the id, whether or not a file has just these two:
 * so the files of two languages also give pairs of one.
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
        items.forEach((id, item) -> item.contexts().forEach((contextLanguage, context) -> item.questions()
                .forEach((language, question) -> out.add(question, language, context, contextLanguage, id))));
    }

    private static void read(Path file, String contextLanguage, String questionLanguage, Map<String, Item> items)
            throws IOException {
        SquadFile.read(file, (id, question, context, answerable) -> {
            Item item = items.computeIfAbsent(id, key -> new Item(new TreeMap<>(), new TreeMap<>()));
            item.questions().putIfAbsent(questionLanguage, question);
            item.contexts().putIfAbsent(contextLanguage, context);
        });
    }
}

package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A {@link SquadFile} of one language, named by {@code language=}. A question's id is its group; where an id stands again (in
 * some copies of TyDiQA it counts within an article), the group is made unique, for nothing in one language is parallel.
 */
final class SquadReader implements PairReader {
    @Override
    public void read(Path file, SourceOptions options, PairCollector out) throws IOException {
        String language = options.language()
                .orElseThrow(() -> new IllegalArgumentException(
                        "SQuAD's format does not say the language; add it with language=CODE"));
        read(file, language, "", out);
    }

    /** @param prefix before the ids, so that those of several files differ */
    static void read(Path file, String language, String prefix, PairCollector out) throws IOException {
        Map<String, Integer> ids = new HashMap<>();
        SquadFile.read(file, (id, question, context, answerable) -> {
            int times = ids.merge(id, 1, Integer::sum);
            if (answerable) {
                String group = prefix + (times == 1 ? id : id + " again " + times);
                out.add(question, language, context, language, group);
            } else {
                out.skip("question without an answer in its passage");
            }
        });
    }
}

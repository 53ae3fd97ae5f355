package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Path;

/** A {@link SquadFile} of one language, named by {@code language=}. A question's id is its group. */
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
        SquadFile.read(file, (id, question, context, answerable) -> {
            if (answerable) {
                out.add(question, language, context, language, prefix + id);
            } else {
                out.skip("question without an answer in its passage");
            }
        });
    }
}

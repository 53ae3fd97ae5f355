package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@link SquadFile} of one language, named by {@code language=}. A question's id is its group; where an id stands again (in
 * some copies of TyDiQA it counts within an article), the group is made unique, for nothing in one language is parallel.
 *
 * <p>The passage is the paragraph, or with {@code window=sentence} the sentence in it that answers the question: the one in
 * which the answer stands, or where the file gives no answer the likeliest ({@link Sentences}).
 */
final class SquadReader implements PairReader {
    @Override
    public void read(Path file, SourceOptions options, PairCollector out) throws IOException {
        String language = options.language()
                .orElseThrow(() -> new IllegalArgumentException(
                        "SQuAD's format does not say the language; add it with language=CODE"));
        read(file, language, "", options, out);
    }

    /** @param prefix before the ids, so that those of several files differ */
    static void read(Path file, String language, String prefix, SourceOptions options, PairCollector out)
            throws IOException {
        List<SquadFile.Question> questions = new ArrayList<>();
        SquadFile.read(file, questions::add);
        Window window = new Window(options);
        questions.forEach(question -> window.learn(language, question.context()));
        Map<String, Integer> ids = new HashMap<>();
        for (SquadFile.Question question : questions) {
            int times = ids.merge(question.id(), 1, Integer::sum);
            if (question.answerable()) {
                String group = prefix + (times == 1 ? question.id() : question.id() + " again " + times);
                Sentences.Found found = window.passage(language, question);
                out.add(question.text(), language, found.passage(), language, group, found.others());
            } else {
                out.skip("question without an answer in its passage");
            }
        }
    }
}

package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hybridir.collection.LareqaReader;
import org.hybridir.collection.Passage;
import org.hybridir.collection.Question;
import org.hybridir.collection.TestCollection;
import org.hybridir.text.TextFile;

/**
 * A folder of LAReQA files, read by {@link LareqaReader}: each question with each sentence that answers it, in all
 * combinations of languages ({@code pairs=all}, the default) or in its own only ({@code pairs=monolingual}).
 */
final class LareqaPairs implements PairReader {
    @Override
    public void read(Path folder, SourceOptions options, PairCollector out) throws IOException {
        boolean all = options.choice("pairs", "all", "all", "monolingual").equals("all");
        TestCollection collection = LareqaReader.read(TextFile.name(folder), folder);
        Map<String, List<Passage>> answers = answers(collection);
        for (Question question : collection.questions()) {
            for (Passage passage : answers.getOrDefault(question.id(), List.of())) {
                if (all || passage.language().equals(question.language())) {
                    out.add(question.text(), question.language(), passage.text(), passage.language(), question.id());
                }
            }
        }
    }

    private static Map<String, List<Passage>> answers(TestCollection collection) {
        Map<String, List<Passage>> answers = new HashMap<>();
        for (Passage passage : collection.passages()) {
            passage.questionIds().forEach(id -> answers.computeIfAbsent(id, key -> new ArrayList<>())
                    .add(passage));
        }
        return answers;
    }
}

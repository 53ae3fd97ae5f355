package org.hybridir.trainer.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What of a paragraph is a question's passage: all of it, or with {@code window=sentence} the sentence that answers, and with
 * {@code negatives=N} up to N others of its sentences as hard negatives.
 */
final class Window {
    private final boolean sentence;
    private final int negatives;
    private final Map<String, Sentences> sentences = new HashMap<>();

    Window(SourceOptions options) {
        sentence =
                options.choice("window", "paragraph", "paragraph", "sentence").equals("sentence");
        negatives = options.count("negatives", 0);
        if (negatives > 0 && !sentence) {
            throw new IllegalArgumentException(
                    "negatives=[" + negatives + "] are sentences of the paragraph; add window=sentence");
        }
    }

    /** Whether a passage is a sentence. */
    boolean sentence() {
        return sentence;
    }

    /** Sees a paragraph; all must be seen before {@link #passage} is asked. */
    void learn(String language, String paragraph) {
        if (sentence) {
            sentences.computeIfAbsent(language, Sentences::new).learn(paragraph);
        }
    }

    /** @param language of question and context */
    Sentences.Found passage(String language, SquadFile.Question question) {
        return sentence
                ? sentences.get(language).answering(question, negatives)
                : new Sentences.Found(question.context(), List.of());
    }
}

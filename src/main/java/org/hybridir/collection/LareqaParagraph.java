package org.hybridir.collection;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.hybridir.text.FormatException;

/** One paragraph of a LAReQA file: its sentences, and which of them answers which question. */
final class LareqaParagraph {
    private final LareqaPlace place;
    private final String title;
    private final int[][] breaks;
    private final List<String> sentences;
    private final JsonNode questions;

    LareqaParagraph(LareqaPlace place, String title, JsonNode paragraph) throws FormatException {
        this.place = place;
        this.title = title;
        this.breaks = breaks(place, place.array(paragraph, "sentence_breaks"));
        this.sentences = sentences(place, paragraph, breaks);
        this.questions = place.array(paragraph, "qas");
    }

    void addTo(CollectionBuilder builder) throws FormatException {
        List<List<String>> answered = new ArrayList<>();
        sentences.forEach(sentence -> answered.add(new ArrayList<>()));
        for (JsonNode question : questions) {
            LareqaPlace here = place.question(place.text(question, "id"));
            if (!builder.addQuestion(here.question(), here.text(question, "question"))) {
                throw here.malformed("the id stands twice in the same language");
            }
            addAnswers(here, question, answered);
        }
        for (int sentence = 0; sentence < sentences.size(); sentence++) {
            builder.addPassage(place, sentence, title, sentences.get(sentence), answered.get(sentence));
        }
    }

    private void addAnswers(LareqaPlace here, JsonNode question, List<List<String>> answered) throws FormatException {
        JsonNode answers = here.array(question, "answers");
        if (answers.isEmpty()) {
            throw here.malformed("field [answers] must not be empty");
        }
        for (JsonNode answer : answers) {
            List<String> ids = answered.get(sentenceAt(here, here.number(answer, "answer_start")));
            if (!ids.contains(here.question())) {
                ids.add(here.question());
            }
        }
    }

    private int sentenceAt(LareqaPlace here, int offset) throws FormatException {
        int found = -1;
        for (int i = 0; i < breaks.length; i++) {
            if (breaks[i][0] <= offset && offset < breaks[i][1]) {
                if (found >= 0) {
                    throw here.malformed("the answer at code point [" + offset + "] stands in the sentences [" + found
                            + "] and [" + i + "], whose breaks overlap");
                }
                found = i;
            }
        }
        if (found < 0) {
            throw here.malformed("the answer at code point [" + offset + "] stands in no sentence");
        }
        return found;
    }

    private static int[][] breaks(LareqaPlace place, JsonNode node) throws FormatException {
        int[][] breaks = new int[node.size()][];
        for (int i = 0; i < breaks.length; i++) {
            JsonNode pair = node.get(i);
            if (!pair.isArray() || pair.size() != 2) {
                throw place.malformed("sentence break [" + i + "] must be a pair of numbers, but is " + pair);
            }
            String what = "sentence break [" + i + "]";
            breaks[i] = new int[] {place.wholeNumber(pair.get(0), what), place.wholeNumber(pair.get(1), what)};
            if (breaks[i][0] >= breaks[i][1]) {
                throw place.malformed(what + " must end after it starts, but is " + pair);
            }
        }
        return breaks;
    }

    private static List<String> sentences(LareqaPlace place, JsonNode paragraph, int[][] breaks)
            throws FormatException {
        List<String> sentences = paragraph.has("sentences")
                ? given(place, place.array(paragraph, "sentences"))
                : sliced(place, place.text(paragraph, "context"), breaks);
        if (sentences.size() != breaks.length) {
            throw place.malformed(
                    "there are [" + sentences.size() + "] sentences but [" + breaks.length + "] sentence breaks");
        }
        for (int i = 0; i < sentences.size(); i++) {
            if (sentences.get(i).isBlank()) {
                throw place.malformed("sentence [" + i + "] is empty");
            }
        }
        return sentences;
    }

    private static List<String> given(LareqaPlace place, JsonNode node) throws FormatException {
        List<String> sentences = new ArrayList<>();
        for (JsonNode sentence : node) {
            if (!sentence.isTextual()) {
                throw place.malformed("sentence [" + sentences.size() + "] must be a string, but is " + sentence);
            }
            sentences.add(sentence.textValue());
        }
        return sentences;
    }

    private static List<String> sliced(LareqaPlace place, String context, int[][] breaks) throws FormatException {
        int length = context.codePointCount(0, context.length());
        List<String> sentences = new ArrayList<>();
        for (int[] slice : breaks) {
            if (slice[1] > length) {
                throw place.malformed("a sentence ends at code point [" + slice[1] + "], after the end of the context ["
                        + length + "]");
            }
            int start = context.offsetByCodePoints(0, slice[0]);
            sentences.add(context.substring(start, context.offsetByCodePoints(start, slice[1] - slice[0])));
        }
        return sentences;
    }
}

package org.hybridir.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A question that was answered badly, to be looked at: what should have been found, where it stands, and what stood first.
 *
 * @param id with the language, which question
 * @param language code
 * @param text if known: the ranking does not know it, see {@link Report#withTexts}
 * @param averagePrecision in the multilingual setting
 * @param golds all of its relevant passages, in the order of their scores
 * @param top the first passages of all languages, best first
 */
public record WorstQuestion(
        String id,
        String language,
        Optional<String> text,
        double averagePrecision,
        List<Relevant> golds,
        List<First> top) {
    public WorstQuestion {
        golds = List.copyOf(golds);
        top = List.copyOf(top);
    }

    /** A relevant passage; without a rank if it was not retrieved. */
    public record Relevant(String id, String language, OptionalInt rank, float score, Optional<String> text) {
        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("id", id);
            map.put("language", language);
            rank.ifPresent(place -> map.put("rank", place));
            map.put("score", score);
            text.ifPresent(words -> map.put("text", words));
            return map;
        }

        static Relevant fromMap(PlainMap map) {
            return new Relevant(
                    map.string("id"),
                    map.string("language"),
                    map.has("rank") ? OptionalInt.of(map.count("rank")) : OptionalInt.empty(),
                    map.number("score").floatValue(),
                    map.optionalString("text"));
        }

        Relevant withText(String words) {
            return new Relevant(id, language, rank, score, Optional.ofNullable(words));
        }
    }

    /** One of the first passages. */
    public record First(String id, String language, float score, boolean relevant, Optional<String> text) {
        Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("id", id);
            map.put("language", language);
            map.put("score", score);
            map.put("relevant", relevant);
            text.ifPresent(words -> map.put("text", words));
            return map;
        }

        static First fromMap(PlainMap map) {
            return new First(
                    map.string("id"),
                    map.string("language"),
                    map.number("score").floatValue(),
                    map.flag("relevant"),
                    map.optionalString("text"));
        }

        First withText(String words) {
            return new First(id, language, score, relevant, Optional.ofNullable(words));
        }
    }

    static WorstQuestion of(RankedQuestion question, double averagePrecision, List<String> languages) {
        Golds golds = question.golds();
        return new WorstQuestion(
                question.id(),
                languages.get(question.language()),
                Optional.empty(),
                averagePrecision,
                IntStream.range(0, golds.size())
                        .mapToObj(i -> relevant(golds.get(i), question.ranks()[i], languages))
                        .toList(),
                question.top().stream()
                        .map(hit -> new First(
                                hit.id(),
                                languages.get(hit.language()),
                                hit.score(),
                                golds.contains(hit.id()),
                                Optional.empty()))
                        .toList());
    }

    private static Relevant relevant(Gold gold, int rank, List<String> languages) {
        return new Relevant(
                gold.id(),
                languages.get(gold.language()),
                rank == RankedQuestion.NOT_RETRIEVED ? OptionalInt.empty() : OptionalInt.of(rank),
                gold.score(),
                Optional.empty());
    }

    WorstQuestion withTexts(BinaryOperator<String> questions, UnaryOperator<String> passages) {
        return new WorstQuestion(
                id,
                language,
                Optional.ofNullable(questions.apply(id, language)),
                averagePrecision,
                golds.stream()
                        .map(gold -> gold.withText(passages.apply(gold.id)))
                        .toList(),
                top.stream().map(hit -> hit.withText(passages.apply(hit.id))).toList());
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("language", language);
        text.ifPresent(words -> map.put("text", words));
        map.put(AveragePrecision.NAME, averagePrecision);
        map.put("golds", golds.stream().map(Relevant::toMap).toList());
        map.put("top", top.stream().map(First::toMap).toList());
        return map;
    }

    static WorstQuestion fromMap(PlainMap map) {
        return new WorstQuestion(
                map.string("id"),
                map.string("language"),
                map.optionalString("text"),
                map.number(AveragePrecision.NAME).doubleValue(),
                map.children("golds").stream().map(Relevant::fromMap).toList(),
                map.children("top").stream().map(First::fromMap).toList());
    }
}

package org.hybridir.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hybridir.measure.PlainMap;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;

/** What words mean, what was left out and how it was measured. */
final class MethodSections {
    private final Report report;
    private final PlainMap result;
    private final Optional<PlainMap> search;

    MethodSections(Report report, PlainMap result) {
        this.report = report;
        this.result = result;
        this.search = result.optionalChild("search");
    }

    /** The settings and measures of the result, for those who meet them here first. */
    Section terms() {
        Map<String, String> terms = new LinkedHashMap<>();
        report.settings().keySet().forEach(setting -> terms.put(MeasureSections.title(setting), meaning(setting)));
        report.measures().forEach(measure -> meaning(measure).ifPresent(meaning -> terms.put(measure, meaning)));
        return new Section("How to read this", new Block.Terms(terms));
    }

    private static String meaning(Setting setting) {
        return switch (setting) {
            case MONOLINGUAL -> "Each question against the passages of its own language.";
            case CROSS_LINGUAL ->
                "Each question against the passages of one other language, for every pair of languages.";
            case MULTILINGUAL -> "Each question against the passages of all languages in one pool.";
        };
    }

    private static Optional<String> meaning(String measure) {
        if (measure.equals(Numbers.RANK_DISTANCE)) {
            return Optional.of(
                    "Language bias. The relevant passages of a question are one answer in several languages; an"
                            + " encoder without bias ranks them next to each other. The distance is the rank of the last of them"
                            + " minus the rank of the first, in the multilingual pool. Lower is better.");
        }
        int at = measure.indexOf('@');
        String name = at < 0 ? measure : measure.substring(0, at);
        String first = places(at < 0 ? "" : measure.substring(at + 1));
        return Optional.ofNullable(
                switch (name) {
                    case "AP" ->
                        "Average precision: the mean of the precision at the rank of each relevant passage; its mean"
                                + " over questions is mAP.";
                    case "RR" -> "Reciprocal rank: 1 divided by the rank of the first relevant passage.";
                    case "nDCG" ->
                        "Normalised discounted cumulative gain of " + first
                                + ": what stands further down counts less, by the logarithm of its rank.";
                    case "R" -> "Recall: the share of the relevant passages that stand among " + first + ".";
                    case "P" -> "Precision: the share of relevant passages among " + first + ".";
                    case "Success" -> "The share of questions with a relevant passage among " + first + ".";
                    case "TLR" ->
                        "Recall among " + first + " of the relevant passages in other languages than the question's.";
                    case "PEER" ->
                        "Probability of equal expected rank: whether relevant passages stand equally high in all"
                                + " languages, by a test on their ranks in " + first + ". 1 is fair, near 0 is not.";
                    case "MaxRank" ->
                        "The rank of the last relevant passage in the multilingual pool. Lower is better.";
                    case "RelativeRankDistance" -> "Rank distance divided by the size of the pool.";
                    default -> null;
                });
    }

    private static String places(String cutOff) {
        return switch (cutOff) {
            case "" -> "all places";
            case "1" -> "the first place alone";
            default -> "the first " + cutOff + " places";
        };
    }

    /** Present if approximate search was measured instead of exact ranking. */
    Optional<Section> search() {
        return search.map(part -> {
            String k = part.optionalNumber("k").map(Numbers::whole).orElse("k");
            return new Section(
                    "Search, not exact ranking",
                    new Block.Prose("These rankings are what the search itself returned, at most " + k
                            + " passages for a question (k = " + k
                            + "). Measures are cut there: a relevant passage that the"
                            + " search did not return counts as not found."),
                    new Block.Terms(details(part)));
        });
    }

    private static Map<String, String> details(PlainMap part) {
        Map<String, String> details = new LinkedHashMap<>();
        part.map().forEach((key, value) -> {
            if (value instanceof Number || value instanceof String || value instanceof Boolean) {
                details.put(words(key), value.toString());
            }
        });
        return details;
    }

    private static String words(String key) {
        return key.replace('_', ' ');
    }

    Section leftOut() {
        List<List<Cell>> rows = new ArrayList<>();
        report.settings().forEach((setting, measured) -> add(rows, setting, measured.mean()));
        result.optionalChild("truncated").ifPresent(truncated -> truncated
                .doubles()
                .forEach((what, count) -> add(rows, words(what) + " cut at the encoder's limit", count)));
        result.optionalChild("questions")
                .flatMap(questions -> questions.optionalNumber("truncated"))
                .ifPresent(count -> add(rows, "questions cut at the encoder's limit", count));
        result.optionalChild("left_out")
                .ifPresent(left -> left.doubles().forEach((what, count) -> add(rows, words(what), count)));
        return new Section(
                "What was left out",
                new Block.Prose(
                        "Rankings without a relevant passage have no measure and take no part in any mean. Texts that"
                                + " were cut are evaluated by their beginning."),
                new Table("", List.of(Table.Column.passage("what"), Table.Column.number("how many")), rows));
    }

    private static void add(List<List<Cell>> rows, Setting setting, Report.Row mean) {
        String title = MeasureSections.title(setting);
        add(rows, title + ": rankings without a relevant passage in the pool", mean.leftOut());
        mean.withoutValue()
                .forEach((measure, count) ->
                        add(rows, title + ": rankings for which " + measure + " has no value", count));
    }

    private static void add(List<List<Cell>> rows, String what, double count) {
        rows.add(List.of(Cell.of(what), Cell.of(Numbers.whole(count))));
    }

    Section method() {
        String ranks = search.isPresent()
                ? "Ranks are those of the search's results."
                : "Ranks are exact: each question was compared with every passage, without an approximate index.";
        return new Section(
                "How this was measured",
                new Block.Prose(
                        ranks + " Equal scores are ordered by the id of the passage. Nothing was rounded before it was"
                                + " averaged."));
    }
}

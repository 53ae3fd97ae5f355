package org.hybridir.measure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Collects the questions' counts and makes the report; the same for a node and for arrays. Thread-safe, and the report does
 * not depend on the order in which questions are added, to the last bit.
 *
 * <p>Macro means: first over the questions of a question language against one pool, then over those settings: one for each
 * language (monolingual, multilingual) or for each ordered pair of languages (cross-lingual). A question without a relevant
 * passage in a pool has no measure there: it is left out and counted. A setting in which nothing was counted has no mean and
 * takes no part in the macro mean.
 */
public final class Evaluation implements CountListener {
    private final List<String> languages;
    private final int[] poolSizes;
    private final Set<Setting> settings;
    private final List<Measure> measures;
    private final int[] questions;
    /** [question language][passage language]; the diagonal is the monolingual setting; null where not asked for. */
    private final Tally[][] pairs;
    /** [question language]; null where not asked for. */
    private final Tally[] multilingual;

    /**
     * @param languages the languages of passages and questions, by ordinal
     * @param poolSizes passages of each language
     * @param settings what to report
     * @param measures what to report
     */
    public Evaluation(List<String> languages, int[] poolSizes, Set<Setting> settings, List<Measure> measures) {
        check(languages, poolSizes, settings, measures);
        this.languages = List.copyOf(languages);
        this.poolSizes = poolSizes.clone();
        this.settings = Set.copyOf(settings);
        this.measures = List.copyOf(measures);
        int n = languages.size();
        this.questions = new int[n];
        this.pairs = new Tally[n][n];
        this.multilingual = new Tally[n];
        for (int question = 0; question < n; question++) {
            for (int passage = 0; passage < n; passage++) {
                pairs[question][passage] = tally(question == passage ? Setting.MONOLINGUAL : Setting.CROSS_LINGUAL);
            }
            multilingual[question] = tally(Setting.MULTILINGUAL);
        }
    }

    private static void check(List<String> languages, int[] poolSizes, Set<Setting> settings, List<Measure> measures) {
        if (languages.isEmpty() || settings.isEmpty() || measures.isEmpty()) {
            throw new IllegalArgumentException(
                    "an evaluation needs languages, settings and measures, not " + languages + ", " + settings + ", "
                            + measures.stream().map(Measure::name).toList());
        }
        if (languages.size() != poolSizes.length) {
            throw new IllegalArgumentException(
                    "need the pool size of each language: " + languages + " but [" + poolSizes.length + "] sizes");
        }
        if (measures.stream().map(Measure::name).distinct().count() < measures.size()) {
            throw new IllegalArgumentException("a measure is asked for twice: "
                    + measures.stream().map(Measure::name).toList());
        }
    }

    private Tally tally(Setting setting) {
        return settings.contains(setting)
                ? new Tally(measures.stream().filter(m -> m.in(setting)).toList())
                : null;
    }

    /**
     * Adds one question.
     *
     * @param language ordinal of the question's language
     * @param goldLanguages ordinals of the golds' languages, in the order of {@link Golds}; empty if it has no gold
     * @param counts [gold][language], summed over all passages: see {@link RankCounter#counts()}
     */
    public synchronized void add(int language, int[] goldLanguages, int[][] counts) {
        PoolRanks ranks = new PoolRanks(goldLanguages, counts);
        questions[language]++;
        for (int pool = 0; pool < languages.size(); pool++) {
            if (pairs[language][pool] != null) {
                pairs[language][pool].add(ranks.among(pool), poolSizes[pool]);
            }
        }
        if (multilingual[language] != null) {
            multilingual[language].add(ranks.amongAll(), IntStream.of(poolSizes).sum());
        }
    }

    /** {@link #add}: which question it was makes no difference to means. */
    @Override
    public void counted(int question, int language, int[] goldLanguages, int[][] counts) {
        add(language, goldLanguages, counts);
    }

    public synchronized Report report() {
        Map<Setting, Report.Result> results = new EnumMap<>(Setting.class);
        for (Setting setting : settings) {
            results.put(
                    setting,
                    switch (setting) {
                        case MONOLINGUAL -> monolingual();
                        case CROSS_LINGUAL -> crossLingual();
                        case MULTILINGUAL -> multilingual();
                    });
        }
        return new Report(
                languages,
                measures.stream().map(Measure::name).toList(),
                byLanguage(poolSizes),
                byLanguage(questions),
                results);
    }

    private Map<String, Integer> byLanguage(int[] numbers) {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (int language = 0; language < numbers.length; language++) {
            map.put(languages.get(language), numbers[language]);
        }
        return map;
    }

    private Report.Result monolingual() {
        Map<String, Report.Row> rows = new LinkedHashMap<>();
        for (int language = 0; language < languages.size(); language++) {
            rows.put(languages.get(language), pairs[language][language].row());
        }
        return new Report.Result(Report.Row.meanOf(rows.values()), counted(rows.values()), rows, Map.of());
    }

    private Report.Result multilingual() {
        Map<String, Report.Row> rows = new LinkedHashMap<>();
        for (int language = 0; language < languages.size(); language++) {
            rows.put(languages.get(language), multilingual[language].row());
        }
        return new Report.Result(Report.Row.meanOf(rows.values()), counted(rows.values()), rows, Map.of());
    }

    private Report.Result crossLingual() {
        Map<String, Report.Row> rows = new LinkedHashMap<>();
        Map<String, Map<String, Report.Row>> matrix = new LinkedHashMap<>();
        List<Report.Row> all = new ArrayList<>();
        for (int language = 0; language < languages.size(); language++) {
            List<Report.Row> others = new ArrayList<>();
            Map<String, Report.Row> line = new LinkedHashMap<>();
            for (int pool = 0; pool < languages.size(); pool++) {
                if (pairs[language][pool] != null) {
                    Report.Row row = pairs[language][pool].row();
                    line.put(languages.get(pool), row);
                    if (pool != language) {
                        others.add(row);
                    }
                }
            }
            matrix.put(languages.get(language), line);
            rows.put(languages.get(language), Report.Row.meanOf(others));
            all.addAll(others);
        }
        return new Report.Result(Report.Row.meanOf(all), counted(all), rows, matrix);
    }

    private static int counted(Iterable<Report.Row> rows) {
        int counted = 0;
        for (Report.Row row : rows) {
            counted += row.rankings() > 0 ? 1 : 0;
        }
        return counted;
    }
}

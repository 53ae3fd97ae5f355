package org.hybridir.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Collects the questions' counts and makes the report; the same for a node and for arrays. Thread-safe, and the report does
 * not depend on the order in which questions are added, to the last bit.
 *
 * <p>Macro means: first over the questions of a question language against one pool, then over those settings: one for each
 * language (monolingual, multilingual) or for each ordered pair of languages (cross-lingual). A question without a relevant
 * passage in a pool has no measure there: it is left out and counted. A setting in which nothing was counted has no mean and
 * takes no part in the macro mean. A ranking for which a measure has no value has no part in that measure's mean and is counted
 * too.
 */
public final class Evaluation implements RankingListener {
    /** How many first places of the multilingual rankings are looked at unless told otherwise. */
    public static final int CUT_OFF = 10;

    private final List<String> languages;
    private final int[] poolSizes;
    private final Set<Setting> settings;
    private final List<Measure> measures;
    private final int[] questions;
    /** [question language][passage language]; the diagonal is the monolingual setting; null where not asked for. */
    private final Tally[][] pairs;
    /** [question language]; null where not asked for. */
    private final Tally[] multilingual;

    private final List<Values> values = new ArrayList<>();
    private final int cutOff;
    private final DetailTally detail;

    /** A question's values: setting to [measure]; a setting is missing where the question is left out. */
    private record Values(String id, int language, Map<Setting, double[]> settings) {}

    /**
     * An evaluation that looks at the first {@value #CUT_OFF} places of the multilingual rankings.
     *
     * @param languages the languages of passages and questions, by ordinal
     * @param poolSizes passages of each language
     * @param settings what to report
     * @param measures what to report
     */
    public Evaluation(List<String> languages, int[] poolSizes, Set<Setting> settings, List<Measure> measures) {
        this(languages, poolSizes, settings, measures, CUT_OFF);
    }

    /** @param cutOff how many first places of the multilingual rankings are looked at, at least 1 */
    public Evaluation(
            List<String> languages, int[] poolSizes, Set<Setting> settings, List<Measure> measures, int cutOff) {
        check(languages, poolSizes, settings, measures);
        Measures.checkCutOff("the first places", cutOff);
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
                pairs[question][passage] = tally(pair(question, passage));
            }
            multilingual[question] = tally(Setting.MULTILINGUAL);
        }
        this.cutOff = cutOff;
        this.detail = new DetailTally(this.languages, this.poolSizes, cutOff);
    }

    private static Setting pair(int question, int passage) {
        return question == passage ? Setting.MONOLINGUAL : Setting.CROSS_LINGUAL;
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

    /** @throws IllegalArgumentException if a measure has no value in any of the settings */
    public static void requireToSaySomething(Set<Setting> settings, List<Measure> measures) {
        for (Measure measure : measures) {
            if (settings.stream().noneMatch(measure::in)) {
                throw new IllegalArgumentException("[" + measure.name() + "] says nothing in "
                        + settings.stream().map(Setting::key).sorted().toList() + "; add one of "
                        + Arrays.stream(Setting.values())
                                .filter(measure::in)
                                .map(Setting::key)
                                .toList()
                        + ", or leave it out");
            }
        }
    }

    private Tally tally(Setting setting) {
        return settings.contains(setting) ? new Tally(measures, setting) : null;
    }

    @Override
    public int hits() {
        return settings.contains(Setting.MULTILINGUAL) ? cutOff : 0;
    }

    @Override
    public void ranked(RankedQuestion question) {
        int language = question.language();
        double[][] inPools = new double[languages.size()][];
        for (int pool = 0; pool < inPools.length; pool++) {
            if (pairs[language][pool] != null) {
                inPools[pool] = values(question.among(pool, poolSizes[pool]), pair(language, pool));
            }
        }
        Optional<Ranking> whole = multilingual[language] == null
                ? Optional.empty()
                : question.amongAll(IntStream.of(poolSizes).sum());
        double[] inAll = values(whole, Setting.MULTILINGUAL);
        Values own = new Values(question.id(), language, ownValues(language, inPools, inAll));
        synchronized (this) {
            questions[language]++;
            values.add(own);
            for (int pool = 0; pool < inPools.length; pool++) {
                add(pairs[language][pool], inPools[pool]);
            }
            add(multilingual[language], inAll);
            whole.ifPresent(ranking -> detail.add(question, ranking));
        }
    }

    /** A value of each measure, or null if there is no ranking. */
    private double[] values(Optional<Ranking> ranking, Setting setting) {
        return ranking.map(known -> measures.stream()
                        .mapToDouble(measure -> measure.in(setting) ? measure.of(known) : Measure.NO_VALUE)
                        .toArray())
                .orElse(null);
    }

    private static Map<Setting, double[]> ownValues(int language, double[][] inPools, double[] inAll) {
        Map<Setting, double[]> own = new EnumMap<>(Setting.class);
        own.put(Setting.MONOLINGUAL, inPools[language]);
        own.put(Setting.MULTILINGUAL, inAll);
        List<double[]> others = IntStream.range(0, inPools.length)
                .filter(pool -> pool != language && inPools[pool] != null)
                .mapToObj(pool -> inPools[pool])
                .toList();
        own.put(Setting.CROSS_LINGUAL, others.isEmpty() ? null : means(others));
        own.values().removeIf(Objects::isNull);
        return own;
    }

    private static double[] means(List<double[]> rows) {
        return IntStream.range(0, rows.get(0).length)
                .mapToDouble(measure -> rows.stream()
                        .mapToDouble(row -> row[measure])
                        .filter(value -> !Double.isNaN(value))
                        .average()
                        .orElse(Measure.NO_VALUE))
                .toArray();
    }

    private static void add(Tally tally, double[] values) {
        if (tally != null && values != null) {
            tally.add(values);
        } else if (tally != null) {
            tally.leaveOut();
        }
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
                names(),
                byLanguage(poolSizes),
                byLanguage(questions),
                results,
                settings.contains(Setting.MULTILINGUAL) ? Optional.of(detail.detail()) : Optional.empty());
    }

    private List<String> names() {
        return measures.stream().map(Measure::name).toList();
    }

    /** Each question's own values, of all measures in the settings asked for. */
    public synchronized QuestionValues questionValues() {
        List<Values> sorted = values.stream()
                .sorted(Comparator.comparing(Values::id).thenComparing(own -> languages.get(own.language)))
                .toList();
        Map<String, Map<Setting, List<Double>>> all = new LinkedHashMap<>();
        for (int i = 0; i < measures.size(); i++) {
            int measure = i;
            Map<Setting, List<Double>> ofMeasure = new EnumMap<>(Setting.class);
            settings.stream()
                    .filter(measures.get(measure)::in)
                    .forEach(setting -> ofMeasure.put(setting, column(sorted, setting, measure)));
            all.put(measures.get(measure).name(), ofMeasure);
        }
        return new QuestionValues(
                sorted.stream().map(Values::id).toList(),
                sorted.stream().map(own -> languages.get(own.language)).toList(),
                all);
    }

    private static List<Double> column(List<Values> questions, Setting setting, int measure) {
        List<Double> column = new ArrayList<>(questions.size());
        for (Values question : questions) {
            double[] values = question.settings.get(setting);
            column.add(values == null || Double.isNaN(values[measure]) ? null : (Double) values[measure]);
        }
        return column;
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
        return new Report.Result(Report.Row.meanOf(names(), rows.values()), counted(rows.values()), rows, Map.of());
    }

    private Report.Result multilingual() {
        Map<String, Report.Row> rows = new LinkedHashMap<>();
        for (int language = 0; language < languages.size(); language++) {
            rows.put(languages.get(language), multilingual[language].row());
        }
        return new Report.Result(Report.Row.meanOf(names(), rows.values()), counted(rows.values()), rows, Map.of());
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
            rows.put(languages.get(language), Report.Row.meanOf(names(), others));
            all.addAll(others);
        }
        return new Report.Result(Report.Row.meanOf(names(), all), counted(all), rows, matrix);
    }

    private static int counted(Iterable<Report.Row> rows) {
        int counted = 0;
        for (Report.Row row : rows) {
            counted += row.rankings() > 0 ? 1 : 0;
        }
        return counted;
    }
}

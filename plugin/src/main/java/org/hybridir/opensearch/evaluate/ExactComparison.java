package org.hybridir.opensearch.evaluate;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.Hit;
import org.hybridir.measure.RankedQuestion;
import org.hybridir.measure.RankingListener;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;

/**
 * What searches lose against the exact ranking, cut at the same depth: the overlap of the first passages of all languages,
 * and the measures of both. Listens to the exact rankings of a block, then, through {@link #searches}, to the searches'.
 * Thread-safe.
 */
final class ExactComparison implements RankingListener {
    /** As many first passages are compared, if searches return them: they are kept for a block of questions. */
    private static final int MOST_COMPARED = 100;

    private final List<String> languages;
    private final Evaluation exact;
    private final int k;
    private final Evaluation searched;
    private final int compared;
    private final Map<List<Object>, List<Hit>> expected = new HashMap<>();
    /** By question language: sum of shares, and questions. */
    private final double[] shares;

    private final int[] questions;
    /** By passage language: of the exact ranking's first passages, how many there are, and how many were found. */
    private final long[] first;

    private final long[] found;

    /**
     * @param languages by ordinal
     * @param exact takes the exact rankings
     * @param k how many hits a search returns
     * @param searched takes the searches' rankings
     */
    ExactComparison(List<String> languages, Evaluation exact, int k, Evaluation searched) {
        this.languages = languages;
        this.exact = exact;
        this.k = k;
        this.searched = searched;
        this.compared = exact.hits() == 0 ? 0 : Math.min(k, MOST_COMPARED);
        this.shares = new double[languages.size()];
        this.questions = new int[languages.size()];
        this.first = new long[languages.size()];
        this.found = new long[languages.size()];
    }

    @Override
    public int hits() {
        return Math.max(exact.hits(), compared);
    }

    @Override
    public void ranked(RankedQuestion question) {
        exact.ranked(known(question, exact.hits()));
        synchronized (this) {
            expected.put(key(question), question.first(compared).top());
        }
    }

    /** As much of a ranking as searches tell. */
    private RankedQuestion known(RankedQuestion question, int hits) {
        return new RankedQuestion(
                question.id(),
                question.language(),
                question.golds(),
                cut(question.languageRanks()),
                cut(question.ranks()),
                k,
                question.first(Math.min(k, hits)).top());
    }

    private int[] cut(int[] ranks) {
        return IntStream.of(ranks)
                .map(rank -> rank > k ? RankedQuestion.NOT_RETRIEVED : rank)
                .toArray();
    }

    private static List<Object> key(RankedQuestion question) {
        return List.of(question.id(), question.language());
    }

    /** Listens to the same questions, ranked by searches. */
    RankingListener searches() {
        return new RankingListener() {
            @Override
            public int hits() {
                return Math.max(searched.hits(), compared);
            }

            @Override
            public void ranked(RankedQuestion question) {
                searched.ranked(known(question, searched.hits()));
                compare(question);
            }
        };
    }

    private synchronized void compare(RankedQuestion question) {
        List<Hit> wanted = expected.remove(key(question));
        if (wanted == null || wanted.isEmpty()) {
            return;
        }
        Set<String> ids = question.first(compared).top().stream().map(Hit::id).collect(Collectors.toSet());
        int both = 0;
        for (Hit hit : wanted) {
            boolean there = ids.contains(hit.id());
            first[hit.language()]++;
            found[hit.language()] += there ? 1 : 0;
            both += there ? 1 : 0;
        }
        shares[question.language()] += both / (double) wanted.size();
        questions[question.language()]++;
    }

    /** The overlap, and of each setting's means and languages the measures of both. */
    synchronized Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (compared > 0) {
            map.put("overlap", overlap());
        }
        Report exactly = exact.report();
        Report found = searched.report();
        Map<String, Object> settings = new LinkedHashMap<>();
        for (Setting setting : exactly.settings().keySet()) {
            settings.put(
                    setting.key(),
                    both(exactly.settings().get(setting), found.settings().get(setting)));
        }
        map.put("settings", settings);
        return map;
    }

    private Map<String, Object> overlap() {
        Map<String, Object> perLanguage = new LinkedHashMap<>();
        Map<String, Object> perPassageLanguage = new LinkedHashMap<>();
        double sum = 0;
        int counted = 0;
        for (int language = 0; language < languages.size(); language++) {
            if (questions[language] > 0) {
                double mean = shares[language] / questions[language];
                perLanguage.put(languages.get(language), mean);
                sum += mean;
                counted++;
            }
            if (first[language] > 0) {
                perPassageLanguage.put(languages.get(language), found[language] / (double) first[language]);
            }
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cut_off", compared);
        if (counted > 0) {
            map.put("mean", sum / counted);
        }
        map.put("per_language", perLanguage);
        map.put("per_passage_language", perPassageLanguage);
        return map;
    }

    private static Map<String, Object> both(Report.Result exactly, Report.Result searched) {
        Map<String, Object> perLanguage = new LinkedHashMap<>();
        exactly.perLanguage()
                .forEach((language, row) -> perLanguage.put(
                        language, both(row, searched.perLanguage().get(language))));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mean", both(exactly.mean(), searched.mean()));
        map.put("per_language", perLanguage);
        return map;
    }

    private static Map<String, Object> both(Report.Row exactly, Report.Row searched) {
        Map<String, Object> map = new LinkedHashMap<>();
        exactly.means().forEach((measure, value) -> {
            Double other = searched.means().get(measure);
            if (other != null) {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put("exact", value);
                values.put("search", other);
                values.put("difference", other - value);
                map.put(measure, values);
            }
        });
        return map;
    }
}

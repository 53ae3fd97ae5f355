package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a report tells beside means. */
class ReportTest {
    private static final List<String> LANGUAGES = List.of("de", "en");
    private static final int[] POOLS = {30, 10};

    private static Hit hit(String id, int language) {
        return new Hit(id, language, 0.5f);
    }

    private static RankedQuestion question(String id, int language, int[][] counts, Hit... top) {
        Golds golds = counts.length == 1 ? Rankings.golds(0) : Rankings.golds(0, 1);
        return RankedQuestion.counted(id, language, golds, counts, List.of(top));
    }

    private static Evaluation evaluation(Set<Setting> settings) {
        return new Evaluation(LANGUAGES, POOLS, settings, List.of(new AveragePrecision(), new TranslationRecall(1)), 2);
    }

    /**
     * q1 in German: ranks 1 and 7; in English: 2 and 40. q2 in German: rank 3. Two places are looked at: d1 e1 and e1 d1, so
     * one correlation of -1; then d1 d2.
     */
    private static Evaluation small() {
        Evaluation evaluation = evaluation(EnumSet.allOf(Setting.class));
        evaluation.ranked(question("q1", 0, new int[][] {{0, 0}, {3, 3}}, hit("gold-0", 0), hit("e1", 1)));
        evaluation.ranked(question("q1", 1, new int[][] {{0, 1}, {30, 9}}, hit("e1", 1), hit("gold-0", 0)));
        evaluation.ranked(question("q2", 0, new int[][] {{1, 1}}, hit("d1", 0), hit("d2", 0)));
        return evaluation;
    }

    private static Report.Detail detail() {
        return small().report().detail().orElseThrow();
    }

    @Test
    void sharesOfTheFirstPlaces() {
        TopLanguages top = detail().top();
        assertEquals(2, top.cutOff());
        // German questions: four places, three German; English: one of each
        assertEquals(Map.of("de", Map.of("de", 0.75, "en", 0.25), "en", Map.of("de", 0.5, "en", 0.5)), top.shares());
        assertEquals(Map.of("de", 0.75, "en", 0.25), top.poolShares());
        assertEquals(-1, top.rankCorrelation().orElseThrow(), 1e-15);
        assertEquals(1, top.correlatedQuestions());
    }

    @Test
    void ranksOfGolds() {
        // German golds on 1, 2 and 3; English on 7 and 40
        Map<String, List<Integer>> expected =
                Map.of("de", List.of(1, 2, 0, 0, 0, 0, 0, 0, 0), "en", List.of(0, 0, 1, 1, 0, 0, 0, 0, 0));
        assertEquals(expected, detail().goldRanks().counts());
        int[] ranks = {1, 2, 5, 6, 10, 11, 5000, 5001, RankedQuestion.NOT_RETRIEVED};
        assertEquals(
                List.of(0, 1, 1, 2, 2, 3, 7, 8, 8),
                IntStream.of(ranks).mapToObj(GoldRanks::bucket).toList());
    }

    @Test
    void worstQuestionsFirst() {
        List<WorstQuestion> worst = detail().worst();
        // AP: q1 de (1 + 2/7) / 2, q1 en (1/2 + 2/40) / 2 = 0.275, q2 de 1/3
        assertEquals(
                List.of("q1", "q2", "q1"), worst.stream().map(WorstQuestion::id).toList());
        WorstQuestion first = worst.get(0);
        assertEquals("en", first.language());
        assertEquals(0.275, first.averagePrecision(), 1e-15);
        assertEquals(
                List.of(
                        new WorstQuestion.Relevant("gold-0", "de", OptionalInt.of(2), 1f, Optional.empty()),
                        new WorstQuestion.Relevant("gold-1", "en", OptionalInt.of(40), 0.5f, Optional.empty())),
                first.golds());
        assertEquals(
                List.of(
                        new WorstQuestion.First("e1", "en", 0.5f, false, Optional.empty()),
                        new WorstQuestion.First("gold-0", "de", 0.5f, true, Optional.empty())),
                first.top());
    }

    /** Twelve questions with the same value: the first ten by id, then language; in any order of coming. */
    @Test
    void tenWorstQuestions() {
        List<RankedQuestion> questions = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            questions.add(question("q" + i, 0, new int[][] {{1, 1}}));
            questions.add(question("q" + i, 1, new int[][] {{1, 1}}));
        }
        Evaluation forwards = evaluation(Set.of(Setting.MULTILINGUAL));
        Evaluation backwards = evaluation(Set.of(Setting.MULTILINGUAL));
        for (int i = 0; i < 12; i++) {
            forwards.ranked(questions.get(i));
            backwards.ranked(questions.get(11 - i));
        }
        assertEquals(forwards.report(), backwards.report());
        List<WorstQuestion> worst = forwards.report().detail().orElseThrow().worst();
        assertEquals(10, worst.size());
        assertEquals("q4 en", worst.get(9).id() + " " + worst.get(9).language());
        // a worse one comes first and the last one goes
        forwards.ranked(question("q9", 0, new int[][] {{2, 1}}));
        worst = forwards.report().detail().orElseThrow().worst();
        assertEquals("q9", worst.get(0).id());
        assertEquals("q4 de", worst.get(9).id() + " " + worst.get(9).language());
    }

    @Test
    void textsAreAddedWhereTheyAreKnown() {
        Report report = small().report()
                .withTexts(
                        (id, language) -> id.equals("q1") && language.equals("en") ? "Where?" : null,
                        id -> id.equals("gold-0") ? "There." : null);
        WorstQuestion first = report.detail().orElseThrow().worst().get(0);
        assertEquals(Optional.of("Where?"), first.text());
        assertEquals(Optional.of("There."), first.golds().get(0).text());
        assertEquals(Optional.empty(), first.golds().get(1).text());
        assertEquals(Optional.of("There."), first.top().get(1).text());
        assertEquals(
                Optional.empty(), report.detail().orElseThrow().worst().get(1).text());
        assertEquals(report, Report.fromMap(report.toMap()));
    }

    @Test
    void mapsThereAndBack() {
        Report report = small().report();
        Map<String, Object> map = report.toMap();
        assertEquals(
                "{cut_off=2, shares={de={de=0.75, en=0.25}, en={de=0.5, en=0.5}}, pool_shares={de=0.75, en=0.25},"
                        + " rank_correlation={mean=-1.0, questions=1}}",
                map.get("top").toString());
        assertEquals(
                "{bounds=[1, 5, 10, 50, 100, 500, 1000, 5000], counts={de=[1, 2, 0, 0, 0, 0, 0, 0, 0], en=[0, 0, 1, 1, 0,"
                        + " 0, 0, 0, 0]}}",
                map.get("gold_ranks").toString());
        assertEquals(
                "{id=q1, language=en, AP=0.275, golds=[{id=gold-0, language=de, rank=2, score=1.0}, {id=gold-1,"
                        + " language=en, rank=40, score=0.5}], top=[{id=e1, language=en, score=0.5, relevant=false},"
                        + " {id=gold-0, language=de, score=0.5, relevant=true}]}",
                ((List<?>) map.get("worst")).get(0).toString());
        assertEquals(report, Report.fromMap(map));
        Report pairs = evaluation(Set.of(Setting.CROSS_LINGUAL)).report();
        assertFalse(pairs.toMap().containsKey("top"));
        assertEquals(pairs, Report.fromMap(pairs.toMap()));
    }

    @Test
    void otherMapsAreRefused() {
        Map<String, Object> map = new HashMap<>(small().report().toMap());
        map.put("worst", List.of("q1"));
        Exception e = assertThrows(IllegalArgumentException.class, () -> Report.fromMap(map));
        assertEquals("a report has objects in [worst], this one has [[q1]]", e.getMessage());
        map.put("worst", List.of(Map.of("id", "q1")));
        e = assertThrows(IllegalArgumentException.class, () -> Report.fromMap(map));
        assertEquals("a report has a string [language], this one has [null]", e.getMessage());
        map.put("gold_ranks", Map.of("counts", Map.of("de", List.of(1))));
        e = assertThrows(IllegalArgumentException.class, () -> Report.fromMap(map));
        assertEquals("ranks of language [de] are counted in [1] parts, needed are [9]", e.getMessage());
        map.remove("settings");
        e = assertThrows(IllegalArgumentException.class, () -> Report.fromMap(map));
        assertEquals("a report has an object [settings], this one has [null]", e.getMessage());
    }

    /** A ranking of which a measure knows nothing is counted and has no part in the mean. */
    @Test
    void rankingsWithoutValue() {
        Report.Result multilingual = small().report().settings().get(Setting.MULTILINGUAL);
        Report.Row german = multilingual.perLanguage().get("de");
        // q1: the English gold stands on 7; q2 has a German gold only
        assertEquals(0, german.means().get("TLR@1"));
        assertEquals(2, german.rankings());
        assertEquals(Map.of("TLR@1", 1), german.withoutValue());
        assertEquals(Map.of(), multilingual.perLanguage().get("en").withoutValue());
        assertEquals(Map.of("TLR@1", 1), multilingual.mean().withoutValue());
        assertEquals("{TLR@1=1}", german.toMap().get("without_value").toString());
        assertFalse(multilingual.perLanguage().get("en").toMap().containsKey("without_value"));
        // where a measure says nothing in the setting, nothing is missing
        assertEquals(
                Map.of(),
                small().report().settings().get(Setting.MONOLINGUAL).mean().withoutValue());
    }

    /** One that has no value in any ranking has no mean, and the macro mean is that of the other languages. */
    @Test
    void languagesWithoutValue() {
        Evaluation evaluation = evaluation(Set.of(Setting.MULTILINGUAL));
        evaluation.ranked(question("q1", 0, new int[][] {{1, 1}}));
        evaluation.ranked(question("q1", 1, new int[][] {{0, 0}}));
        Report.Result result = evaluation.report().settings().get(Setting.MULTILINGUAL);
        assertFalse(result.perLanguage().get("de").means().containsKey("TLR@1"));
        assertEquals(1, result.mean().means().get("TLR@1"));
        assertTrue(ReportTable.render(evaluation.report())
                .contains("\nTLR@1 has no value for 1 of the 2 multilingual rankings\n"));
    }

    /** As a search of five places sees it: the second gold is not found. */
    @Test
    void goldsThatWereNotRetrieved() {
        Evaluation evaluation = evaluation(EnumSet.allOf(Setting.class));
        int none = RankedQuestion.NOT_RETRIEVED;
        evaluation.ranked(new RankedQuestion(
                "q", 0, Rankings.golds(0, 1), new int[] {2, none}, new int[] {3, none}, 5, List.of()));
        Report report = evaluation.report();
        assertEquals(
                0.5, report.settings().get(Setting.MONOLINGUAL).mean().means().get("AP"));
        assertEquals(
                0, report.settings().get(Setting.CROSS_LINGUAL).mean().means().get("AP"));
        assertEquals(
                1 / 6.0,
                report.settings().get(Setting.MULTILINGUAL).mean().means().get("AP"),
                1e-15);
        assertEquals(
                List.of(0, 0, 0, 0, 0, 0, 0, 0, 1),
                report.detail().orElseThrow().goldRanks().counts().get("en"));
        WorstQuestion worst = report.detail().orElseThrow().worst().get(0);
        assertEquals(OptionalInt.empty(), worst.golds().get(1).rank());
        assertEquals(report, Report.fromMap(report.toMap()));
    }

    /** An approximate search may find golds in another order than their scores have. */
    @Test
    void ranksNeedNotFollowTheScores() {
        Evaluation evaluation = evaluation(Set.of(Setting.MULTILINGUAL));
        evaluation.ranked(
                new RankedQuestion("q", 0, Rankings.golds(0, 1), new int[] {1, 1}, new int[] {4, 1}, 5, List.of()));
        // the English one on 1, the German one on 4: (1 + 2/4) / 2, and what is in English is found first
        Report.Row mean =
                evaluation.report().settings().get(Setting.MULTILINGUAL).mean();
        assertEquals(0.75, mean.means().get("AP"));
        assertEquals(1, mean.means().get("TLR@1"));
        Exception e = assertThrows(
                IllegalArgumentException.class,
                () -> new RankedQuestion("q", 0, Rankings.golds(0), new int[1], new int[0], 5, List.of()));
        assertEquals("question [q] needs two ranks for each of its [1] golds, not [1] and [0]", e.getMessage());
    }
}

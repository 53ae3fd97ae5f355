package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final double EXACT = 1e-15;
    private static final Set<Setting> ALL = EnumSet.allOf(Setting.class);

    private static List<Measure> measures(String... names) {
        return List.of(names).stream().map(Measures::parse).toList();
    }

    /**
     * Three languages with pools of 10, 20 and 30 passages; x1 has golds in all, x2 in en and de only, y1 (German) in ar
     * only, and z has none.
     */
    private static Evaluation small(Set<Setting> settings) {
        Evaluation e = new Evaluation(
                List.of("ar", "de", "en"), new int[] {10, 20, 30}, settings, measures("AP", "R@1", "RankDistance"));
        // x1 in English: golds in order en, ar, de; before them [ar, de, en]: none, [0,1,2], [4,3,5]
        e.ranked(Rankings.question("x1", 2, new int[] {2, 0, 1}, new int[][] {{0, 0, 0}, {0, 1, 2}, {4, 3, 5}}));
        // x2 in English: de first, then en
        e.ranked(Rankings.question("x2", 2, new int[] {1, 2}, new int[][] {{0, 1, 0}, {0, 5, 3}}));
        // y1 in German
        e.ranked(Rankings.question("y1", 1, new int[] {0}, new int[][] {{1, 1, 1}}));
        // z in English
        e.ranked(Rankings.question("z", 2, new int[0], new int[0][]));
        return e;
    }

    @Test
    void monolingual() {
        Report.Result mono = small(ALL).report().settings().get(Setting.MONOLINGUAL);
        // English: x1 on rank 1, x2 on rank 4: (1 + 1/4) / 2; z has no gold
        Report.Row english = mono.perLanguage().get("en");
        assertEquals(0.625, english.means().get("AP"), EXACT);
        assertEquals(0.5, english.means().get("R@1"), EXACT);
        assertFalse(english.means().containsKey("RankDistance"));
        assertEquals(2, english.rankings());
        assertEquals(1, english.leftOut());
        // y1 has no German gold, nobody asks in Arabic: no mean, and no part in the macro mean
        assertEquals(
                new Report.Row(Map.of(), 0, 1, Map.of()), mono.perLanguage().get("de"));
        assertEquals(
                new Report.Row(Map.of(), 0, 0, Map.of()), mono.perLanguage().get("ar"));
        assertEquals(0.625, mono.mean().means().get("AP"), EXACT);
        assertEquals(1, mono.averaged());
        assertEquals(2, mono.mean().rankings());
        assertEquals(2, mono.mean().leftOut());
    }

    @Test
    void crossLingual() {
        Report.Result cross = small(ALL).report().settings().get(Setting.CROSS_LINGUAL);
        // English against Arabic: x1 on rank 1
        assertEquals(
                new Report.Row(Map.of("AP", 1.0, "R@1", 1.0), 1, 2, Map.of()),
                cross.perPair().get("en").get("ar"));
        // English against German: x1 on rank 4, x2 on rank 2: (1/4 + 1/2) / 2 = 3/8
        assertEquals(
                new Report.Row(Map.of("AP", 0.375, "R@1", 0.0), 2, 1, Map.of()),
                cross.perPair().get("en").get("de"));
        // German against Arabic: y1 on rank 2
        assertEquals(0.5, cross.perPair().get("de").get("ar").means().get("AP"), EXACT);
        // a row is the mean over the pairs: (1 + 3/8) / 2 = 11/16, though three rankings stand behind it
        assertEquals(
                new Report.Row(Map.of("AP", 0.6875, "R@1", 0.5), 3, 3, Map.of()),
                cross.perLanguage().get("en"));
        // macro mean over the three pairs in which anything was counted: (1 + 3/8 + 1/2) / 3 = 5/8
        assertEquals(0.625, cross.mean().means().get("AP"), EXACT);
        assertEquals(3, cross.averaged());
        assertEquals(4, cross.mean().rankings());
    }

    @Test
    void diagonalIsMonolingualWhereBothAreAsked() {
        Report both = small(ALL).report();
        assertEquals(
                both.settings().get(Setting.MONOLINGUAL).perLanguage().get("en"),
                both.settings().get(Setting.CROSS_LINGUAL).perPair().get("en").get("en"));
        Report one = small(Set.of(Setting.CROSS_LINGUAL)).report();
        assertEquals(Set.of(Setting.CROSS_LINGUAL), one.settings().keySet());
        assertFalse(
                one.settings().get(Setting.CROSS_LINGUAL).perPair().get("en").containsKey("en"));
        assertEquals(
                both.settings().get(Setting.CROSS_LINGUAL).mean(),
                one.settings().get(Setting.CROSS_LINGUAL).mean());
    }

    @Test
    void multilingual() {
        Report.Result multi = small(ALL).report().settings().get(Setting.MULTILINGUAL);
        // x1: ranks 1, 4, 13: AP (1 + 2/4 + 3/13) / 3, distance 12; x2: ranks 2, 9: AP (1/2 + 2/9) / 2, distance 7
        double x1 = (1 + 0.5 + 3.0 / 13) / 3;
        double x2 = (0.5 + 2.0 / 9) / 2;
        Report.Row english = multi.perLanguage().get("en");
        assertEquals((x1 + x2) / 2, english.means().get("AP"), EXACT);
        assertEquals(9.5, english.means().get("RankDistance"), EXACT);
        // y1: rank 4, distance 0; macro mean over English and German
        assertEquals(((x1 + x2) / 2 + 0.25) / 2, multi.mean().means().get("AP"), EXACT);
        assertEquals(4.75, multi.mean().means().get("RankDistance"), EXACT);
        assertEquals(2, multi.averaged());
        assertEquals(1, multi.mean().leftOut());
    }

    @Test
    void mapOfPlainValues() {
        Map<String, Object> map = small(ALL).report().toMap();
        assertEquals(
                "[languages, measures, pools, questions, settings, top, gold_ranks, worst]",
                map.keySet().toString());
        assertEquals(List.of("AP", "R@1", "RankDistance"), map.get("measures"));
        assertEquals(Map.of("total", 60, "per_language", Map.of("ar", 10, "de", 20, "en", 30)), map.get("pools"));
        assertEquals(Map.of("total", 4, "per_language", Map.of("ar", 0, "de", 1, "en", 3)), map.get("questions"));
        Map<?, ?> settings = (Map<?, ?>) map.get("settings");
        assertEquals(
                "[monolingual, cross_lingual, multilingual]", settings.keySet().toString());
        Map<?, ?> cross = (Map<?, ?>) settings.get("cross_lingual");
        assertEquals("[mean, averaged, per_language, per_pair]", cross.keySet().toString());
        Map<?, ?> line = (Map<?, ?>) ((Map<?, ?>) cross.get("per_pair")).get("en");
        assertEquals(
                "{AP=0.375, R@1=0.0, rankings=2, left_out=1}", line.get("de").toString());
    }

    @Test
    void reportsAreImmutable() {
        Report report = small(ALL).report();
        assertThrows(UnsupportedOperationException.class, () -> report.pools().put("fr", 1));
        Report.Result cross = report.settings().get(Setting.CROSS_LINGUAL);
        assertThrows(
                UnsupportedOperationException.class,
                () -> cross.perPair().get("en").clear());
        assertThrows(
                UnsupportedOperationException.class, () -> cross.mean().means().clear());
    }

    /** Sums of doubles depend on their order; the report must not. */
    @Test
    void orderOfQuestionsDoesNotMatter() {
        Evaluation forwards = new Evaluation(List.of("en"), new int[] {5000}, ALL, Measures.defaults());
        Evaluation backwards = new Evaluation(List.of("en"), new int[] {5000}, ALL, Measures.defaults());
        int n = 1000;
        IntStream.range(0, n)
                .forEach(
                        q -> forwards.ranked(Rankings.question("q" + q, 0, new int[1], new int[][] {{q * 37 % 4999}})));
        IntStream.range(0, n)
                .map(q -> n - 1 - q)
                .forEach(q ->
                        backwards.ranked(Rankings.question("q" + q, 0, new int[1], new int[][] {{q * 37 % 4999}})));
        assertEquals(forwards.report(), backwards.report());
        assertEquals(forwards.questionValues(), backwards.questionValues());
    }

    @Test
    void whatCannotBeEvaluatedIsRefused() {
        List<String> en = List.of("en");
        assertThrows(
                IllegalArgumentException.class, () -> new Evaluation(List.of(), new int[0], ALL, Measures.defaults()));
        assertThrows(IllegalArgumentException.class, () -> new Evaluation(en, new int[1], Set.of(), measures("AP")));
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> new Evaluation(en, new int[1], ALL, measures("AP", "AP")));
        assertEquals("a measure is asked for twice: [AP, AP]", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> new Evaluation(en, new int[2], ALL, measures("AP")));
        assertEquals("need the pool size of each language: [en] but [2] sizes", e.getMessage());
    }

    private static Report ranked(RandomCollection c, int threads, AtomicInteger done) throws InterruptedException {
        Evaluation evaluation = new Evaluation(names(c), c.poolSizes(), ALL, Measures.defaults());
        ExactRanking ranking =
                new ExactRanking(new ExactRanking.Passages(c.passages, c.passageLanguages, c.ids, c.judgements));
        ranking.rank(
                new ExactRanking.Questions(c.questions, c.questionLanguages, c.questionNames),
                c.languages,
                evaluation,
                threads,
                done::addAndGet);
        return evaluation.report();
    }

    private static List<String> names(RandomCollection c) {
        return IntStream.range(0, c.languages).mapToObj(i -> "l" + i).toList();
    }

    /** Random judgements leave many pools without a gold, as MLQA-R does; the oracle sorts every pool. */
    @Test
    void exactRankingEqualsSortedPools() throws InterruptedException {
        RandomCollection c = new RandomCollection(11, 4, 600, 600, 10, 90);
        AtomicInteger done = new AtomicInteger();
        Report report = ranked(c, 2, done);
        assertEquals(600, done.get());
        assertEquals(report, ranked(c, 1, done));
        int leftOut = 0;
        for (int language = 0; language < 4; language++) {
            for (int pool = 0; pool < 4; pool++) {
                Report.Row row = report.settings()
                        .get(Setting.CROSS_LINGUAL)
                        .perPair()
                        .get("l" + language)
                        .get("l" + pool);
                double sum = 0;
                int counted = 0;
                for (int q = 0; q < 600; q++) {
                    int target = pool;
                    int[] ranks =
                            c.questionLanguages[q] == language ? c.ranksBySorting(q, l -> l == target) : new int[0];
                    if (ranks.length > 0) {
                        counted++;
                        sum += new AveragePrecision().of(Rankings.binary(600, ranks));
                    }
                }
                assertEquals(counted, row.rankings());
                assertEquals(sum / counted, row.means().get("AP"), 1e-12);
                leftOut += row.leftOut();
            }
        }
        assertTrue(leftOut > 100);
    }

    @Test
    void errorsOfTheWorkersReachTheCaller() {
        RandomCollection c = new RandomCollection(12, 2, 50, 300, 4, 50);
        c.questions[299] = new float[] {Float.NaN, 0, 0, 0};
        Exception e = assertThrows(IllegalArgumentException.class, () -> ranked(c, 2, new AtomicInteger()));
        assertTrue(e.getMessage().contains("NaN"), e.getMessage());
    }
}

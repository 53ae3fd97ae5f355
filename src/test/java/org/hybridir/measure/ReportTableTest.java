package org.hybridir.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportTableTest {
    private static Evaluation evaluation(Set<Setting> settings, String... measures) {
        return new Evaluation(
                List.of("de", "en"),
                new int[] {1200, 30},
                settings,
                List.of(measures).stream().map(Measures::parse).toList());
    }

    @Test
    void allTables() {
        Evaluation e = evaluation(EnumSet.allOf(Setting.class), "AP", "R@1", "RankDistance");
        // English, golds: en on rank 1 of 30, 1 of 1230; de on rank 4 of 1200, 8 of 1230
        e.ranked(Rankings.question("q0", 1, new int[] {1, 0}, new int[][] {{0, 0}, {3, 4}}));
        // German, gold: en on rank 2 of 30, 1203 of 1230
        e.ranked(Rankings.question("q1", 0, new int[] {1}, new int[][] {{1201, 1}}));
        assertEquals("""
                2 questions against 1,230 passages in 2 languages

                macro mean         AP     R@1  RankDistance         over  rankings  left out
                monolingual    1.0000  1.0000             -   1 language         1         1
                cross-lingual  0.3750  0.0000             -      2 pairs         2         -
                multilingual   0.3129  0.2500           3.5  2 languages         2         -

                By question language
                                             AP                     R@1                  RankDistance
                    passages  questions    mono   cross   multi    mono   cross   multi         multi
                de     1,200          1       -  0.5000  0.0008       -  0.0000  0.0000           0.0
                en        30          1  1.0000  0.2500  0.6250  1.0000  0.0000  0.5000           7.0

                AP of each question language (rows) in each passage language (columns)
                       de     en
                de      -  0.500
                en  0.250  1.000

                Questions left out of each pair, having no relevant passage in that language
                    de  en
                de   1   0
                en   0   0
                """, ReportTable.render(e.report()));
    }

    @Test
    void onlyWhatWasAskedFor() {
        Evaluation e = evaluation(Set.of(Setting.MULTILINGUAL), "RankDistance");
        e.ranked(Rankings.question("q2", 1, new int[] {1, 0}, new int[][] {{0, 0}, {3, 4}}));
        assertEquals("""
                1 question against 1,230 passages in 2 languages

                macro mean    RankDistance        over  rankings  left out
                multilingual           7.0  1 language         1         -

                By question language
                                         RankDistance
                    passages  questions         multi
                de     1,200          0             -
                en        30          1           7.0
                """, ReportTable.render(e.report()));
    }

    @Test
    void nothingLeftOutNothingSaid() {
        Evaluation e = evaluation(EnumSet.allOf(Setting.class), "AP");
        e.ranked(Rankings.question("q3", 1, new int[] {1, 0}, new int[][] {{0, 0}, {3, 4}}));
        assertFalse(ReportTable.render(e.report()).contains("Questions left out"));
    }

    @Test
    void manyMeasuresTakeSeveralTables() {
        Evaluation e = evaluation(EnumSet.allOf(Setting.class), "AP", "RR", "nDCG", "R@1", "R@10");
        e.ranked(Rankings.question("q4", 1, new int[] {1, 0}, new int[][] {{0, 0}, {3, 4}}));
        String text = ReportTable.render(e.report());
        assertEquals(3, text.split("By question language", -1).length);
        text.lines().forEach(line -> assertEquals(line.stripTrailing(), line));
    }

    @Test
    void whoseLanguageStandsFirst() {
        Evaluation e = evaluation(Set.of(Setting.MULTILINGUAL), "AP");
        List<Hit> top = List.of(new Hit("d", 0, 1), new Hit("e", 1, 0.5f), new Hit("f", 1, 0.2f));
        e.ranked(RankedQuestion.counted("q", 1, Rankings.golds(1), new int[][] {{0, 0}}, top));
        e.ranked(RankedQuestion.counted("q", 0, Rankings.golds(1), new int[][] {{0, 0}}, top));
        String text = ReportTable.render(e.report());
        assertEquals("""
                Share of each passage language (columns) of the first 10 places, by question language (rows)
                         de     en
                de    0.333  0.667
                en    0.333  0.667
                pool  0.976  0.024
                MRC@10 1.000: mean correlation of the first places of one question in several languages, 1 question
                """, text.substring(text.indexOf("Share of")));
    }
}

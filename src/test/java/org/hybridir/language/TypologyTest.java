package org.hybridir.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;
import org.junit.jupiter.api.Test;

class TypologyTest {
    private static final List<String> LANGUAGES = List.of("de", "en", "tr", "qqq");

    /** Question languages (rows) against passage languages; on the diagonal the monolingual setting. */
    private static final double[][] AP = {
        {.9, .7, .2, .1},
        {.6, .8, .3, .1},
        {.4, .5, .6, .1},
        {.1, .1, .1, .5},
    };

    private static Report.Row row(double ap) {
        return new Report.Row(Map.of("AP", ap), 10, 0, Map.of());
    }

    private static Report.Result result(Map<String, Report.Row> rows, Map<String, Map<String, Report.Row>> pairs) {
        return new Report.Result(row(.5), 4, rows, pairs);
    }

    private static Report report() {
        Map<String, Report.Row> monolingual = new LinkedHashMap<>();
        Map<String, Map<String, Report.Row>> pairs = new LinkedHashMap<>();
        for (int question = 0; question < 4; question++) {
            Map<String, Report.Row> line = new LinkedHashMap<>();
            for (int passage = 0; passage < 4; passage++) {
                line.put(LANGUAGES.get(passage), row(AP[question][passage]));
            }
            pairs.put(LANGUAGES.get(question), line);
            monolingual.put(LANGUAGES.get(question), row(AP[question][question]));
        }
        Map<String, Integer> counts = new LinkedHashMap<>();
        LANGUAGES.forEach(language -> counts.put(language, 10));
        return new Report(
                LANGUAGES,
                List.of("AP"),
                counts,
                counts,
                Map.of(
                        Setting.MONOLINGUAL, result(monolingual, Map.of()),
                        Setting.CROSS_LINGUAL, result(monolingual, pairs)),
                Optional.empty());
    }

    @Test
    void groupsLanguages() {
        Typology typology = Typology.of(report());
        assertEquals(List.of("qqq"), typology.unknown());
        assertEquals(List.of("de", "en", "tr"), List.copyOf(typology.known().keySet()));
        Map<String, Group> families = typology.byGroup(Grouping.FAMILY, Setting.MONOLINGUAL);
        assertEquals(List.of("Indo-European", "Turkic", "unknown"), List.copyOf(families.keySet()));
        assertEquals(2, families.get("Indo-European").size());
        assertEquals(.85, families.get("Indo-European").means().get("AP"), 1e-15);
        assertEquals(new Group(1, Map.of("AP", .5)), families.get("unknown"));
        // all three are written in Latin: (.9 + .8 + .6) / 3
        Group latin = typology.byGroup(Grouping.SCRIPT, Setting.MONOLINGUAL).get("Latin");
        assertEquals(3, latin.size());
        assertEquals(2.3 / 3, latin.means().get("AP"), 1e-15);
        assertEquals(
                List.of("Germanic", "Oghuz", "unknown"),
                List.copyOf(
                        typology.byGroup(Grouping.BRANCH, Setting.MONOLINGUAL).keySet()));
        assertEquals(Map.of(), typology.byGroup(Grouping.FAMILY, Setting.MULTILINGUAL));
    }

    @Test
    void groupsPairs() {
        Map<String, Map<String, Group>> families = Typology.of(report()).byPair(Grouping.FAMILY);
        Group within = families.get("Indo-European").get("Indo-European");
        // de-en .7 and en-de .6, without the diagonal
        assertEquals(2, within.size());
        assertEquals(.65, within.means().get("AP"), 1e-15);
        assertEquals(.25, families.get("Indo-European").get("Turkic").means().get("AP"), 1e-15);
        assertEquals(.45, families.get("Turkic").get("Indo-European").means().get("AP"), 1e-15);
        assertFalse(families.get("Turkic").containsKey("Turkic"));
        assertEquals(1, families.get("Turkic").get("unknown").size());
    }

    @Test
    void correlatesWithDistance() {
        Typology.DistanceCorrelation correlation = Typology.of(report()).correlation();
        // distances 5/11 5/11 1 1 1 1: ranks 1.5 1.5 4.5 4.5 4.5 4.5; AP .7 .6 .2 .3 .4 .5: ranks 6 5 1 2 3 4
        // deviations -2 -2 1 1 1 1 and 2.5 1.5 -2.5 -1.5 -.5 .5: covariance -12, variances 12 and 17.5
        assertEquals(6, correlation.pairs());
        assertEquals(-12 / Math.sqrt(12 * 17.5), correlation.spearman().orElseThrow(), 1e-15);
    }

    @Test
    void sectionIsPlain() {
        Map<String, Object> map = Typology.of(report()).toMap();
        assertEquals(List.of("languages", "unknown", "groups", "distance"), List.copyOf(map.keySet()));
        assertEquals(
                "{name=German, iso639_3=deu, family=Indo-European, branch=Germanic, script=Latin}",
                ((Map<?, ?>) map.get("languages")).get("de").toString());
        Map<?, ?> groups = (Map<?, ?>) map.get("groups");
        assertEquals("[family, branch, script]", groups.keySet().toString());
        Map<?, ?> families = (Map<?, ?>) groups.get("family");
        assertEquals("[monolingual, cross_lingual]", families.keySet().toString());
        assertEquals(
                "{languages=1, AP=0.6}",
                ((Map<?, ?>) families.get("monolingual")).get("Turkic").toString());
        Map<?, ?> distance = (Map<?, ?>) map.get("distance");
        assertEquals("[measure, pairs, spearman, per_pair]", distance.keySet().toString());
        assertEquals("AP", distance.get("measure"));
        Map<?, ?> perPair = (Map<?, ?>) distance.get("per_pair");
        assertEquals("[de, en, tr]", perPair.keySet().toString());
        assertEquals("{de=1.0, en=1.0}", perPair.get("tr").toString());
    }

    @Test
    void withoutCrossLingualResults() {
        Report whole = report();
        Report report = new Report(
                LANGUAGES,
                whole.measures(),
                whole.pools(),
                whole.questions(),
                Map.of(Setting.MONOLINGUAL, whole.settings().get(Setting.MONOLINGUAL)),
                Optional.empty());
        Typology typology = Typology.of(report);
        assertEquals(new Typology.DistanceCorrelation(0, OptionalDouble.empty()), typology.correlation());
        Map<?, ?> distance = (Map<?, ?>) typology.toMap().get("distance");
        assertTrue(distance.containsKey("spearman"));
        assertNull(distance.get("spearman"));
    }

    @Test
    void measureIsOneOfTheReports() {
        Report report = new Report(
                LANGUAGES,
                List.of("RankDistance", "RR", "AP"),
                Map.of(),
                Map.of(),
                new EnumMap<>(Setting.class),
                Optional.empty());
        assertEquals("RR", Typology.of(report).measure());
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Typology(report, "nDCG"));
        assertEquals("measure [nDCG] is not in the report, which has [RankDistance, RR, AP]", e.getMessage());
    }

    @Test
    void printed() {
        Typology typology = Typology.of(report());
        assertTrue(TypologyTable.tells(typology));
        assertEquals("""
                AP by family of the question's language
                family         languages    mono  cross, same family  cross, other family
                Indo-European      de en  0.8500              0.6500               0.1750
                Turkic                tr  0.6000                   -               0.3333
                unknown              qqq  0.5000                   -               0.1000
                Cross-lingual AP against genealogical distance: Spearman's rho -0.828 over 6 ordered pairs of languages
                Not in the table of languages, so without family and distance: qqq
                """, TypologyTable.render(typology));
        Report alone = new Report(
                List.of("de", "en"), List.of("AP"), Map.of(), Map.of(), new EnumMap<>(Setting.class), Optional.empty());
        assertFalse(TypologyTable.tells(Typology.of(alone)));
    }
}

package org.hybridir.page;

import static org.hybridir.page.Results.all;
import static org.hybridir.page.Results.object;
import static org.hybridir.page.Results.parse;
import static org.hybridir.page.Results.report;
import static org.hybridir.page.Results.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

class HtmlPageTest {
    private static Element page(Map<String, Object> result) {
        return parse(HtmlPage.render(result)).getDocumentElement();
    }

    private static Element section(Element page, String title) {
        for (Element section : all(page, "section")) {
            if (all(section, "h2").get(0).getTextContent().equals(title)) {
                return section;
            }
        }
        throw new AssertionError("no section [" + title + "] among " + titles(page));
    }

    private static List<String> titles(Element page) {
        return all(page, "h2").stream().map(Element::getTextContent).toList();
    }

    private static List<String> table(Element section, int which) {
        return rows(all(section, "table").get(which));
    }

    @Test
    void saysWhatWasEvaluated() {
        Element page = page(Results.small());
        assertEquals("tiny on proverbs", all(page, "title").get(0).getTextContent());
        assertEquals("tiny on proverbs", all(page, "h1").get(0).getTextContent());
        Element header = all(page, "header").get(0);
        assertEquals(
                "tiny ranked 1,500 passages for 5 questions in 2 languages.",
                all(header, "p").get(0).getTextContent());
        assertEquals(
                List.of(
                        "tiny",
                        "0a1b2c",
                        "8",
                        "proverbs",
                        "Arabic (ar), German (de)",
                        "passages 61.5 s, questions 1.3 s, ranking 0.0 s"),
                all(header, "dd").stream().map(Element::getTextContent).toList());
    }

    @Test
    void saysWhatANodeEvaluated() {
        Map<String, Object> result = Results.small();
        result.remove("collection");
        result.remove("took_ms");
        result.put("took", 2500);
        result.put("phases_ms", Map.of("encoding", 2000));
        result.put("passages", Map.of("index", "proverbs-1", "shards", 3));
        result.put("questions", Map.of("index", "proverbs-1-questions", "evaluated", 5, "truncated", 2));
        result.put("left_out", Map.of("passages_without_vector", 7));
        Element page = page(result);
        assertEquals("tiny on proverbs-1", all(page, "h1").get(0).getTextContent());
        List<String> facts = all(all(page, "header").get(0), "dd").stream()
                .map(Element::getTextContent)
                .toList();
        assertTrue(
                facts.containsAll(List.of("proverbs-1, 3 shards", "proverbs-1-questions", "2.5 s: encoding 2.0 s")),
                "" + facts);
        List<String> left = table(section(page, "What was left out"), 0);
        assertTrue(
                left.containsAll(List.of("questions cut at the encoder's limit|2", "passages without vector|7")),
                "" + left);
    }

    @Test
    void tables() {
        Element page = page(Results.small());
        assertEquals(
                List.of(
                        "setting|AP|RankDistance|mean of|rankings",
                        "monolingual|0.750|–|2 languages|4",
                        "cross-lingual|0.250|–|2 pairs|4",
                        "multilingual|0.400|710.3|2 languages|5"),
                table(section(page, "Summary"), 0));
        assertEquals(
                List.of(
                        "|AP|RankDistance",
                        "language|passages|questions|mono|cross|multi|multi",
                        "Arabic (ar)|1,200|2|0.500|0.125|0.300|1,210.5",
                        "German (de)|300|3|1.000|0.375|0.500|210.0"),
                table(section(page, "By question language"), 0));
        assertEquals(
                List.of("question / passage|ar|de", "ar|90.0|10.0", "de|35.0|65.0", "pool|80.0|20.0"),
                table(section(page, "Languages of the first 10 places"), 0));
        Element family = section(page, "By family");
        assertEquals(
                List.of(
                        "|monolingual|multilingual", "family|languages|AP|AP|RankDistance",
                        "Afro-Asiatic|1|0.500|0.300|1,210.5", "Indo-European|1|1.000|0.500|210.0"),
                table(family, 0));
        assertEquals(
                List.of(
                        "question / passage|Afro-Asiatic|Indo-European",
                        "Afro-Asiatic|–|0.125",
                        "Indo-European|0.375|–"),
                table(family, 1));
        assertEquals(
                List.of(
                        "what|how many",
                        "monolingual: rankings without a relevant passage in the pool|1",
                        "cross-lingual: rankings without a relevant passage in the pool|1",
                        "multilingual: rankings without a relevant passage in the pool|0",
                        "passages cut at the encoder's limit|3",
                        "questions cut at the encoder's limit|0"),
                table(section(page, "What was left out"), 0));
    }

    @Test
    void theHeatMapRunsFromLightToDark() {
        Element pairs = section(page(Results.small()), "Language pairs");
        assertEquals(List.of("question / passage|ar|de", "ar|0.500|0.125", "de|0.375|1.000"), table(pairs, 0));
        List<Element> cells = all(pairs, "td");
        assertEquals("background:#f2f6fa;color:#000", cells.get(1).getAttribute("style"));
        assertEquals("background:#093056;color:#fff", cells.get(3).getAttribute("style"));
        List<Element> legend = all(pairs, "span");
        assertEquals(
                List.of("0.125", "0.344", "0.563", "0.781", "1.000"),
                legend.stream().map(Element::getTextContent).toList());
        assertEquals("background:#093056;color:#fff", legend.get(4).getAttribute("style"));
    }

    /** Bars in the order of their values; the longest one fills the room, 320 - (16 + 7 * 11) - 56 of 320 pixels. */
    @Test
    void barsOfRankDistance() {
        Element section = section(page(Results.small()), "Rank distance");
        List<Element> bars = all(section, "rect");
        assertEquals(
                List.of("9.27%", "53.44%"),
                bars.stream().map(bar -> bar.getAttribute("width")).toList());
        assertEquals(
                List.of("German (de)", "210.0", "Arabic (ar)", "1,210.5"),
                all(section, "text").stream().map(Element::getTextContent).toList());
    }

    @Test
    void ranksOfTheRelevantPassages() {
        Element section = section(page(Results.small()), "Where the relevant passages stand");
        assertEquals(
                List.of(
                        "|percent on ranks|", "language|rank 1|11–50|101–500|1,001–5,000|passages",
                        "Arabic (ar)|25.0|50.0|0.0|25.0|4", "German (de)|75.0|0.0|12.5|12.5|8"),
                table(section, 0));
        List<String> segments = all(section, "rect").stream()
                .map(Element::getTextContent)
                .filter(text -> !text.isEmpty())
                .toList();
        assertEquals(
                List.of(
                        "rank 1: 25 %",
                        "11–50: 50 %", "1,001–5,000: 25 %", "rank 1: 75 %", "101–500: 13 %", "1,001–5,000: 13 %"),
                segments);
    }

    @Test
    void distances() {
        Element section = section(page(Results.small()), "Distance between languages");
        assertEquals(
                List.of("ar / de", "de / ar"),
                all(section, "circle").stream().map(Element::getTextContent).toList());
        assertEquals(List.of("distance|pairs|mean AP", "1.00|2|0.250"), table(section, 0));
        assertFalse(section.getTextContent().contains("Spearman"), "null in the result");
    }

    /** Each text in its own language and direction; a passage without text is shown by its id. */
    @Test
    void theHardestQuestions() {
        Element section = section(page(Results.small()), "The hardest questions");
        Element question = all(section, "h3").get(0);
        assertEquals("ar", question.getAttribute("lang"));
        assertEquals("auto", question.getAttribute("dir"));
        assertEquals(
                "Arabic (ar), question q1, AP 0.0125. Relevant passages: de on rank 4, ar not retrieved.",
                all(section, "p").get(1).getTextContent());
        assertEquals(
                List.of(
                        "rank|passage|language|relevant|score",
                        "1|الصبر مفتاح الفرج|ar|no|0.750",
                        "2|Ohne Fleiß kein Preis.|de|relevant|0.500",
                        "3|p9|de|no|−0.500"),
                table(section, 0));
        Element passage = all(all(section, "tr").get(1), "td").get(0);
        assertEquals("ar", passage.getAttribute("lang"));
        assertEquals("auto", passage.getAttribute("dir"));
    }

    @Test
    void aLongTextIsCutBetweenWords() {
        Map<String, Object> result = Results.small();
        String words = "palabra ".repeat(100);
        @SuppressWarnings("unchecked")
        Map<String, Object> worst = ((List<Map<String, Object>>) report(result).get("worst")).get(0);
        worst.put("text", words);
        Element question =
                all(section(page(result), "The hardest questions"), "h3").get(0);
        assertEquals("palabra ".repeat(40) + "…", question.getTextContent());
    }

    @Test
    void sectionsThatTheResultLacksLeaveNoHole() {
        Element page = page(Results.bare());
        assertEquals(
                List.of(
                        "How to read this",
                        "Summary",
                        "By question language",
                        "What was left out",
                        "How this was measured"),
                titles(page));
        assertEquals("An encoder", all(page, "h1").get(0).getTextContent());
        assertTrue(page.getTextContent().contains("Ranks are exact"), "says how it was measured");
        assertEquals(
                List.of("language|passages|questions|mono", "ar|1,200|2|0.500", "de|300|3|1.000"),
                table(section(page, "By question language"), 0).subList(1, 4));
    }

    @Test
    void searchSaysWhereItWasCut() {
        Map<String, Object> result = Results.small();
        result.put("search", Map.of("k", 100));
        Element page = page(result);
        String text = section(page, "Search, not exact ranking").getTextContent();
        assertTrue(text.contains("at most 100 passages for a question (k = 100)"), text);
        assertFalse(page.getTextContent().contains("Ranks are exact"), "ranks of a search are not");
    }

    @Test
    void everyTextIsEscaped() {
        String evil = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>&amp;\u0000]]>";
        @SuppressWarnings("unchecked")
        Map<String, Object> result = (Map<String, Object>) Results.reworded(Results.small(), word -> word + evil);
        assertTrue(result.get("collection").toString().contains("<script>"), "" + result);
        Element page = page(result);
        assertEquals(List.of(), all(page, "script"));
        assertEquals(List.of(), all(page, "img"));
        for (Element element : all(page, "*")) {
            NamedNodeMap attributes = element.getAttributes();
            for (int i = 0; i < attributes.getLength(); i++) {
                String name = attributes.item(i).getNodeName();
                assertFalse(name.startsWith("on") || name.equals("src"), name);
            }
        }
        String shown = evil.replace('\u0000', '\uFFFD');
        assertEquals(
                "tiny" + shown + " on proverbs" + shown, all(page, "h1").get(0).getTextContent());
        for (String word :
                List.of("0a1b2c", "Arabic", "Afro-Asiatic", "q1", "p9", "Ohne Fleiß kein Preis.", "من جدّ؟")) {
            assertTrue(page.getTextContent().contains(word + shown), word);
        }
        assertEquals(titles(page(Results.small())), titles(page));
    }

    @Test
    void needsNothingElse() {
        Map<String, Object> result = Results.small();
        String html = HtmlPage.render(result);
        Element page = page(result);
        assertEquals("en", page.getAttribute("lang"));
        for (Element element : all(page, "*")) {
            assertFalse(
                    Set.of("script", "link", "img", "iframe", "object").contains(element.getTagName()),
                    element.getTagName());
        }
        Set<String> ids = new HashSet<>();
        all(page, "section")
                .forEach(section -> assertTrue(ids.add("#" + section.getAttribute("id")), "ids differ: " + ids));
        assertEquals(
                ids,
                Set.copyOf(
                        all(page, "a").stream().map(a -> a.getAttribute("href")).toList()));
        assertFalse(html.contains("url(") || html.contains("@import"), "no picture or font from elsewhere");
    }

    @Test
    void speaksToThoseWhoDoNotSeeIt() {
        Element page = page(Results.small());
        for (Element head : all(page, "th")) {
            assertTrue(Set.of("row", "col", "colgroup").contains(head.getAttribute("scope")), head.getTextContent());
        }
        List<String> names = new ArrayList<>();
        for (Element svg : all(page, "svg")) {
            assertEquals("title", svg.getFirstChild().getNodeName());
            assertEquals("desc", svg.getFirstChild().getNextSibling().getNodeName());
            names.add(all(svg, "title").get(0).getTextContent());
        }
        assertEquals(
                List.of(
                        "Rank distance by question language",
                        "Ranks of the relevant passages by their language",
                        "AP over the distance between languages"),
                names);
    }

    @Test
    void refusesWhatIsNoResult() {
        IllegalArgumentException none =
                assertThrows(IllegalArgumentException.class, () -> HtmlPage.render(Map.of("took", 1)));
        assertEquals("a result of an evaluation has an object [report], this one has [null]", none.getMessage());
        Map<String, Object> broken = Results.small();
        object(broken, "typology").put("groups", "Uralic");
        IllegalArgumentException other = assertThrows(IllegalArgumentException.class, () -> HtmlPage.render(broken));
        assertEquals("a result of an evaluation has an object [groups], this one has [Uralic]", other.getMessage());
    }
}

package org.hybridir.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownPageTest {
    @Test
    void theSameTables() {
        String page = MarkdownPage.render(Results.small());
        assertTrue(
                page.startsWith(
                        "# tiny on proverbs\n\ntiny ranked 1,500 passages for 5 questions in 2 languages.\n\n* **Encoder**: tiny\n"),
                page);
        assertContains(page, """
                | setting | AP | RankDistance | mean of | rankings |
                | :-- | --: | --: | --: | --: |
                | monolingual | 0.750 | – | 2 languages | 4 |
                | cross-lingual | 0.250 | – | 2 pairs | 4 |
                | multilingual | 0.400 | 710.3 | 2 languages | 5 |
                """);
        assertContains(page, """
                | language | passages | questions | AP mono | AP cross | AP multi | RankDistance multi |
                | :-- | --: | --: | --: | --: | --: | --: |
                | Arabic (ar) | 1,200 | 2 | 0.500 | 0.125 | 0.300 | 1,210.5 |
                """);
        assertContains(page, """
                | question / passage | ar | de |
                | :-- | --: | --: |
                | ar | 0.500 | 0.125 |
                | de | 0.375 | 1.000 |
                """);
        assertContains(page, """
                ## Rank distance
                """);
        assertContains(page, """
                | question language | rank distance |
                | :-- | --: |
                | German (de) | 210.0 |
                | Arabic (ar) | 1,210.5 |
                """);
        assertContains(page, "| 2 | Ohne Fleiß kein Preis. | de | relevant | 0.500 |\n");
    }

    private static void assertContains(String page, String part) {
        assertTrue(page.contains(part), part + "stands in\n" + page);
    }

    @Test
    void noTextMeansAnything() {
        String evil = "|a\n# b*c*<b>`[x](y)$z$";
        @SuppressWarnings("unchecked")
        Map<String, Object> result = (Map<String, Object>) Results.reworded(Results.small(), word -> word + evil);
        String page = MarkdownPage.render(result);
        assertContains(page, "tiny\\|a \\# b\\*c\\*&lt;b&gt;\\`\\[x\\](y)\\$z\\$ on proverbs");
        List<String> clean = kinds(MarkdownPage.render(Results.small()));
        assertEquals(clean, kinds(page));
        assertFalse(page.contains("<b>"), page);
    }

    /** What each line is: a heading, a row of so many cells, a term, or text. */
    private static List<String> kinds(String page) {
        return page.lines()
                .map(line -> line.startsWith("| ")
                        ? "row "
                                + line.replaceAll("\\\\\\|", "")
                                        .chars()
                                        .filter(c -> c == '|')
                                        .count()
                        : line.replaceFirst("(?s)[^#* ].*", ""))
                .toList();
    }
}

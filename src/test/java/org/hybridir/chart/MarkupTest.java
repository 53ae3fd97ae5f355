package org.hybridir.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MarkupTest {
    @Test
    void elementsAttributesAndText() {
        Markup markup = new Markup()
                .open("p", "class", "a", "n", 2)
                .element("b", "x")
                .text(" & y")
                .close();
        assertEquals("<p class=\"a\" n=\"2\"><b>x</b> &amp; y</p>", markup.toString());
        assertEquals("<br/>", new Markup().empty("br").toString());
    }

    @Test
    void valuesAreEscaped() {
        String evil = "\"'<>&";
        assertEquals(
                "<p a=\"&quot;&#39;&lt;&gt;&amp;\">&quot;&#39;&lt;&gt;&amp;</p>",
                new Markup().element("p", evil, "a", evil).toString());
    }

    /** A NUL, a C1 control, a lone surrogate; a pair of surrogates is a character. */
    @Test
    void whatXmlForbidsIsReplaced() {
        assertEquals("a\uFFFDb\uFFFD\uFFFD \uD83D\uDE00\t\n", Markup.escape("a\u0000b\u0085\uD83D \uD83D\uDE00\t\n"));
    }

    @Test
    void refusesHalfAnElement() {
        Markup open = new Markup().open("p");
        assertEquals(
                "element [p] is not closed",
                assertThrows(IllegalStateException.class, open::toString).getMessage());
        Markup odd = new Markup();
        assertEquals(
                "element [p] needs a value for each attribute, not [1] strings",
                assertThrows(IllegalArgumentException.class, () -> odd.open("p", "class"))
                        .getMessage());
    }
}

package org.hybridir.chart;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes elements, attributes and text that are well-formed XML and read the same as HTML5. Whatever is given as a value or
 * text is escaped, so that names and passages from anywhere cannot become markup.
 */
public final class Markup {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    /**
     * Starts an element.
     *
     * @param attributes name, value, name, value, ...; values by {@link Object#toString()}, numbers best formatted before
     */
    public Markup open(String element, Object... attributes) {
        start(element, attributes);
        out.append('>');
        open.push(element);
        return this;
    }

    /** Ends the element that was opened last. */
    public Markup close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** An element without content: of SVG, or one of HTML that never has any, such as {@code meta}. */
    public Markup empty(String element, Object... attributes) {
        start(element, attributes);
        out.append("/>");
        return this;
    }

    /** An element with a text. */
    public Markup element(String element, String text, Object... attributes) {
        return open(element, attributes).text(text).close();
    }

    public Markup text(String text) {
        out.append(escape(text));
        return this;
    }

    /** Text that is written as it is: a style sheet of our own, a document type, a line feed for those who read the source. */
    public Markup verbatim(String text) {
        out.append(text);
        return this;
    }

    private void start(String element, Object... attributes) {
        if (attributes.length % 2 != 0) {
            throw new IllegalArgumentException("element [" + element + "] needs a value for each attribute, not ["
                    + attributes.length + "] strings");
        }
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            out.append(escape(attributes[i + 1].toString())).append('"');
        }
    }

    /** What was written. Throws IllegalStateException if an element is still open. */
    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("element [" + open.peek() + "] is not closed");
        }
        return out.toString();
    }

    /** Characters that mean something in markup as entities; what XML forbids, and lone surrogates, as U+FFFD. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean allowed(int c) {
        boolean control = c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c >= 0x7F && c < 0xA0;
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return !control && !surrogate && c != 0xFFFE && c != 0xFFFF;
    }
}

package org.hybridir.collection;

import java.util.List;

/** Makes passages, each a text to encode, of a document. */
@FunctionalInterface
public interface Passages {
    /** One passage, the title before the text; the encoder sees as much of it as its limit allows. */
    Passages WHOLE = (language, title, text) -> List.of(titled(title, text));

    /**
     * @param title empty if there is none
     * @return at least one
     */
    List<String> of(String language, String title, String text);

    /** A title before a text, a blank between them, as BEIR's own models are given it. */
    static String titled(String title, String text) {
        return (title + " " + text).strip();
    }
}

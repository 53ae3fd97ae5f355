package org.hybridir.chart;

/**
 * A drawing in a page: one {@code svg} element with a title and a description for those who cannot see it. The page's style
 * sheet says what the classes {@code bar}, {@code part}, {@code grid}, {@code point} and {@code plot} look like.
 */
public interface Chart {
    void draw(Markup to);

    /**
     * Opens a drawing that is as wide as its place, see {@link LabelledRows}.
     *
     * @param height pixels
     */
    static void openWide(Markup to, String title, String description, int height) {
        to.open("svg", "xmlns", "http://www.w3.org/2000/svg", "role", "img", "width", "100%", "height", height);
        name(to, title, description);
    }

    /** The title and description, which must come first in a drawing. */
    static void name(Markup to, String title, String description) {
        to.element("title", title).element("desc", description);
    }
}

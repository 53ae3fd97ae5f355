package org.hybridir.chart;

/** A drawing: one {@code svg} element with a title and a description for those who cannot see it. */
public interface Chart {
    void draw(Markup to);

    /**
     * Opens a drawing that is as wide as its place: lengths across are percentages, so that its letters keep their size on a
     * phone; lengths down are pixels.
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

package org.hybridir.chart;

import java.util.List;
import java.util.Locale;

/**
 * Points over two axes. They are rings, so that those in the same place show as darker.
 *
 * @param title for those who cannot see it
 * @param description likewise
 * @param across what the horizontal axis is
 * @param up what the vertical axis is
 * @param points at least one
 */
public record ScatterPlot(String title, String description, String across, String up, List<Point> points)
        implements Chart {
    private static final int WIDTH = 400;
    private static final int HEIGHT = 300;
    private static final int LEFT = 44;
    private static final int TOP = 28;
    private static final int RIGHT = 12;
    private static final int BOTTOM = 44;

    /** @param name shown when pointed at */
    public record Point(String name, double x, double y) {}

    @Override
    public void draw(Markup to) {
        Axis x = Axis.over(points.stream().mapToDouble(Point::x).toArray());
        Axis y = Axis.over(points.stream().mapToDouble(Point::y).toArray());
        String box = "0 0 " + WIDTH + " " + HEIGHT;
        to.open("svg", "xmlns", "http://www.w3.org/2000/svg", "role", "img", "class", "plot", "viewBox", box);
        Chart.name(to, title, description);
        grid(to, x, y);
        for (Point point : points) {
            to.open("circle", "class", "point", "cx", right(x, point.x), "cy", down(y, point.y), "r", 3.5);
            to.element("title", point.name).close();
        }
        to.close();
    }

    private void grid(Markup to, Axis x, Axis y) {
        to.element("text", up, "x", 0, "y", 12);
        for (double tick : y.ticks()) {
            String at = down(y, tick);
            to.empty("line", "class", "grid", "x1", LEFT, "x2", WIDTH - RIGHT, "y1", at, "y2", at);
            to.element("text", Axis.label(tick), "x", LEFT - 8, "y", at, "dy", "0.35em", "text-anchor", "end");
        }
        for (double tick : x.ticks()) {
            to.element(
                    "text", Axis.label(tick), "x", right(x, tick), "y", HEIGHT - BOTTOM + 18, "text-anchor", "middle");
        }
        int middle = (LEFT + WIDTH - RIGHT) / 2;
        to.element("text", across, "x", middle, "y", HEIGHT - 6, "text-anchor", "middle");
    }

    private static String right(Axis axis, double value) {
        return pixels(LEFT + axis.share(value) * (WIDTH - LEFT - RIGHT));
    }

    private static String down(Axis axis, double value) {
        return pixels(HEIGHT - BOTTOM - axis.share(value) * (HEIGHT - TOP - BOTTOM));
    }

    static String pixels(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}

package org.hybridir.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hybridir.chart.Markup;

/**
 * The result of an evaluation as one HTML file that needs nothing else: no script, no other file, no network. It is
 * well-formed XML too.
 */
public final class HtmlPage {
    private static final String STYLE = style();

    private final Markup out = new Markup();

    private HtmlPage() {}

    /**
     * Writes the page. Parts that the result lacks are left out.
     *
     * @param result what the node's {@code _evaluate} answers or {@code hybrid-ir evaluate --json} writes
     * @throws IllegalArgumentException if it has no report, or a part of it is of another kind than it should be
     */
    public static String render(Map<String, Object> result) {
        HtmlPage html = new HtmlPage();
        html.page(Page.of(result));
        return html.out.toString();
    }

    private static String style() {
        try (InputStream in = HtmlPage.class.getResourceAsStream("page.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void page(Page page) {
        out.verbatim("<!DOCTYPE html>\n");
        out.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
        head(page.title());
        out.open("body").verbatim("\n").open("header");
        out.element("h1", page.title());
        out.element("p", page.lead(), "class", "lead");
        terms(page.facts(), "facts");
        out.close().verbatim("\n");
        contents(page.sections());
        out.open("main").verbatim("\n");
        page.sections().forEach(this::section);
        out.close().close().close().verbatim("\n");
    }

    private void head(String title) {
        out.open("head").empty("meta", "charset", "utf-8");
        out.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        out.element("title", title);
        out.open("style").verbatim(STYLE).close().close().verbatim("\n");
    }

    private void contents(List<Section> sections) {
        out.open("nav", "aria-label", "Contents").open("ul");
        for (Section section : sections) {
            out.open("li")
                    .element("a", section.title(), "href", "#" + section.id())
                    .close();
        }
        out.close().close().verbatim("\n");
    }

    private void section(Section section) {
        out.open("section", "id", section.id());
        out.element("h2", section.title()).verbatim("\n");
        section.blocks().forEach(block -> block(block, section.title()));
        out.close().verbatim("\n");
    }

    private void block(Block block, String title) {
        switch (block) {
            case Block.Prose prose -> out.element("p", prose.text());
            case Block.Terms terms -> terms(terms, "terms");
            case Block.Quote quote -> text("h3", quote.cell());
            case Block.Figure figure -> figure(figure);
            case Table table -> table(table, table.grouped() ? "groups" : "plain", title);
            case HeatMap map -> heatMap(map, title);
        }
        out.verbatim("\n");
    }

    private void terms(Block.Terms terms, String kind) {
        out.open("dl", "class", kind);
        terms.terms().forEach((term, meaning) -> out.element("dt", term).element("dd", meaning));
        out.close();
    }

    private void text(String element, Cell cell) {
        if (cell.language().isPresent()) {
            out.element(element, cell.text(), "lang", cell.language().get(), "dir", "auto");
        } else {
            out.element(element, cell.text());
        }
    }

    private void figure(Block.Figure figure) {
        out.open("figure");
        figure.chart().draw(out);
        out.open("details").element("summary", "The same in numbers");
        table(figure.values(), "plain", figure.values().caption());
        out.close().close();
    }

    private void heatMap(HeatMap map, String title) {
        table(map.table(), "heat", title);
        out.open("p", "class", "legend").text("Shades from least to greatest: ");
        for (Cell cell : map.legend()) {
            out.element("span", cell.text(), "style", style(cell)).text(" ");
        }
        out.close();
    }

    /** @param name for those who hear it; the caption if it has one */
    private void table(Table table, String kind, String name) {
        String label = table.caption().isEmpty() ? name : table.caption();
        out.open("div", "class", "wide", "role", "region", "tabindex", 0, "aria-label", label);
        out.open("table", "class", kind);
        if (!table.caption().isEmpty()) {
            out.element("caption", table.caption());
        }
        out.open("thead");
        if (table.grouped()) {
            groups(table.columns());
        }
        out.open("tr");
        table.columns().forEach(column -> out.element("th", column.title(), "scope", "col", "class", kind(column)));
        out.close().close().open("tbody");
        table.rows().forEach(row -> row(row, table.columns()));
        out.close().close().close();
    }

    private void groups(List<Table.Column> columns) {
        out.open("tr");
        for (int from = 0; from < columns.size(); ) {
            String group = columns.get(from).group();
            int to = from;
            while (to < columns.size() && columns.get(to).group().equals(group)) {
                to++;
            }
            if (group.isEmpty()) {
                out.open("td", "colspan", to - from).close();
            } else {
                out.element("th", group, "scope", "colgroup", "colspan", to - from);
            }
            from = to;
        }
        out.close();
    }

    private void row(List<Cell> row, List<Table.Column> columns) {
        out.open("tr");
        for (int i = 0; i < row.size(); i++) {
            cell(row.get(i), columns.get(i), i == 0);
        }
        out.close().verbatim("\n");
    }

    private void cell(Cell cell, Table.Column column, boolean head) {
        if (head) {
            out.element("th", cell.text(), "scope", "row", "class", kind(column));
        } else if (cell.shade().isPresent()) {
            out.element("td", cell.text(), "class", kind(column), "style", style(cell));
        } else if (cell.language().isPresent()) {
            out.element(
                    "td",
                    cell.text(),
                    "class",
                    kind(column),
                    "lang",
                    cell.language().get(),
                    "dir",
                    "auto");
        } else {
            out.element("td", cell.text(), "class", kind(column));
        }
    }

    private static String kind(Table.Column column) {
        return switch (column.kind()) {
            case NUMBER -> "number";
            case WORD -> "word";
            case PASSAGE -> "passage";
        };
    }

    private static String style(Cell cell) {
        return cell.shade()
                .map(shade -> "background:" + shade.fill() + ";color:" + shade.ink())
                .orElse("");
    }
}

package org.hybridir.page;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The result of an evaluation in GitHub's Markdown, without pictures. */
public final class MarkdownPage {
    private final StringBuilder out = new StringBuilder();

    private MarkdownPage() {}

    /** Writes the page: the same as {@link HtmlPage#render}, with charts as tables. */
    public static String render(Map<String, Object> result) {
        Page page = Page.of(result);
        MarkdownPage markdown = new MarkdownPage();
        markdown.line("# " + escape(page.title()));
        markdown.line(escape(page.lead()));
        markdown.terms(page.facts());
        page.sections().forEach(markdown::section);
        return markdown.out.toString().stripTrailing() + "\n";
    }

    private void section(Section section) {
        line("## " + escape(section.title()));
        section.blocks().forEach(this::block);
    }

    private void block(Block block) {
        switch (block) {
            case Block.Prose prose -> line(escape(prose.text()));
            case Block.Terms terms -> terms(terms);
            case Block.Quote quote -> line("### " + escape(quote.cell().text()));
            case Block.Figure figure -> table(figure.values());
            case Table table -> table(table);
            case HeatMap map -> table(map.table());
        }
    }

    private void terms(Block.Terms terms) {
        terms.terms().forEach((term, meaning) -> out.append("* **")
                .append(escape(term))
                .append("**: ")
                .append(escape(meaning))
                .append('\n'));
        out.append('\n');
    }

    private void table(Table table) {
        if (!table.caption().isEmpty()) {
            line(escape(table.caption()));
        }
        row(table.columns().stream().map(MarkdownPage::title).toList());
        row(table.columns().stream()
                .map(column -> column.kind() == Table.Kind.NUMBER ? "--:" : ":--")
                .toList());
        table.rows()
                .forEach(
                        row -> row(row.stream().map(cell -> escape(cell.text())).toList()));
        out.append('\n');
    }

    private static String title(Table.Column column) {
        return escape((column.group() + " " + column.title()).strip());
    }

    private void row(List<String> cells) {
        out.append(cells.stream().collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    private void line(String text) {
        out.append(text).append("\n\n");
    }

    /** One line in which no character means anything to Markdown, nor to the HTML that it allows. */
    static String escape(String text) {
        return text.replaceAll("\\s+", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("[\\\\`*_{}\\[\\]#|~!$]", "\\\\$0");
    }
}

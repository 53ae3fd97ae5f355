package org.hybridir.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The questions with the lowest multilingual average precision, each with what stood first instead. */
final class WorstQuestions {
    private final List<Part> questions;
    private final LanguageNames names;

    WorstQuestions(Part report, LanguageNames names) {
        this.questions = report.list("worst");
        this.names = names;
    }

    Optional<Section> section() {
        if (questions.isEmpty()) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new Block.Prose("Those with the lowest average precision in the multilingual setting, with the passages"
                        + " that were ranked first."));
        questions.forEach(question -> add(question, blocks));
        return Optional.of(new Section("The hardest questions", blocks));
    }

    private void add(Part question, List<Block> blocks) {
        String language = question.text("language").orElse("");
        String id = question.text("id").orElse("");
        blocks.add(new Block.Quote(Cell.excerpt(question.text("text").orElse(id), language)));
        String golds = question.list("golds").stream()
                .sorted((a, b) -> Double.compare(rank(a), rank(b)))
                .map(gold -> gold.number("rank").map(Numbers::whole).orElse("?") + " ("
                        + gold.text("language").orElse("?") + ")")
                .collect(Collectors.joining(", "));
        blocks.add(new Block.Prose(names.label(language) + ", question " + id
                + question.number("AP")
                        .map(ap -> ", AP " + Numbers.decimals(ap, 4))
                        .orElse("")
                + (golds.isEmpty() ? "." : ". Its relevant passages stand on rank " + golds + ".")));
        List<Part> top = question.list("top");
        if (!top.isEmpty()) {
            blocks.add(table(top));
        }
    }

    private static double rank(Part gold) {
        return gold.number("rank").orElse(Double.MAX_VALUE);
    }

    private static Table table(List<Part> top) {
        List<Table.Column> columns = List.of(
                Table.Column.number("rank"),
                Table.Column.word("language"),
                Table.Column.word("relevant"),
                Table.Column.number("score"),
                Table.Column.passage("passage"));
        List<List<Cell>> rows = new ArrayList<>();
        for (Part hit : top) {
            String language = hit.text("language").orElse("");
            rows.add(List.of(
                    Cell.of(Numbers.whole(rows.size() + 1)),
                    Cell.of(language),
                    Cell.of(hit.text("relevant").orElse("false").equals("true") ? "relevant" : "no"),
                    hit.number("score")
                            .map(score -> Cell.of(Numbers.decimals(score, 3)))
                            .orElse(Cell.NOTHING),
                    Cell.excerpt(hit.text("text").or(() -> hit.text("id")).orElse(""), language)));
        }
        return new Table("", columns, rows);
    }
}

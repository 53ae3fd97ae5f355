package org.hybridir.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hybridir.measure.Report;
import org.hybridir.measure.WorstQuestion;

/** The questions with the lowest multilingual average precision, each with what stood first instead. */
final class WorstQuestions {
    private final List<WorstQuestion> questions;
    private final LanguageNames names;

    WorstQuestions(Report report, LanguageNames names) {
        this.questions = report.detail().map(Report.Detail::worst).orElse(List.of());
        this.names = names;
    }

    Optional<Section> section() {
        if (questions.isEmpty()) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Prose("Those with the lowest average precision in the multilingual setting, each with the"
                + " passages that were ranked first."));
        questions.forEach(question -> add(question, blocks));
        return Optional.of(new Section("The hardest questions", blocks));
    }

    private void add(WorstQuestion question, List<Block> blocks) {
        blocks.add(new Block.Quote(Cell.excerpt(question.text().orElse(question.id()), question.language())));
        blocks.add(new Block.Prose(names.label(question.language()) + ", question " + question.id() + ", AP "
                + Numbers.decimals(question.averagePrecision(), 4) + ". Relevant passages: " + golds(question) + "."));
        if (!question.top().isEmpty()) {
            blocks.add(table(question.top()));
        }
    }

    private static String golds(WorstQuestion question) {
        return question.golds().stream()
                .map(gold -> gold.language() + " "
                        + (gold.rank().isPresent()
                                ? "on rank " + Numbers.whole(gold.rank().getAsInt())
                                : "not retrieved"))
                .collect(Collectors.joining(", "));
    }

    private static Table table(List<WorstQuestion.First> top) {
        List<Table.Column> columns = List.of(
                Table.Column.number("rank"),
                Table.Column.word("language"),
                Table.Column.word("relevant"),
                Table.Column.number("score"),
                Table.Column.passage("passage"));
        List<List<Cell>> rows = new ArrayList<>();
        for (WorstQuestion.First hit : top) {
            rows.add(List.of(
                    Cell.of(Numbers.whole(rows.size() + 1)),
                    Cell.of(hit.language()),
                    Cell.of(hit.relevant() ? "relevant" : "no"),
                    Cell.of(Numbers.decimals(hit.score(), 3)),
                    Cell.excerpt(hit.text().orElse(hit.id()), hit.language())));
        }
        return new Table("", columns, rows);
    }
}

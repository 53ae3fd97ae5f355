package org.hybridir.trec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hybridir.text.FormatException;
import org.hybridir.text.Rows;

/**
 * How relevant documents are to questions: what TREC calls qrels.
 *
 * <p>A grade from 1 on says how relevant, 0 or less that a document was judged and is not. Of documents that nobody judged
 * nothing is known; all measures take them for not relevant.
 */
public final class Judgements {
    private final Map<String, Map<String, Integer>> byQuestion;

    /** @param byQuestion question to document to grade */
    public Judgements(Map<String, Map<String, Integer>> byQuestion) {
        Map<String, Map<String, Integer>> copy = new LinkedHashMap<>();
        byQuestion.forEach(
                (question, grades) -> copy.put(question, Collections.unmodifiableMap(new LinkedHashMap<>(grades))));
        this.byQuestion = Collections.unmodifiableMap(copy);
    }

    /**
     * Reads TREC's format, {@code question iteration document grade} between white space.
     *
     * @throws FormatException if a line has other columns, or a document is judged twice for a question
     */
    public static Judgements readTrec(Path file) throws IOException {
        Collector collector = new Collector();
        Rows.read(file, Rows.WHITE_SPACE, row -> {
            row.requireColumns("question", "iteration", "document", "grade");
            collector.add(row, row.cell(0), row.cell(2), row.number(3));
        });
        return collector.judgements();
    }

    /**
     * Reads BEIR's format, {@code query-id, corpus-id, score} between tabs, these names on the first line.
     *
     * @throws FormatException if a line has other columns, or a document is judged twice for a question
     */
    public static Judgements readBeir(Path file) throws IOException {
        Collector collector = new Collector();
        Rows.read(file, Rows.TAB, row -> {
            row.requireColumns("query-id", "corpus-id", "score");
            if (row.number() > 1 || !row.cell(2).equals("score")) {
                collector.add(row, row.cell(0), row.cell(1), row.number(2));
            }
        });
        return collector.judgements();
    }

    private static final class Collector {
        private final Map<String, Map<String, Integer>> byQuestion = new LinkedHashMap<>();

        void add(Rows.Row row, String question, String document, int grade) throws FormatException {
            Map<String, Integer> grades = byQuestion.computeIfAbsent(question, id -> new LinkedHashMap<>());
            if (grades.putIfAbsent(document, grade) != null) {
                throw row.wrong("document [" + document + "] is judged twice for question [" + question + "]");
            }
        }

        Judgements judgements() {
            return new Judgements(byQuestion);
        }
    }

    /** The text of a file in TREC's format. */
    public String toTrec() {
        StringBuilder text = new StringBuilder();
        byQuestion.forEach((question, grades) -> grades.forEach((document, grade) -> text.append(question)
                .append(" 0 ")
                .append(document)
                .append(' ')
                .append(grade)
                .append('\n')));
        return text.toString();
    }

    /** The questions that have a judgement, in the order of the file. */
    public Set<String> questions() {
        return byQuestion.keySet();
    }

    /** The documents that are relevant to a question, with their grades; empty if there is none. */
    public Map<String, Integer> relevant(String question) {
        Map<String, Integer> relevant = new LinkedHashMap<>(byQuestion.getOrDefault(question, Map.of()));
        relevant.values().removeIf(grade -> grade < 1);
        return relevant;
    }

    /** The same by document: document to the questions that it is relevant to, with the grades. */
    public Map<String, Map<String, Integer>> relevantByDocument() {
        Map<String, Map<String, Integer>> byDocument = new LinkedHashMap<>();
        for (String question : byQuestion.keySet()) {
            relevant(question).forEach((document, grade) -> byDocument
                    .computeIfAbsent(document, id -> new LinkedHashMap<>())
                    .put(question, grade));
        }
        return byDocument;
    }

    /** How many judgements there are, those of grade 0 included. */
    public int size() {
        return byQuestion.values().stream().mapToInt(Map::size).sum();
    }

    /** How many documents are relevant to a question, summed over the questions. */
    public int relevantCount() {
        return byQuestion.keySet().stream()
                .mapToInt(question -> relevant(question).size())
                .sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Judgements that && byQuestion.equals(that.byQuestion);
    }

    @Override
    public int hashCode() {
        return byQuestion.hashCode();
    }

    @Override
    public String toString() {
        return byQuestion.toString();
    }
}

package org.hybridir.collection;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hybridir.trec.Judgements;

/**
 * Questions, passages and, through {@link Passage#grades()}, judgements.
 *
 * @param name such as {@code xquad-r}
 * @param languages in alphabetical order
 * @param questions of all languages
 * @param passages of all languages: the multilingual candidate pool; those of one document follow each other
 * @param leftOut what was found in the files and does not take part, such as an empty text: how many, by the reason
 */
public record TestCollection(
        String name,
        List<String> languages,
        List<Question> questions,
        List<Passage> passages,
        Map<String, Integer> leftOut) {
    /** The reason in {@code leftOut} that changes measures: with fewer relevant documents they come out higher. */
    public static final String LACKING = "relevant judgements of documents that the corpus lacks";

    public TestCollection {
        languages = List.copyOf(languages);
        questions = List.copyOf(questions);
        passages = List.copyOf(passages);
        leftOut = Collections.unmodifiableMap(new TreeMap<>(leftOut));
    }

    /** A collection of which nothing was left out. */
    public TestCollection(String name, List<String> languages, List<Question> questions, List<Passage> passages) {
        this(name, languages, questions, passages, Map.of());
    }

    /**
     * The part in some languages.
     *
     * @throws IllegalArgumentException if a language is not in the collection
     */
    public TestCollection in(List<String> some) {
        for (String language : some) {
            if (!languages.contains(language)) {
                throw new IllegalArgumentException(
                        "unknown language [" + language + "], collection [" + name + "] has " + languages);
            }
        }
        return new TestCollection(
                name,
                languages.stream().filter(some::contains).toList(),
                questions.stream().filter(q -> some.contains(q.language())).toList(),
                passages.stream().filter(p -> some.contains(p.language())).toList(),
                leftOut);
    }

    /** Candidates of each language, in the order of the languages. A document in several passages is one. */
    public int[] poolSizes() {
        int[] sizes = new int[languages.size()];
        documentPassages().forEach(passage -> sizes[languages.indexOf(passage.language())]++);
        return sizes;
    }

    /** The first passage of each document; all passages, where each is a document of its own. */
    public List<Passage> documentPassages() {
        return IntStream.range(0, passages.size())
                .filter(this::beginsDocument)
                .mapToObj(passages::get)
                .toList();
    }

    /** Of each document the passage behind its last one. */
    public int[] documentEnds() {
        return IntStream.rangeClosed(1, passages.size())
                .filter(end -> end == passages.size() || beginsDocument(end))
                .toArray();
    }

    private boolean beginsDocument(int place) {
        return place == 0
                || !passages.get(place)
                        .documentId()
                        .equals(passages.get(place - 1).documentId());
    }

    /** Whether some document is more relevant than another. */
    public boolean graded() {
        return passages.stream().flatMap(p -> p.grades().values().stream()).anyMatch(grade -> grade > 1);
    }

    /** Whether a question is asked in several languages, so that its id does not say which of them is meant. */
    public boolean parallel() {
        return questions.stream().map(Question::id).distinct().count() < questions.size();
    }

    /**
     * The name of a question in files that know no languages: its id, and where questions are {@link #parallel()} the
     * language before it, {@code de-56be4db0acb8001400a502ec}.
     */
    public static String runId(boolean parallel, String language, String id) {
        return parallel ? language + "-" + id : id;
    }

    /** The judgements, by {@link #runId}, of the documents in all languages. */
    public Judgements judgements() {
        Map<String, Map<String, Integer>> byQuestion = new LinkedHashMap<>();
        for (Passage passage : passages) {
            passage.grades().forEach((question, grade) -> byQuestion
                    .computeIfAbsent(question, id -> new LinkedHashMap<>())
                    .put(passage.documentId(), grade));
        }
        boolean parallel = parallel();
        Map<String, Map<String, Integer>> byRunId = new LinkedHashMap<>();
        questions.forEach(question -> byRunId.put(
                runId(parallel, question.language(), question.id()), byQuestion.getOrDefault(question.id(), Map.of())));
        return new Judgements(byRunId);
    }
}

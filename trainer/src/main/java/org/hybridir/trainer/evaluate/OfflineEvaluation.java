package org.hybridir.trainer.evaluate;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.hybridir.collection.Passage;
import org.hybridir.collection.Question;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.ExactRanking;
import org.hybridir.measure.Measure;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;

/**
 * Encodes a collection and ranks it exactly, all in memory: four bytes a dimension for each passage (twice) and question.
 */
public final class OfflineEvaluation {
    /** Texts handed to the encoder at once: enough to sort by length, few enough to show progress. */
    private static final int CHUNK = 512;

    private final TestCollection collection;
    private final TextEncoder encoder;
    private final PhaseProgress progress;
    private final Map<Phase, Long> tookMillis = new EnumMap<>(Phase.class);

    public OfflineEvaluation(TestCollection collection, TextEncoder encoder, PhaseProgress progress) {
        this.collection = collection;
        this.encoder = encoder;
        this.progress = progress;
    }

    /** @param threads of the ranking; how many the encoder uses is its own business */
    public OfflineResult run(Set<Setting> settings, List<Measure> measures, int threads) throws InterruptedException {
        // before hours of encoding: refuses what cannot be evaluated
        Evaluation evaluation = new Evaluation(collection.languages(), collection.poolSizes(), settings, measures);
        Vectors passages = encode(
                Phase.PASSAGES,
                collection.passages().stream().map(Passage::text).toList(),
                TextRole.PASSAGE);
        Vectors questions = encode(
                Phase.QUESTIONS,
                collection.questions().stream().map(Question::text).toList(),
                TextRole.QUERY);
        rank(passages.vectors, questions.vectors, evaluation, threads);
        return new OfflineResult(
                collection.name(),
                withTexts(evaluation.report()),
                evaluation.questionValues(),
                passages.truncated,
                questions.truncated,
                tookMillis);
    }

    private record Vectors(float[][] vectors, int truncated) {}

    private Vectors encode(Phase phase, List<String> texts, TextRole role) {
        long start = begin(phase, texts.size());
        float[][] vectors = new float[texts.size()][];
        int truncated = 0;
        for (int from = 0; from < vectors.length; from += CHUNK) {
            List<String> chunk = texts.subList(from, Math.min(from + CHUNK, vectors.length));
            List<Encoding> encodings = encoder.encode(chunk, role);
            for (int i = 0; i < chunk.size(); i++) {
                vectors[from + i] = encodings.get(i).vector();
                truncated += encodings.get(i).truncated() ? 1 : 0;
            }
            progress.advance(chunk.size());
        }
        end(phase, start);
        return new Vectors(vectors, truncated);
    }

    private void rank(float[][] passages, float[][] questions, Evaluation evaluation, int threads)
            throws InterruptedException {
        long start = begin(Phase.RANKING, questions.length);
        ExactRanking ranking = new ExactRanking(new ExactRanking.Passages(
                passages,
                ordinals(collection.passages(), Passage::language),
                collection.passages().stream().map(Passage::id).toArray(String[]::new),
                collection.passages().stream()
                        .map(OfflineEvaluation::judgements)
                        .toList()));
        ranking.rank(
                new ExactRanking.Questions(
                        questions,
                        ordinals(collection.questions(), Question::language),
                        collection.questions().stream().map(Question::id).toArray(String[]::new)),
                collection.languages().size(),
                evaluation,
                threads,
                progress::advance);
        end(Phase.RANKING, start);
    }

    private static Map<String, Integer> judgements(Passage passage) {
        Map<String, Integer> grades = new HashMap<>();
        passage.questionIds().forEach(question -> grades.put(question, 1));
        return grades;
    }

    private Report withTexts(Report report) {
        Map<String, String> passages = new HashMap<>();
        collection.passages().forEach(passage -> passages.put(passage.id(), passage.text()));
        Map<List<String>, String> questions = new HashMap<>();
        collection
                .questions()
                .forEach(question -> questions.put(List.of(question.id(), question.language()), question.text()));
        return report.withTexts((id, language) -> questions.get(List.of(id, language)), passages::get);
    }

    private <T> int[] ordinals(List<T> all, Function<T, String> language) {
        return all.stream()
                .mapToInt(one -> collection.languages().indexOf(language.apply(one)))
                .toArray();
    }

    private long begin(Phase phase, int total) {
        progress.begin(phase, total);
        return System.nanoTime();
    }

    private void end(Phase phase, long start) {
        progress.end();
        tookMillis.put(phase, (System.nanoTime() - start) / 1_000_000);
    }
}

package org.hybridir.trainer.evaluate;

import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.hybridir.collection.Passage;
import org.hybridir.collection.Question;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.TextRole;
import org.hybridir.measure.DocumentScore;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.ExactRanking;
import org.hybridir.measure.Measure;
import org.hybridir.measure.RankingListener;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;
import org.hybridir.measure.VectorRows;

/**
 * Encodes a collection and ranks it exactly. In the heap are the texts and the questions' vectors, four bytes a dimension;
 * those of the passages, of which there may be millions, are in a {@link VectorFile}.
 */
public final class OfflineEvaluation {
    private final TestCollection collection;
    private final TextEncoder encoder;
    private final PhaseProgress progress;
    private final DocumentScore score;
    private final Map<Phase, Long> tookMillis = new EnumMap<>(Phase.class);

    public OfflineEvaluation(TestCollection collection, TextEncoder encoder, PhaseProgress progress) {
        this(collection, encoder, progress, DocumentScore.MAX);
    }

    /** @param score of a document in several passages */
    public OfflineEvaluation(
            TestCollection collection, TextEncoder encoder, PhaseProgress progress, DocumentScore score) {
        this.collection = collection;
        this.encoder = encoder;
        this.progress = progress;
        this.score = score;
    }

    /** @param threads of the ranking; how many the encoder uses is its own business */
    public OfflineResult run(Set<Setting> settings, List<Measure> measures, int threads)
            throws IOException, InterruptedException {
        return run(settings, measures, threads, question -> {});
    }

    /**
     * As above.
     *
     * @param further is told of each question too
     */
    public OfflineResult run(Set<Setting> settings, List<Measure> measures, int threads, RankingListener further)
            throws IOException, InterruptedException {
        // before hours of encoding: refuses what cannot be evaluated
        Evaluation evaluation = new Evaluation(collection.languages(), collection.poolSizes(), settings, measures);
        try (VectorFile passages = VectorFile.create()) {
            int truncatedPassages = encode(
                    Phase.PASSAGES,
                    collection.passages().stream().map(Passage::text).toList(),
                    TextRole.PASSAGE,
                    (place, encoding) -> passages.append(encoding.vector()));
            float[][] questions = new float[collection.questions().size()][];
            int truncatedQuestions = encode(
                    Phase.QUESTIONS,
                    collection.questions().stream().map(Question::text).toList(),
                    TextRole.QUERY,
                    (place, encoding) -> questions[place] = encoding.vector());
            rank(passages.rows(), questions, RankingListener.both(evaluation, further), threads);
            return new OfflineResult(
                    collection,
                    withTexts(evaluation.report()),
                    evaluation.questionValues(),
                    truncatedPassages,
                    truncatedQuestions,
                    tookMillis);
        }
    }

    /** How many texts were cut at the encoder's limit. */
    private int encode(Phase phase, List<String> texts, TextRole role, TextEncoder.Taker taker) throws IOException {
        long start = begin(phase, texts.size());
        AtomicInteger truncated = new AtomicInteger();
        encoder.encode(
                texts,
                role,
                (place, encoding) -> {
                    taker.take(place, encoding);
                    truncated.addAndGet(encoding.truncated() ? 1 : 0);
                },
                progress::advance);
        end(phase, start);
        return truncated.get();
    }

    private void rank(VectorRows passages, float[][] questions, RankingListener listener, int threads)
            throws InterruptedException {
        long start = begin(Phase.RANKING, questions.length);
        ExactRanking ranking = new ExactRanking(candidates(passages));
        ranking.rank(
                new ExactRanking.Questions(
                        questions,
                        ordinals(collection.questions(), Question::language),
                        collection.questions().stream().map(Question::id).toArray(String[]::new)),
                collection.languages().size(),
                listener,
                threads,
                progress::advance);
        end(Phase.RANKING, start);
    }

    private ExactRanking.Passages candidates(VectorRows vectors) {
        List<Passage> firsts = collection.documentPassages();
        return new ExactRanking.Passages(
                vectors,
                collection.documentEnds(),
                score,
                ordinals(firsts, Passage::language),
                firsts.stream().map(Passage::documentId).toArray(String[]::new),
                firsts.stream().map(Passage::grades).toList());
    }

    private Report withTexts(Report report) {
        Map<String, String> passages = new HashMap<>();
        collection.documentPassages().forEach(passage -> passages.put(passage.documentId(), passage.text()));
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

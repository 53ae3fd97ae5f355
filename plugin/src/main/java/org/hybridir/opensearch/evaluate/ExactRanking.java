package org.hybridir.opensearch.evaluate;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.hybridir.collection.Question;
import org.hybridir.encoder.Encoding;
import org.hybridir.measure.Golds;
import org.hybridir.measure.Hit;
import org.hybridir.measure.RankedQuestion;
import org.hybridir.measure.RankingListener;
import org.hybridir.opensearch.evaluate.QuestionEncoders.QuestionEncoder;
import org.opensearch.action.support.GroupedActionListener;
import org.opensearch.common.CheckedConsumer;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.transport.client.Client;

/**
 * Ranks exactly, in passes over all shards: every vector of a question against every vector of a passage.
 *
 * <p>A block is encoded as a whole, then split into parts, which are ranked at the same time: the golds are gathered from
 * the shards, then the shards count what stands before them.
 */
final class ExactRanking {
    /** Texts asked for at a time, at most: enough for some threads of the encoder, few enough for searches to come between. */
    private static final int ENCODE_CHUNK = 128;

    private final String index;
    private final PassageFields fields;
    private final QuestionEncoder encoder;
    private final int parts;
    private final boolean last;
    private final String preference;
    private final EvaluateTask task;
    private final Client client;
    private List<String> languages;
    private RankingListener rankings;
    private long[] fingerprints;

    private long truncated;
    private long encodeNanos;
    private long rankNanos;
    private final AtomicLong goldsOutside = new AtomicLong();

    /**
     * @param index the concrete index of passages
     * @param parts how many parts of a block are ranked at the same time
     * @param last whether a question is done when it is ranked here: nobody ranks it again
     * @param preference the same copies of the shards answer all passes
     * @param client sends requests as children of the task
     */
    ExactRanking(
            String index,
            PassageFields fields,
            QuestionEncoder encoder,
            int parts,
            boolean last,
            String preference,
            EvaluateTask task,
            Client client) {
        this.index = index;
        this.fields = fields;
        this.encoder = encoder;
        this.parts = parts;
        this.last = last;
        this.preference = preference;
        this.task = task;
        this.client = client;
    }

    /** Counts the passages of each language that have a vector. */
    void survey(ActionListener<Survey> listener) {
        send(new Pass.Survey(), List.of(), new long[0], listener, response -> {
            List<PassResult.Surveyed> shards = response.results(PassResult.Surveyed.class);
            fingerprints =
                    shards.stream().mapToLong(PassResult.Surveyed::fingerprint).toArray();
            listener.onResponse(Survey.of(shards));
        });
    }

    /**
     * Says what is to be ranked; after the survey.
     *
     * @param languages those evaluated, by ordinal
     * @param rankings is told of each question, by several threads
     */
    void begin(List<String> languages, RankingListener rankings) {
        this.languages = languages;
        this.rankings = rankings;
    }

    /** Encodes a block of questions; answers with a vector for each, in the caller's context. */
    void encode(List<Question> block, ActionListener<float[][]> listener) {
        long from = System.nanoTime();
        ActionListener<float[][]> done =
                ActionListener.runBefore(listener, () -> encodeNanos += System.nanoTime() - from);
        encode(block, new float[block.size()][], 0, done);
    }

    private void encode(List<Question> block, float[][] vectors, int done, ActionListener<float[][]> listener) {
        if (done == vectors.length) {
            listener.onResponse(vectors);
            return;
        }
        int chunk = Math.min(ENCODE_CHUNK, encoder.maxTexts());
        List<String> texts = block.subList(done, Math.min(vectors.length, done + chunk)).stream()
                .map(Question::text)
                .toList();
        encoder.encode(texts, task, then(listener, encodings -> {
            int place = done;
            for (Encoding encoding : encodings) {
                vectors[place++] = encoding.vector();
                truncated += encoding.truncated() ? 1 : 0;
            }
            task.progress().encoded(encodings.size());
            encode(block, vectors, place, listener);
        }));
    }

    /**
     * Ranks a block of questions; answers when all are ranked.
     *
     * @param judged grades of the relevant passages of each question, by id; null: passages name their questions
     * @param vectors of the questions, from {@link #encode}
     */
    void rank(
            List<Question> block,
            @Nullable List<Map<String, Integer>> judged,
            float[][] vectors,
            ActionListener<Void> listener) {
        long from = System.nanoTime();
        int size = Math.ceilDiv(block.size(), parts);
        int count = Math.ceilDiv(block.size(), size);
        ActionListener<Void> done = ActionListener.runBefore(listener, () -> rankNanos += System.nanoTime() - from);
        ActionListener<Collection<Void>> all = ActionListener.map(done, ranked -> null);
        GroupedActionListener<Void> group = new GroupedActionListener<>(all, count);
        for (int first = 0; first < block.size(); first += size) {
            int end = Math.min(block.size(), first + size);
            float[][] part = Arrays.copyOfRange(vectors, first, end);
            gather(block.subList(first, end), judged == null ? null : judged.subList(first, end), part, group);
        }
    }

    private void gather(
            List<Question> part, List<Map<String, Integer>> judged, float[][] vectors, ActionListener<Void> ranked) {
        Pass.Gather pass = new Pass.Gather(part.stream().map(Question::id).toList(), judged, vectors);
        send(pass, languages, fingerprints, ranked, response -> {
            Golds[] golds = PassResult.Gathered.merge(response.results(PassResult.Gathered.class));
            if (judged != null) {
                countOutside(judged, golds);
            }
            count(part, golds, vectors, ranked);
        });
    }

    private void countOutside(List<Map<String, Integer>> judged, Golds[] golds) {
        for (int question = 0; question < golds.length; question++) {
            goldsOutside.addAndGet(judged.get(question).size() - golds[question].size());
        }
    }

    private void count(List<Question> part, Golds[] golds, float[][] vectors, ActionListener<Void> ranked) {
        Pass.Count pass = new Pass.Count(golds, rankings.hits(), vectors);
        send(pass, languages, fingerprints, ranked, response -> {
            List<PassResult.Counted> shards = response.results(PassResult.Counted.class);
            int[][][] counts = PassResult.Counted.sum(shards);
            List<List<Hit>> hits = PassResult.Counted.merge(shards, rankings.hits());
            for (int i = 0; i < golds.length; i++) {
                Question question = part.get(i);
                int language = languages.indexOf(question.language());
                rankings.ranked(RankedQuestion.counted(question.id(), language, golds[i], counts[i], hits.get(i)));
            }
            if (last) {
                task.progress().ranked(part.size());
            }
            ranked.onResponse(null);
        });
    }

    private void send(
            Pass pass,
            List<String> languages,
            long[] fingerprints,
            ActionListener<?> listener,
            CheckedConsumer<PassResponse, Exception> step) {
        PassRequest request = new PassRequest(index, preference, fields, languages, fingerprints, pass);
        client.execute(PassAction.INSTANCE, request, then(listener, step));
    }

    /** Runs the next step unless the task was cancelled; whatever fails, the listener is told. */
    private <T> ActionListener<T> then(ActionListener<?> listener, CheckedConsumer<T, Exception> step) {
        return ActionListener.wrap(
                answer -> {
                    task.ensureNotCancelled();
                    step.accept(answer);
                },
                listener::onFailure);
    }

    PassageFields fields() {
        return fields;
    }

    QuestionEncoder encoder() {
        return encoder;
    }

    int shards() {
        return fingerprints.length;
    }

    /** Questions of which the encoder read the beginning only. */
    long truncated() {
        return truncated;
    }

    /** Relevant passages, by judgements, that are not there in the languages evaluated. */
    long goldsOutside() {
        return goldsOutside.get();
    }

    long encodeNanos() {
        return encodeNanos;
    }

    long rankNanos() {
        return rankNanos;
    }
}

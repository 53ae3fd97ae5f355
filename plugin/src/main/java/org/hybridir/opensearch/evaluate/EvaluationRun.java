package org.hybridir.opensearch.evaluate;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hybridir.collection.Question;
import org.hybridir.encoder.Encoding;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.Golds;
import org.hybridir.opensearch.evaluate.EvaluationStatus.Phase;
import org.hybridir.opensearch.evaluate.QuestionEncoders.QuestionEncoder;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.ContextPreservingActionListener;
import org.opensearch.action.support.GroupedActionListener;
import org.opensearch.common.CheckedConsumer;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

/**
 * One evaluation, on the node that was asked: survey the passages; then, block by block, read questions, encode them,
 * gather their golds, count; then report. Nothing waits: each step starts the next one when its answer is there.
 *
 * <p>A block is encoded as a whole, then split into as many parts as there are processors, which are ranked at the same
 * time. Reading, encoding and ranking do not overlap, so that the phases' times mean what they say; memory grows with a
 * block.
 */
final class EvaluationRun {
    /** Texts that are encoded between two looks at whether the task was cancelled. */
    private static final int ENCODE_CHUNK = 64;
    /** Judgements that are read at once. */
    private static final int JUDGEMENTS_PAGE = 10_000;

    static final String JUDGED_QUESTION = "question_id";
    static final String JUDGED_PASSAGE = "passage_id";

    private final EvaluationSpec spec;
    private final String index;
    private final PassageFields fields;
    private final QuestionEncoder encoder;
    private final EvaluateTask task;
    private final Client client;
    private final Client afterwards;
    private final int parts;
    private final ActionListener<EvaluateResponse> listener;

    private final long started = System.nanoTime();
    private final Pages questionPages;
    private volatile Pages judgementPages;
    private volatile boolean ended;
    private final String preference;
    private List<String> languages;
    private long[] fingerprints;
    private Evaluation evaluation;

    private long surveyNanos;
    private long readNanos;
    private long encodeNanos;
    private long rankNanos;
    private long questions;
    private long truncated;
    private long incompleteQuestions;
    private long questionsOfOtherLanguages;
    private long passagesWithoutVector;
    private long passagesWithoutLanguage;
    private long passagesOfOtherLanguages;
    private final AtomicLong judgementsOutside = new AtomicLong();

    /**
     * @param index the concrete index of passages
     * @param client sends requests as children of the task
     * @param afterwards sends those that must go out when the task was cancelled
     * @param parts how many parts of a block are ranked at the same time
     */
    EvaluationRun(
            EvaluationSpec spec,
            String index,
            PassageFields fields,
            QuestionEncoder encoder,
            EvaluateTask task,
            Client client,
            Client afterwards,
            int parts,
            ActionListener<EvaluateResponse> listener) {
        this.spec = spec;
        this.index = index;
        this.fields = fields;
        this.encoder = encoder;
        this.task = task;
        this.client = client;
        this.afterwards = afterwards;
        this.parts = parts;
        this.preference = "hybrid_ir_evaluate_" + task.getId();
        // By id, so that a block has a question in all its languages: they share their golds.
        this.questionPages = new Pages(
                client,
                spec.questions(),
                QueryBuilders.matchAllQuery(),
                spec.blockSize(),
                QuestionBlock.ID,
                QuestionBlock.ID,
                QuestionBlock.LANGUAGE,
                QuestionBlock.TEXT);
        // Who cancels ends the run on a thread of his own, which knows nothing of the caller.
        this.listener = ContextPreservingActionListener.wrapPreservingContext(
                ActionListener.notifyOnce(ActionListener.runBefore(listener, this::close)),
                client.threadPool().getThreadContext());
    }

    private void close() {
        ended = true;
        questionPages.close(afterwards);
        Pages judgements = judgementPages;
        if (judgements != null) {
            judgements.close(afterwards);
        }
    }

    /**
     * An ordinary search comes first: it makes a shard that nobody searched for a while show what was indexed since. From
     * now on a cancellation ends the run at once, whatever it waits for; what then still answers finds it ended.
     */
    void start() {
        task.whenCancelled(() -> listener.onFailure(task.cancelled()));
        task.progress().enter(Phase.SURVEY);
        SearchRequest wake = new SearchRequest(index)
                .preference(preference)
                .allowPartialSearchResults(false)
                .source(new SearchSourceBuilder().size(0));
        client.search(wake, Pages.naming(index, then(awake -> survey())));
    }

    /** Runs the next step unless the task was cancelled; whatever fails, ends the evaluation. */
    private <T> ActionListener<T> then(CheckedConsumer<T, Exception> step) {
        return ActionListener.wrap(
                answer -> {
                    task.ensureNotCancelled();
                    step.accept(answer);
                },
                listener::onFailure);
    }

    /** As {@link #then}; encoders answer on threads of their own, which know nothing of the caller. */
    private <T> ActionListener<T> inCallersContext(CheckedConsumer<T, Exception> step) {
        return ContextPreservingActionListener.wrapPreservingContext(
                then(step), client.threadPool().getThreadContext());
    }

    private void survey() {
        PassRequest request = new PassRequest(index, preference, fields, List.of(), new long[0], new Pass.Survey());
        client.execute(
                PassAction.INSTANCE, request, then(response -> surveyed(response.results(PassResult.Surveyed.class))));
    }

    private void surveyed(List<PassResult.Surveyed> shards) {
        Map<String, Long> pools = new TreeMap<>();
        for (PassResult.Surveyed shard : shards) {
            shard.passages().forEach((language, size) -> pools.merge(language, size, Long::sum));
            passagesWithoutVector += shard.withoutVector();
            passagesWithoutLanguage += shard.withoutLanguage();
        }
        languages = languages(pools);
        fingerprints =
                shards.stream().mapToLong(PassResult.Surveyed::fingerprint).toArray();
        int[] sizes = languages.stream()
                .mapToInt(language -> Math.toIntExact(pools.remove(language)))
                .toArray();
        passagesOfOtherLanguages =
                pools.values().stream().mapToLong(Long::longValue).sum();
        evaluation = new Evaluation(languages, sizes, spec.chosenSettings(), spec.chosenMeasures());
        surveyNanos = System.nanoTime() - started;
        readBlock();
    }

    private List<String> languages(Map<String, Long> pools) {
        if (pools.isEmpty()) {
            throw new IllegalArgumentException("index [" + index + "] has no passage with both a vector in ["
                    + fields.vector() + "] and a [" + PassageFields.LANGUAGE + "]: [" + passagesWithoutVector
                    + "] have no vector, [" + passagesWithoutLanguage + "] have no language;"
                    + " index them through a pipeline with the processor [hybrid_ir]");
        }
        for (String language : spec.languages()) {
            if (pools.containsKey(language) == false) {
                throw new IllegalArgumentException(
                        "unknown language [" + language + "], the index has " + pools.keySet());
            }
        }
        return pools.keySet().stream()
                .filter(language ->
                        spec.languages().isEmpty() || spec.languages().contains(language))
                .toList();
    }

    private void readBlock() {
        long from = System.nanoTime();
        task.progress().enter(Phase.QUESTIONS);
        questionPages.next(then(hits -> {
            readNanos += System.nanoTime() - from;
            task.progress().found(questionPages.total());
            if (hits.length == 0) {
                finish();
            } else {
                encode(new QuestionBlock(hits, languages));
            }
        }));
    }

    private void encode(QuestionBlock block) {
        incompleteQuestions += block.incomplete();
        questionsOfOtherLanguages += block.otherLanguage();
        questions += block.questions().size();
        task.progress().leftOut(block.incomplete() + block.otherLanguage());
        if (block.questions().isEmpty()) {
            readBlock();
        } else {
            task.progress().enter(Phase.ENCODING);
            encode(block.questions(), new float[block.questions().size()][], 0, System.nanoTime());
        }
    }

    private void encode(List<Question> block, float[][] vectors, int done, long from) {
        if (done == vectors.length) {
            encodeNanos += System.nanoTime() - from;
            readJudgements(block, vectors);
            return;
        }
        List<String> texts = block.subList(done, Math.min(vectors.length, done + ENCODE_CHUNK)).stream()
                .map(Question::text)
                .toList();
        encoder.encode(texts, task::ensureNotCancelled, inCallersContext(encodings -> {
            int place = done;
            for (Encoding encoding : encodings) {
                vectors[place++] = encoding.vector();
                truncated += encoding.truncated() ? 1 : 0;
            }
            task.progress().encoded(encodings.size());
            encode(block, vectors, place, from);
        }));
    }

    private void readJudgements(List<Question> block, float[][] vectors) {
        if (spec.judgementsIndex() == null) {
            rank(block, null, vectors);
            return;
        }
        Map<String, Set<String>> judged = new LinkedHashMap<>();
        block.forEach(question -> judged.put(question.id(), new LinkedHashSet<>()));
        judgementPages = new Pages(
                client,
                spec.judgementsIndex(),
                QueryBuilders.termsQuery(JUDGED_QUESTION, judged.keySet()),
                JUDGEMENTS_PAGE,
                JUDGED_QUESTION,
                JUDGED_QUESTION,
                JUDGED_PASSAGE);
        if (ended) {
            judgementPages.close(afterwards); // close() came before there were any
        }
        readJudgements(judged, block, vectors, System.nanoTime());
    }

    private void readJudgements(Map<String, Set<String>> judged, List<Question> block, float[][] vectors, long from) {
        judgementPages.next(then(hits -> {
            for (SearchHit hit : hits) {
                addJudgement(hit, judged);
            }
            if (hits.length > 0) {
                readJudgements(judged, block, vectors, from);
                return;
            }
            judgementPages.close(afterwards);
            readNanos += System.nanoTime() - from;
            rank(
                    block,
                    block.stream()
                            .map(question -> List.copyOf(judged.get(question.id())))
                            .toList(),
                    vectors);
        }));
    }

    private void addJudgement(SearchHit hit, Map<String, Set<String>> judged) {
        Map<String, Object> source = hit.hasSource() ? hit.getSourceAsMap() : Map.of();
        Object question = source.get(JUDGED_QUESTION);
        Object passage = source.get(JUDGED_PASSAGE);
        Set<String> passages = question == null ? null : judged.get(question.toString());
        if (passages == null || passage == null) {
            throw new IllegalArgumentException("judgement [" + hit.getId() + "] of index [" + spec.judgementsIndex()
                    + "] needs one value in [" + JUDGED_QUESTION + "] and one in [" + JUDGED_PASSAGE + "]");
        }
        passages.add(passage.toString());
    }

    private void rank(List<Question> block, List<List<String>> judged, float[][] vectors) {
        long from = System.nanoTime();
        task.progress().enter(Phase.RANKING);
        int size = Math.ceilDiv(block.size(), parts);
        int count = Math.ceilDiv(block.size(), size);
        ActionListener<Collection<Void>> all = then(ranked -> {
            rankNanos += System.nanoTime() - from;
            task.progress().blockDone();
            readBlock();
        });
        GroupedActionListener<Void> group = new GroupedActionListener<>(all, count);
        for (int first = 0; first < block.size(); first += size) {
            int end = Math.min(block.size(), first + size);
            float[][] part = Arrays.copyOfRange(vectors, first, end);
            gather(block.subList(first, end), judged == null ? null : judged.subList(first, end), part, group);
        }
    }

    private void gather(
            List<Question> part, List<List<String>> judged, float[][] vectors, ActionListener<Void> ranked) {
        Pass.Gather pass = new Pass.Gather(part.stream().map(Question::id).toList(), judged, vectors);
        send(pass, ranked, response -> {
            Golds[] golds = merge(response.results(PassResult.Gathered.class), vectors.length);
            if (judged != null) {
                countOutside(judged, golds);
            }
            count(part, golds, vectors, ranked);
        });
    }

    private void countOutside(List<List<String>> judged, Golds[] golds) {
        for (int question = 0; question < golds.length; question++) {
            judgementsOutside.addAndGet(judged.get(question).size() - golds[question].ids().length);
        }
    }

    private void count(List<Question> part, Golds[] golds, float[][] vectors, ActionListener<Void> ranked) {
        send(new Pass.Count(golds, vectors), ranked, response -> {
            int[][][] counts = sum(response.results(PassResult.Counted.class));
            for (int question = 0; question < golds.length; question++) {
                evaluation.add(
                        languages.indexOf(part.get(question).language()),
                        golds[question].languages(),
                        counts[question]);
            }
            task.progress().ranked(part.size());
            ranked.onResponse(null);
        });
    }

    private void send(Pass pass, ActionListener<Void> ranked, CheckedConsumer<PassResponse, Exception> step) {
        PassRequest request = new PassRequest(index, preference, fields, languages, fingerprints, pass);
        client.execute(
                PassAction.INSTANCE,
                request,
                ActionListener.wrap(
                        response -> {
                            task.ensureNotCancelled();
                            step.accept(response);
                        },
                        ranked::onFailure));
    }

    /** The golds of each question, from all shards. */
    static Golds[] merge(List<PassResult.Gathered> shards, int questions) {
        Golds[] merged = new Golds[questions];
        for (int question = 0; question < questions; question++) {
            int place = question;
            List<Golds> parts =
                    shards.stream().map(shard -> shard.golds()[place]).toList();
            merged[question] = together(parts);
        }
        return merged;
    }

    private static Golds together(List<Golds> parts) {
        int size = parts.stream().mapToInt(golds -> golds.ids().length).sum();
        float[] scores = new float[size];
        String[] ids = new String[size];
        int[] languages = new int[size];
        int place = 0;
        for (Golds golds : parts) {
            int length = golds.ids().length;
            System.arraycopy(golds.scores(), 0, scores, place, length);
            System.arraycopy(golds.ids(), 0, ids, place, length);
            System.arraycopy(golds.languages(), 0, languages, place, length);
            place += length;
        }
        return Golds.of(scores, ids, languages);
    }

    /** Counts of disjoint sets of passages add up. */
    static int[][][] sum(List<PassResult.Counted> shards) {
        int[][][] sum = shards.get(0).counts();
        for (PassResult.Counted shard : shards.subList(1, shards.size())) {
            for (int question = 0; question < sum.length; question++) {
                for (int gold = 0; gold < sum[question].length; gold++) {
                    for (int language = 0; language < sum[question][gold].length; language++) {
                        sum[question][gold][language] += shard.counts()[question][gold][language];
                    }
                }
            }
        }
        return sum;
    }

    private void finish() {
        if (questions == 0) {
            throw new IllegalArgumentException("index [" + spec.questions() + "] has no question to ask in "
                    + languages + ": [" + incompleteQuestions + "] documents lack one of [" + QuestionBlock.ID + "], ["
                    + QuestionBlock.LANGUAGE + "], [" + QuestionBlock.TEXT + "], [" + questionsOfOtherLanguages
                    + "] are in other languages");
        }
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put("phases_ms", phases());
        sections.put("encoder", encoder.describe());
        sections.put("passages", passages());
        sections.put("questions", questions());
        sections.put("left_out", leftOut());
        sections.put("report", evaluation.report().toMap());
        listener.onResponse(new EvaluateResponse(millis(System.nanoTime() - started), sections));
    }

    private Map<String, Object> phases() {
        Map<String, Object> phases = new LinkedHashMap<>();
        phases.put("survey", millis(surveyNanos));
        phases.put("questions", millis(readNanos));
        phases.put("encoding", millis(encodeNanos));
        phases.put("ranking", millis(rankNanos));
        return phases;
    }

    private Map<String, Object> passages() {
        Map<String, Object> passages = new LinkedHashMap<>();
        passages.put("index", index);
        passages.put("shards", fingerprints.length);
        passages.put("vector_field", fields.vector());
        passages.put("dimension", fields.dimension());
        return passages;
    }

    private Map<String, Object> questions() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("index", spec.questions());
        map.put("evaluated", questions);
        map.put("truncated", truncated);
        return map;
    }

    private Map<String, Object> leftOut() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("passages_without_vector", passagesWithoutVector);
        map.put("passages_without_language", passagesWithoutLanguage);
        map.put("passages_of_other_languages", passagesOfOtherLanguages);
        map.put("questions_incomplete", incompleteQuestions);
        map.put("questions_of_other_languages", questionsOfOtherLanguages);
        map.put("judgements_outside_pool", judgementsOutside.get());
        return map;
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}

package org.hybridir.opensearch.evaluate;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.hybridir.collection.Question;
import org.hybridir.encoder.Encoding;
import org.hybridir.language.Typology;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.Golds;
import org.hybridir.measure.Hit;
import org.hybridir.measure.RankedQuestion;
import org.hybridir.measure.RankingListener;
import org.hybridir.measure.Report;
import org.hybridir.opensearch.evaluate.EvaluationStatus.Phase;
import org.hybridir.opensearch.evaluate.QuestionEncoders.QuestionEncoder;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.ContextPreservingActionListener;
import org.opensearch.action.support.GroupedActionListener;
import org.opensearch.common.CheckedConsumer;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

/**
 * One evaluation, on the node that was asked: survey the passages; then, block by block, read questions, encode them,
 * gather their golds, count; then report. Nothing waits: each step starts the next one when its answer is there.
 *
 * <p>A block is encoded as a whole, then split into as many parts as there are processors, which are ranked at the same
 * time. Reading, encoding and ranking do not overlap, so that the phases' times mean what they say; memory grows with a
 * block.
 *
 * <p>In the search mode {@link SearchRanking} ranks the blocks instead, or, to be compared, as well.
 */
final class EvaluationRun {
    /** Texts that are encoded between two looks at whether the task was cancelled. */
    private static final int ENCODE_CHUNK = 64;

    private final EvaluationSpec spec;
    private final String index;
    private final PassageFields fields;
    private final QuestionEncoder encoder;
    private final EvaluateTask task;
    private final Client client;
    private final Client afterwards;
    private final int parts;
    /** Null: all is ranked exactly. */
    private final SearchRanking search;

    private final ActionListener<EvaluateResponse> listener;

    private final long started = System.nanoTime();
    private final Pages questionPages;
    private final String preference;
    private List<String> languages;
    private long[] fingerprints;
    private Evaluation evaluation;
    /** Null unless the searches are compared with the exact ranking. */
    private ExactComparison comparison;

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
    private long judgementsNotRelevant;
    private final AtomicLong judgementsOutside = new AtomicLong();

    /**
     * @param index the concrete index of passages
     * @param fields null if nothing is ranked exactly
     * @param encoder null if nothing is ranked exactly
     * @param client sends requests as children of the task
     * @param afterwards sends those that must go out when the task was cancelled
     * @param parts how many parts of a block are ranked at the same time
     */
    EvaluationRun(
            EvaluationSpec spec,
            String index,
            @Nullable PassageFields fields,
            @Nullable QuestionEncoder encoder,
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
        this.search = spec.search() == null
                ? null
                : new SearchRanking(spec.search(), spec.chosenSettings(), index, preference, task, client, afterwards);
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
        questionPages.close(afterwards);
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
        if (search == null) {
            surveyShards();
        } else {
            search.survey(then(surveyed -> {
                if (spec.exact()) {
                    surveyShards();
                } else {
                    surveyed(List.of(surveyed));
                }
            }));
        }
    }

    private void surveyShards() {
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
        evaluation = evaluation(sizes);
        if (search != null) {
            beginSearches();
        }
        surveyNanos = System.nanoTime() - started;
        readBlock();
    }

    private Evaluation evaluation(int[] poolSizes) {
        return new Evaluation(languages, poolSizes, spec.chosenSettings(), spec.chosenMeasures());
    }

    /** The report is of the searches; the exact ranking, if there is one, is what they are compared with. */
    private void beginSearches() {
        Evaluation exact = evaluation;
        evaluation = evaluation(search.poolSizes(languages));
        if (spec.exact()) {
            comparison = new ExactComparison(languages, exact, spec.search().k(), evaluation);
        }
        search.begin(languages, comparison == null ? evaluation : comparison.searches());
    }

    private List<String> languages(Map<String, Long> pools) {
        if (pools.isEmpty() && spec.exact() == false) {
            throw new IllegalArgumentException("index [" + index + "] has no passage with a [" + PassageFields.LANGUAGE
                    + "]: [" + passagesWithoutLanguage + "] have no language");
        }
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
        } else if (spec.exact() == false) {
            readJudgements(block.questions(), null);
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
        long from = System.nanoTime();
        Set<String> ids = block.stream().map(Question::id).collect(Collectors.toCollection(LinkedHashSet::new));
        new Judgements(spec.judgementsIndex(), ids, client, afterwards).read(then(grades -> {
            readNanos += System.nanoTime() - from;
            rank(
                    block,
                    block.stream()
                            .map(question -> relevant(grades.get(question.id())))
                            .toList(),
                    vectors);
        }));
    }

    private Map<String, Integer> relevant(Map<String, Integer> grades) {
        Map<String, Integer> relevant = new HashMap<>(grades);
        relevant.values().removeIf(grade -> grade < 1);
        judgementsNotRelevant += grades.size() - relevant.size();
        return relevant;
    }

    private void rank(List<Question> block, List<Map<String, Integer>> judged, float[][] vectors) {
        if (spec.exact()) {
            rankExactly(block, judged, vectors);
        } else {
            search(block, judged);
        }
    }

    private void search(List<Question> block, List<Map<String, Integer>> judged) {
        if (search == null) {
            nextBlock();
        } else {
            task.progress().enter(Phase.SEARCHING);
            search.rank(block, judged, then(ranked -> nextBlock()));
        }
    }

    private void nextBlock() {
        task.progress().blockDone();
        readBlock();
    }

    private void rankExactly(List<Question> block, List<Map<String, Integer>> judged, float[][] vectors) {
        long from = System.nanoTime();
        task.progress().enter(Phase.RANKING);
        int size = Math.ceilDiv(block.size(), parts);
        int count = Math.ceilDiv(block.size(), size);
        ActionListener<Collection<Void>> all = then(ranked -> {
            rankNanos += System.nanoTime() - from;
            search(block, judged);
        });
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
        send(pass, ranked, response -> {
            Golds[] golds = PassResult.Gathered.merge(response.results(PassResult.Gathered.class));
            if (judged != null) {
                countOutside(judged, golds);
            }
            count(part, golds, vectors, ranked);
        });
    }

    private void countOutside(List<Map<String, Integer>> judged, Golds[] golds) {
        for (int question = 0; question < golds.length; question++) {
            judgementsOutside.addAndGet(judged.get(question).size() - golds[question].size());
        }
    }

    private void count(List<Question> part, Golds[] golds, float[][] vectors, ActionListener<Void> ranked) {
        RankingListener rankings = comparison == null ? evaluation : comparison;
        send(new Pass.Count(golds, rankings.hits(), vectors), ranked, response -> {
            List<PassResult.Counted> shards = response.results(PassResult.Counted.class);
            int[][][] counts = PassResult.Counted.sum(shards);
            List<List<Hit>> hits = PassResult.Counted.merge(shards, rankings.hits());
            for (int i = 0; i < golds.length; i++) {
                Question question = part.get(i);
                int language = languages.indexOf(question.language());
                rankings.ranked(RankedQuestion.counted(question.id(), language, golds[i], counts[i], hits.get(i)));
            }
            if (search == null) {
                task.progress().ranked(part.size());
            }
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

    private void finish() {
        if (questions == 0) {
            throw new IllegalArgumentException("index [" + spec.questions() + "] has no question to ask in "
                    + languages + ": [" + incompleteQuestions + "] documents lack one of [" + QuestionBlock.ID + "], ["
                    + QuestionBlock.LANGUAGE + "], [" + QuestionBlock.TEXT + "], [" + questionsOfOtherLanguages
                    + "] are in other languages");
        }
        new WorstTexts(client, spec.questions(), index).read(evaluation.report(), then(this::respond));
    }

    private void respond(Report report) {
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put("phases_ms", phases());
        if (spec.exact()) {
            sections.put("encoder", encoder.describe());
        }
        sections.put("passages", passages());
        sections.put("questions", questions());
        sections.put("left_out", leftOut());
        sections.put("report", report.toMap());
        sections.put("typology", Typology.of(report).toMap());
        if (search != null) {
            sections.put("search", searches());
        }
        listener.onResponse(new EvaluateResponse(millis(System.nanoTime() - started), sections));
    }

    private Map<String, Object> phases() {
        Map<String, Object> phases = new LinkedHashMap<>();
        phases.put("survey", millis(surveyNanos));
        phases.put("questions", millis(readNanos));
        if (spec.exact()) {
            phases.put("encoding", millis(encodeNanos));
            phases.put("ranking", millis(rankNanos));
        }
        if (search != null) {
            phases.put("searching", millis(search.nanos()));
        }
        return phases;
    }

    private Map<String, Object> searches() {
        Map<String, Object> searches = search.toMap();
        if (comparison != null) {
            searches.put("compared_with_exact", comparison.toMap());
        }
        return searches;
    }

    private Map<String, Object> passages() {
        Map<String, Object> passages = new LinkedHashMap<>();
        passages.put("index", index);
        if (spec.exact()) {
            passages.put("shards", fingerprints.length);
            passages.put("vector_field", fields.vector());
            passages.put("dimension", fields.dimension());
        }
        return passages;
    }

    private Map<String, Object> questions() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("index", spec.questions());
        map.put("evaluated", questions);
        if (spec.exact()) {
            map.put("truncated", truncated);
        }
        map.putAll(evaluation.questionValues().toMap());
        return map;
    }

    private Map<String, Object> leftOut() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (spec.exact()) {
            map.put("passages_without_vector", passagesWithoutVector);
        }
        map.put("passages_without_language", passagesWithoutLanguage);
        map.put("passages_of_other_languages", passagesOfOtherLanguages);
        map.put("questions_incomplete", incompleteQuestions);
        map.put("questions_of_other_languages", questionsOfOtherLanguages);
        map.put("judgements_not_relevant", judgementsNotRelevant);
        map.put("judgements_outside_pool", spec.exact() ? judgementsOutside.get() : search.goldsOutside());
        return map;
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}

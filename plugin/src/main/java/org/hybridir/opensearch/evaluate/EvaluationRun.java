package org.hybridir.opensearch.evaluate;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hybridir.collection.Question;
import org.hybridir.measure.Evaluation;
import org.hybridir.opensearch.evaluate.EvaluationStatus.Phase;
import org.hybridir.opensearch.evaluate.QuestionEncoders.QuestionEncoder;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.ContextPreservingActionListener;
import org.opensearch.common.CheckedConsumer;
import org.opensearch.common.Nullable;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

/**
 * One evaluation, on the node that was asked: survey the passages; then, block by block, read questions, have them encoded,
 * read their judgements, have them ranked; then report. Nothing waits: each step starts the next one when its answer is
 * there.
 *
 * <p>{@link ExactRanking} ranks a block, or {@link SearchRanking} in the search mode, or, to be compared, both in this
 * order. Reading, encoding and ranking do not overlap, so that the phases' times mean what they say; memory grows with a
 * block. {@link EvaluationTally} counts along.
 */
final class EvaluationRun {
    private final EvaluationSpec spec;
    private final String index;
    private final EvaluateTask task;
    private final Client client;
    private final Client afterwards;
    private final String preference;
    /** Null: nothing is ranked exactly. */
    private final ExactRanking exact;
    /** Null: all is ranked exactly. */
    private final SearchRanking search;

    private final EvaluationTally tally;
    private final Pages questionPages;
    private final ActionListener<EvaluateResponse> listener;

    private List<String> languages;
    /** Of the searches if there are any, else of the exact ranking. */
    private Evaluation evaluation;
    /** Null unless the searches are compared with the exact ranking. */
    private ExactComparison comparison;

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
        this.task = task;
        this.client = client;
        this.afterwards = afterwards;
        this.preference = "hybrid_ir_evaluate_" + task.getId();
        this.exact = spec.exact()
                ? new ExactRanking(index, fields, encoder, parts, spec.search() == null, preference, task, client)
                : null;
        this.search = spec.search() == null
                ? null
                : new SearchRanking(spec.search(), spec.chosenSettings(), index, preference, task, client, afterwards);
        this.tally = new EvaluationTally(spec, index, exact, search);
        // By id, so that a block has a question in all its languages: they share their golds.
        this.questionPages = new Pages(
                client,
                spec.questions(),
                new SearchSourceBuilder()
                        .query(QueryBuilders.matchAllQuery())
                        .size(spec.blockSize())
                        .sort(QuestionBlock.ID)
                        .fetchSource(
                                new String[] {QuestionBlock.ID, QuestionBlock.LANGUAGE, QuestionBlock.TEXT}, null));
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

    private void survey() {
        if (search == null) {
            exact.survey(then(this::surveyed));
        } else if (exact == null) {
            search.survey(then(this::surveyed));
        } else {
            search.survey(then(searched -> exact.survey(then(this::surveyed))));
        }
    }

    /** @param survey the exact ranking's, if there is one */
    private void surveyed(Survey survey) {
        languages = survey.languages(spec.languages(), index, exact == null ? null : exact.fields());
        if (search == null) {
            evaluation = evaluation(survey.sizes(languages));
            exact.begin(languages, evaluation);
        } else {
            evaluation = evaluation(search.poolSizes(languages));
            beginSearches(survey);
        }
        tally.surveyed(survey, languages);
        readBlock();
    }

    private Evaluation evaluation(int[] poolSizes) {
        return new Evaluation(languages, poolSizes, spec.chosenSettings(), spec.chosenMeasures());
    }

    private void beginSearches(Survey survey) {
        if (exact == null) {
            search.begin(languages, evaluation);
            return;
        }
        Evaluation exactly = evaluation(survey.sizes(languages));
        comparison = new ExactComparison(languages, exactly, spec.search().k(), evaluation);
        exact.begin(languages, comparison);
        search.begin(languages, comparison.searches());
    }

    private void readBlock() {
        long from = System.nanoTime();
        task.progress().enter(Phase.QUESTIONS);
        questionPages.next(then(hits -> {
            tally.read(System.nanoTime() - from);
            task.progress().found(questionPages.total());
            if (hits.length == 0) {
                finish();
            } else {
                encode(new QuestionBlock(hits, languages));
            }
        }));
    }

    private void encode(QuestionBlock block) {
        List<Question> questions = block.questions();
        tally.asked(block);
        task.progress().leftOut(block.incomplete() + block.otherLanguage());
        if (questions.isEmpty()) {
            readBlock();
        } else if (exact == null) {
            readJudgements(questions, null);
        } else {
            task.progress().enter(Phase.ENCODING);
            exact.encode(questions, then(vectors -> readJudgements(questions, vectors)));
        }
    }

    private void readJudgements(List<Question> block, @Nullable float[][] vectors) {
        if (spec.judgementsIndex() == null) {
            rank(block, null, vectors);
            return;
        }
        long from = System.nanoTime();
        Set<String> ids = block.stream().map(Question::id).collect(Collectors.toCollection(LinkedHashSet::new));
        new Judgements(spec.judgementsIndex(), ids, client, afterwards).read(then(grades -> {
            tally.read(System.nanoTime() - from);
            List<Map<String, Integer>> judged = block.stream()
                    .map(question -> relevant(grades.get(question.id())))
                    .toList();
            rank(block, judged, vectors);
        }));
    }

    private Map<String, Integer> relevant(Map<String, Integer> grades) {
        Map<String, Integer> relevant = new HashMap<>(grades);
        relevant.values().removeIf(grade -> grade < 1);
        tally.notRelevant(grades.size() - relevant.size());
        return relevant;
    }

    private void rank(List<Question> block, @Nullable List<Map<String, Integer>> judged, @Nullable float[][] vectors) {
        if (exact == null) {
            search(block, judged);
        } else {
            task.progress().enter(Phase.RANKING);
            exact.rank(block, judged, vectors, then(ranked -> search(block, judged)));
        }
    }

    private void search(List<Question> block, @Nullable List<Map<String, Integer>> judged) {
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

    private void finish() {
        tally.requireQuestions();
        new WorstTexts(client, spec.questions(), index)
                .read(
                        evaluation.report(),
                        then(report -> listener.onResponse(tally.response(evaluation, report, comparison))));
    }
}

package org.hybridir.opensearch.evaluate;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.opensearch.test.hamcrest.OpenSearchAssertions.assertAcked;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.Gold;
import org.hybridir.measure.Golds;
import org.hybridir.measure.Hit;
import org.hybridir.measure.Measures;
import org.hybridir.measure.RankedQuestion;
import org.hybridir.measure.Setting;
import org.hybridir.opensearch.VectorFieldTestPlugin;
import org.junit.Before;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.bulk.BulkResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.common.action.ActionFuture;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.plugins.Plugin;
import org.opensearch.script.MockScriptPlugin;
import org.opensearch.test.OpenSearchIntegTestCase;

/**
 * Evaluations by real searches. The scores are made by the test: a question is a word, each passage has each word's score in
 * the field {@code s_word}, and the query takes that number as its score.
 */
@OpenSearchIntegTestCase.ClusterScope(
        scope = OpenSearchIntegTestCase.Scope.SUITE,
        numDataNodes = 2,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
public class SearchModeTests extends OpenSearchIntegTestCase {
    private static final List<String> LANGUAGES = List.of("de", "en", "fr");
    private static final String BY_NUMBER = "{'function_score': {'query': {'match_all': {}}, 'boost_mode': 'replace',"
            + " 'field_value_factor': {'field': 's_{{query_text}}'}}}";

    private record TestPassage(String id, String language, Map<String, Integer> scores, List<String> questionIds) {}

    /** Its text is its id and language, without a space. */
    private record TestQuestion(String id, String language) {
        private String text() {
            return id + language;
        }
    }

    private final List<TestPassage> passages = new ArrayList<>();
    private final List<TestQuestion> questions = new ArrayList<>();

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(VectorFieldTestPlugin.class, EvaluateTestPlugin.class, WaitingScript.class);
    }

    /** A script that says that it was reached, and waits. */
    public static final class WaitingScript extends MockScriptPlugin {
        private static volatile CountDownLatch reached;
        private static volatile CountDownLatch goOn;

        @Override
        protected Map<String, Function<Map<String, Object>, Object>> pluginScripts() {
            return Map.of("wait", variables -> {
                reached.countDown();
                try {
                    return goOn.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    @Before
    public void forgetVectors() {
        EvaluateTestPlugin.reset(2);
    }

    /** Three passages in each of two languages, one question; ranks and measures counted by hand. */
    public void testRanksBehindTheLastHitAreNotFound() throws Exception {
        questions.add(new TestQuestion("q", "de"));
        passage("de1", "de", 60);
        passage("de2", "de", 50, "q");
        passage("de3", "de", 10, "q");
        passage("en1", "en", 40);
        passage("en2", "en", 30);
        passage("en3", "en", 20, "q");
        createIndices("hand");
        EvaluateResponse response = evaluate("{'index': 'hand', 'measures': ['AP', 'RR', 'R@1', 'RankDistance'],"
                + " 'search': {'k': 2, 'query': " + BY_NUMBER + "}}");
        // de2 at rank 2 of 2 hits, de3 behind them: AP = (1/2) / 2
        Map<?, ?> monolingual = mean(response, "monolingual");
        assertThat(monolingual.get("AP"), equalTo(0.25));
        assertThat(monolingual.get("RR"), equalTo(0.5));
        // en3 is at rank 3
        assertThat(mean(response, "cross_lingual").get("AP"), equalTo(0.0));
        // de1, de2: R = 3, AP = (1/2) / 3; de2 at 2, the last one at 3 or behind
        assertThat(mean(response, "multilingual").get("AP"), equalTo(0.5 / 3));
        assertThat(mean(response, "multilingual").get("RankDistance"), equalTo(1.0));
        Map<?, ?> search = section(response, "search");
        assertThat(search.get("k"), equalTo(2));
        assertThat(search.get("queries"), equalTo(1));
        // One question in three pools.
        assertThat(search.get("searches"), equalTo(3L));
        assertThat(
                search.get("note"),
                equalTo("ranks are those of the first [2] hits of each search; a relevant passage behind them counts as"
                        + " not found, and where a measure needs its rank, as rank [3], or the one behind the last"
                        + " passage of a smaller pool: a lower bound"));
        assertThat(response.sections().containsKey("encoder"), equalTo(false));
        assertThat(section(response, "questions").toString(), equalTo("{index=hand-questions, evaluated=1}"));
    }

    /** The first three are a, b, c and c, d, a. Fused with the constant 1: a 1/2 + 1/4, b 1/3, c 1/4 + 1/2, d 1/3. */
    public void testTwoQueriesAreFused() throws Exception {
        questions.add(new TestQuestion("q", "de"));
        passages.add(new TestPassage("a", "de", Map.of("qde", 40, "other", 20), List.of()));
        passages.add(new TestPassage("b", "de", Map.of("qde", 30, "other", 10), List.of("q")));
        passages.add(new TestPassage("c", "de", Map.of("qde", 20, "other", 40), List.of("q")));
        passages.add(new TestPassage("d", "de", Map.of("qde", 10, "other", 30), List.of()));
        createIndices("fused");
        String other = "{'function_score': {'query': {'match_all': {}}, 'boost_mode': 'replace', 'field_value_factor':"
                + " {'field': 's_other'}, '_name': '{{query_text}}'}}";
        EvaluateResponse response =
                evaluate("{'index': 'fused', 'measures': ['AP', 'RR'], 'settings': ['multilingual'],"
                        + " 'search': {'k': 3, 'rank_constant': 1, 'queries': [" + BY_NUMBER + ", " + other + "]}}");
        // a and c tie, then b and d, and both stand by id: b is at rank 3
        assertThat(mean(response, "multilingual").get("AP"), equalTo((1 / 2.0 + 2 / 3.0) / 2));
        assertThat(section(response, "search").get("rank_constant"), equalTo(1));
        assertThat(section(response, "search").get("searches"), equalTo(2L));
    }

    /** Whatever the shards, blocks and hits asked for: the report of the same rankings made by sorting in memory. */
    public void testAnyNumberOfShardsGivesTheReportOfRankingsInMemory() throws Exception {
        randomCollection();
        for (int shards : new int[] {1, 3}) {
            String index = "random-" + shards;
            createIndices(index, shards);
            for (int k : new int[] {1, 7, 500}) {
                String body = "{'index': '" + index + "', 'block_size': " + randomIntBetween(1, 40)
                        + ", 'search': {'k': " + k + ", 'query': " + BY_NUMBER + "}}";
                assertThat(evaluate(body).sections().get("report"), equalTo(inMemory(k)));
            }
        }
    }

    /** Which questions a passage answers is indexed, and need not be in its source. */
    public void testQuestionIdsNeedNotBeInTheSource() throws Exception {
        randomCollection();
        createIndices("lean", 2, "\"_source\": {\"excludes\": [\"question_ids\", \"language\"]},");
        EvaluateResponse response = evaluate("{'index': 'lean', 'search': {'k': 10, 'query': " + BY_NUMBER + "}}");
        assertThat(response.sections().get("report"), equalTo(inMemory(10)));
    }

    public void testTheFilterMayStandInsideTheQuery() throws Exception {
        randomCollection();
        createIndices("inside");
        String inside = BY_NUMBER.replace("{'match_all': {}}", "'{{pool}}'");
        EvaluateResponse response = evaluate("{'index': 'inside', 'search': {'k': 10, 'query': " + inside + "}}");
        assertThat(response.sections().get("report"), equalTo(inMemory(10)));
    }

    public void testJudgementsFromAnIndex() throws Exception {
        randomCollection();
        createIndices("judged");
        assertAcked(prepareCreate("judged-j").setMapping("question_id", "type=keyword", "passage_id", "type=keyword"));
        BulkRequest bulk = new BulkRequest("judged-j");
        for (TestPassage passage : passages) {
            passage.questionIds.forEach(
                    id -> bulk.add(new IndexRequest().source("question_id", id, "passage_id", passage.id)));
        }
        bulk.add(new IndexRequest().source("question_id", "q1", "passage_id", "gone"));
        send(bulk);
        EvaluateResponse response = evaluate("{'index': 'judged', 'judgements_index': 'judged-j', 'search': {'k': 10,"
                + " 'query': " + BY_NUMBER + "}}");
        assertThat(response.sections().get("report"), equalTo(inMemory(10)));
        assertThat(section(response, "left_out").get("judgements_outside_pool"), equalTo((long) LANGUAGES.size()));
    }

    /**
     * Vectors of two dimensions whose first one is the cosine to every question. The search finds them in the same order
     * but for two that it swaps: the exact one has de1 before de2 and de3, the search de3 before de1 and de2.
     */
    public void testSearchesAreComparedWithTheExactRanking() throws Exception {
        questions.add(new TestQuestion("q", "de"));
        passages.add(new TestPassage("de1", "de", Map.of("qde", 80, "exact", 95), List.of("q")));
        passages.add(new TestPassage("de2", "de", Map.of("qde", 70, "exact", 90), List.of()));
        passages.add(new TestPassage("de3", "de", Map.of("qde", 90, "exact", 10), List.of()));
        passages.add(new TestPassage("en1", "en", Map.of("qde", 10, "exact", 5), List.of("q")));
        EvaluateTestPlugin.VECTORS.put("qde", new float[] {1, 0});
        createIndices("compared");
        EvaluateResponse response = evaluate("{'index': 'compared', 'encoder': 'test', 'measures': ['AP'], 'settings':"
                + " ['monolingual', 'multilingual'], 'search': {'k': 2, 'compare_exact': true, 'query': " + BY_NUMBER
                + "}}");
        assertThat(mean(response, "monolingual").get("AP"), equalTo(0.5));
        assertThat(mean(response, "multilingual").get("AP"), equalTo(0.25));
        Map<?, ?> compared = (Map<?, ?>) section(response, "search").get("compared_with_exact");
        assertThat(
                compared.get("overlap"),
                equalTo(Map.of(
                        "cut_off",
                        2,
                        "mean",
                        0.5,
                        "per_language",
                        Map.of("de", 0.5),
                        "per_passage_language",
                        Map.of("de", 0.5))));
        Map<?, ?> settings = (Map<?, ?>) compared.get("settings");
        Map<?, ?> monolingual = Map.of("AP", Map.of("exact", 1.0, "search", 0.5, "difference", -0.5));
        // en1 is at rank 4 of both: exactly as far down as if it were not found, for a search of two hits
        Map<?, ?> multilingual = Map.of("AP", Map.of("exact", 0.5, "search", 0.25, "difference", -0.25));
        assertThat(
                settings.get("monolingual"),
                equalTo(Map.of("mean", monolingual, "per_language", Map.of("de", monolingual, "en", Map.of()))));
        assertThat(
                settings.get("multilingual"),
                equalTo(Map.of("mean", multilingual, "per_language", Map.of("de", multilingual, "en", Map.of()))));
        assertThat(section(response, "encoder").get("name"), equalTo("test"));
        assertThat(section(response, "phases_ms").keySet().toString(), containsString("ranking, searching"));
    }

    public void testCancelledEvaluationEnds() throws Exception {
        questions.add(new TestQuestion("q", "de"));
        passage("de1", "de", 1, "q");
        createIndices("slow");
        WaitingScript.reached = new CountDownLatch(1);
        WaitingScript.goOn = new CountDownLatch(1);
        ActionFuture<EvaluateResponse> future = client().execute(
                        EvaluateAction.INSTANCE,
                        new EvaluateRequest(EvaluationSpecTests.parse(
                                "{'index': 'slow', 'search': {'query': {'script': {'script': {'lang': 'mockscript',"
                                        + " 'source': 'wait', 'params': {'text': '{{query_text}}'}}}}}}")));
        assertTrue(WaitingScript.reached.await(30, TimeUnit.SECONDS));
        client().admin()
                .cluster()
                .prepareCancelTasks()
                .setActions(EvaluateAction.NAME)
                .get();
        WaitingScript.goOn.countDown();
        Exception failure = expectThrows(Exception.class, () -> future.actionGet(30, TimeUnit.SECONDS));
        assertThat(ExceptionsHelper.unwrapCause(failure), instanceOf(TaskCancelledException.class));
        assertBusy(() -> assertThat(
                client().admin()
                        .cluster()
                        .prepareListTasks()
                        .setActions(EvaluateAction.NAME + "*", "*search*")
                        .get()
                        .getTasks(),
                equalTo(List.of())));
    }

    public void testWhatCannotBeSearchedIsRefused() throws Exception {
        randomCollection();
        createIndices("refused");
        Throwable failure = failure("refused", "{'nearest': {'text': '{{query_text}}'}}");
        assertThat(failure.getMessage(), containsString("unknown query [nearest]"));
        assertThat(ExceptionsHelper.status(failure), equalTo(RestStatus.BAD_REQUEST));
        failure = failure("refused", "{'bool': {'must': " + BY_NUMBER + ", 'should': '{{pool}}'}}");
        assertThat(failure, instanceOf(IllegalArgumentException.class));
        assertTrue(
                failure.getMessage(),
                failure.getMessage()
                        .matches("a search for passages in \\[(de|en|fr)] found passage \\[\\w+] in"
                                + " \\[(de|en|fr)]: put \\[\\{\\{pool}}] where it filters all that the query finds"));
        assertThat(
                ExceptionsHelper.unwrapCause(expectThrows(
                                Exception.class,
                                () -> evaluate("{'index': 'refused', 'languages': ['xx'], 'search': {'query': "
                                        + BY_NUMBER + "}}")))
                        .getMessage(),
                equalTo("unknown language [xx], the index has [de, en, fr]"));
    }

    public void testPassagesWithoutOneLanguageAreRefused() throws Exception {
        questions.add(new TestQuestion("q", "de"));
        createIndices("odd");
        assertThat(
                failure("odd", BY_NUMBER).getMessage(),
                equalTo("index [odd] has no passage with a [language]: [0] have no language"));
        send(new BulkRequest("odd").add(new IndexRequest().source("language", new String[] {"de", "en"})));
        assertThat(
                failure("odd", BY_NUMBER).getMessage(),
                equalTo("index [odd] has [1] values too many in [language], a passage has one language"));
    }

    private Throwable failure(String index, String query) {
        return ExceptionsHelper.unwrapCause(expectThrows(
                Exception.class, () -> evaluate("{'index': '" + index + "', 'search': {'query': " + query + "}}")));
    }

    private void passage(String id, String language, int score, String... questionIds) {
        passages.add(new TestPassage(id, language, Map.of("qde", score), List.of(questionIds)));
    }

    /** No two passages have the same score: a search of few hits decides between those by where they are kept. */
    private void randomCollection() {
        for (String language : LANGUAGES) {
            for (int q = 0; q < 6; q++) {
                questions.add(new TestQuestion("q" + q, language));
            }
        }
        List<Integer> numbers =
                new ArrayList<>(IntStream.rangeClosed(1, 90).boxed().toList());
        for (int p = 0; p < 90; p++) {
            passages.add(new TestPassage(
                    randomAlphaOfLength(5) + p,
                    LANGUAGES.get(p % 3),
                    new HashMap<>(),
                    p < 12 ? List.of("q" + p % 5, "q" + (p + 1) % 5) : List.of()));
        }
        for (TestQuestion question : questions) {
            Collections.shuffle(numbers, random());
            for (int p = 0; p < 90; p++) {
                passages.get(p).scores.put(question.text(), numbers.get(p));
            }
        }
    }

    /** The naive way: every pool is sorted as a whole, and what stands behind the k-th place is forgotten. */
    private Map<String, Object> inMemory(int k) {
        Evaluation evaluation =
                new Evaluation(LANGUAGES, new int[] {30, 30, 30}, EnumSet.allOf(Setting.class), Measures.defaults());
        for (TestQuestion question : questions) {
            Golds golds = Golds.of(passages.stream()
                    .filter(passage -> passage.questionIds.contains(question.id))
                    .map(passage -> new Gold(passage.id, ordinal(passage), 1, knownScore(question, passage, k)))
                    .toList());
            int[] languageRanks = new int[golds.size()];
            int[] ranks = new int[golds.size()];
            for (int gold = 0; gold < golds.size(); gold++) {
                String id = golds.get(gold).id();
                languageRanks[gold] =
                        rank(question, id, LANGUAGES.get(golds.get(gold).language()), k);
                ranks[gold] = rank(question, id, null, k);
            }
            List<Hit> top = sorted(question, null).stream()
                    .limit(Math.min(k, 10))
                    .map(p -> new Hit(p.id, ordinal(p), p.scores.get(question.text())))
                    .toList();
            int language = LANGUAGES.indexOf(question.language);
            evaluation.ranked(new RankedQuestion(question.id, language, golds, languageRanks, ranks, k, top));
        }
        return evaluation
                .report()
                .withTexts((id, language) -> new TestQuestion(id, language).text(), id -> null)
                .toMap();
    }

    private static int ordinal(TestPassage passage) {
        return LANGUAGES.indexOf(passage.language);
    }

    /** A search tells the score of what it finds in the passage's own language, where fewer stand before it. */
    private float knownScore(TestQuestion question, TestPassage passage, int k) {
        boolean found = rank(question, passage.id, passage.language, k) != RankedQuestion.NOT_RETRIEVED;
        return found ? passage.scores.get(question.text()) : 0;
    }

    private int rank(TestQuestion question, String id, String language, int k) {
        List<String> ids =
                sorted(question, language).stream().map(TestPassage::id).toList();
        int rank = ids.indexOf(id) + 1;
        return rank > k ? RankedQuestion.NOT_RETRIEVED : rank;
    }

    private List<TestPassage> sorted(TestQuestion question, String language) {
        return passages.stream()
                .filter(passage -> language == null || passage.language.equals(language))
                .sorted((a, b) -> b.scores.get(question.text()) - a.scores.get(question.text()))
                .toList();
    }

    private void createIndices(String index) throws Exception {
        createIndices(index, 2);
    }

    private void createIndices(String index, int shards) throws Exception {
        createIndices(index, shards, "");
    }

    /** @param source of the mapping, with a comma behind it, or empty */
    private void createIndices(String index, int shards, String source) throws Exception {
        assertAcked(prepareCreate(index)
                .setSettings(Settings.builder()
                        .put(indexSettings())
                        .put("index.knn", true)
                        .put("number_of_shards", shards)
                        .put("number_of_replicas", 0))
                .setMapping(String.format(Locale.ROOT, """
                        {%s "properties": {"language": {"type": "keyword"}, "question_ids": {"type": "keyword"},
                         "embedding": {"type": "knn_vector", "dimension": 2,
                                       "method": {"name": "hnsw", "engine": "lucene"}}}}""", source)));
        BulkRequest bulk = new BulkRequest(index);
        passages.forEach(passage -> bulk.add(new IndexRequest().id(passage.id).source(document(passage))));
        assertAcked(prepareCreate(index + "-questions")
                .setMapping("question_id", "type=keyword", "language", "type=keyword", "text", "type=text"));
        BulkRequest asked = new BulkRequest(index + "-questions");
        questions.forEach(question -> asked.add(new IndexRequest()
                .source("question_id", question.id, "language", question.language, "text", question.text())));
        if (passages.isEmpty() == false) {
            send(bulk);
        }
        send(asked);
    }

    private static Map<String, Object> document(TestPassage passage) {
        Map<String, Object> document = new HashMap<>();
        document.put("language", passage.language);
        document.put("question_ids", passage.questionIds);
        passage.scores.forEach((word, score) -> document.put("s_" + word, score));
        if (passage.scores.containsKey("exact")) {
            double cosine = passage.scores.get("exact") / 100.0;
            document.put("embedding", new float[] {(float) cosine, (float) Math.sqrt(1 - cosine * cosine)});
        }
        return document;
    }

    private void send(BulkRequest bulk) {
        BulkResponse response = client().bulk(bulk).actionGet();
        assertFalse(response.buildFailureMessage(), response.hasFailures());
        refresh();
    }

    private EvaluateResponse evaluate(String body) throws Exception {
        return client().execute(EvaluateAction.INSTANCE, new EvaluateRequest(EvaluationSpecTests.parse(body)))
                .actionGet(60, TimeUnit.SECONDS);
    }

    private static Map<?, ?> section(EvaluateResponse response, String name) {
        return (Map<?, ?>) response.sections().get(name);
    }

    private static Map<?, ?> mean(EvaluateResponse response, String setting) {
        Map<?, ?> settings = (Map<?, ?>) section(response, "report").get("settings");
        return (Map<?, ?>) ((Map<?, ?>) settings.get(setting)).get("mean");
    }
}

package org.hybridir.opensearch.evaluate;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.opensearch.test.hamcrest.OpenSearchAssertions.assertAcked;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.ExactRanking;
import org.hybridir.measure.Measures;
import org.hybridir.measure.Setting;
import org.hybridir.opensearch.VectorFieldTestPlugin;
import org.junit.Before;
import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.action.bulk.BulkRequest;
import org.opensearch.action.bulk.BulkResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.common.action.ActionFuture;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.plugins.Plugin;
import org.opensearch.tasks.TaskInfo;
import org.opensearch.test.OpenSearchIntegTestCase;

/** Evaluations on two nodes in this JVM, compared with the same vectors ranked in memory. */
@OpenSearchIntegTestCase.ClusterScope(
        scope = OpenSearchIntegTestCase.Scope.SUITE,
        numDataNodes = 2,
        numClientNodes = 0,
        supportsDedicatedMasters = false)
public class EvaluateTests extends OpenSearchIntegTestCase {
    private static final int DIMENSION = 16;
    private static final List<String> LANGUAGES = List.of("ar", "de", "en");

    private static final String REMEDY = "map it as {\"type\": \"knn_vector\", \"dimension\": ..., \"method\":"
            + " {\"name\": \"hnsw\", \"engine\": \"lucene\"}}";

    private record TestPassage(
            String id, String language, float[] vector, List<String> questionIds, Map<String, Integer> grades) {
        private TestPassage(String id, String language, float[] vector, List<String> questionIds) {
            this(id, language, vector, questionIds, questionIds.stream().collect(Collectors.toMap(q -> q, q -> 1)));
        }

        private String text() {
            return "text of " + id;
        }
    }

    private record TestQuestion(String id, String language, float[] vector) {
        private String text() {
            return id + " in " + language;
        }
    }

    private final List<TestPassage> passages = new ArrayList<>();
    private final List<TestQuestion> questions = new ArrayList<>();

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return List.of(VectorFieldTestPlugin.class, EvaluateTestPlugin.class);
    }

    @Before
    public void forgetVectors() {
        EvaluateTestPlugin.reset(DIMENSION);
    }

    /** One shard, three shards with copies, small blocks: always the report of the vectors in memory, bit for bit. */
    public void testAnyNumberOfShardsGivesTheReportOfVectorsInMemory() throws Exception {
        randomCollection(40, 15);
        Map<String, Object> expected = inMemory(LANGUAGES, EnumSet.allOf(Setting.class));
        for (int shards : new int[] {1, 3}) {
            String index = "passages-" + shards;
            createPassages(index, shards, shards == 3 ? 1 : 0);
            indexPassages(index);
            addNoise(index);
            createQuestions(index + "-questions", shards);
            for (int block : new int[] {1, 7, 1024}) {
                EvaluateResponse response = evaluate("{'index': '" + index + "', 'block_size': " + block + "}");
                assertThat(response.sections().get("report"), equalTo(expected));
                assertThat(leftOut(response, "passages_without_vector"), equalTo(1L));
                assertThat(leftOut(response, "passages_without_language"), equalTo(1L));
                assertThat(leftOut(response, "questions_incomplete"), equalTo(1L));
                assertThat(leftOut(response, "questions_of_other_languages"), equalTo(1L));
                assertThat(section(response, "questions").get("truncated"), equalTo(1L));
                assertThat(section(response, "questions").get("evaluated"), equalTo((long) questions.size()));
                assertThat(section(response, "passages").get("shards"), equalTo(shards));
            }
        }
    }

    public void testLanguagesSettingsAndMeasuresAreThoseAskedFor() throws Exception {
        randomCollection(20, 8);
        createPassages("some", 2, 0);
        indexPassages("some");
        createQuestions("some-questions", 1);
        EvaluateResponse response = evaluate("{'index': 'some', 'languages': ['en', 'de'], 'settings':"
                + " ['cross_lingual'], 'measures': ['AP', 'RR', 'nDCG@10', 'R@1', 'R@10', 'RankDistance']}");
        assertThat(
                response.sections().get("report"),
                equalTo(inMemory(List.of("de", "en"), EnumSet.of(Setting.CROSS_LINGUAL))));
        assertThat(leftOut(response, "passages_of_other_languages"), equalTo(20L));
        // Those in Arabic, the one in Arabic without a gold, and the one in French.
        assertThat(leftOut(response, "questions_of_other_languages"), equalTo(8L + 1 + 1));
    }

    /** The same judgements, from an index of their own instead of the passages. */
    public void testJudgementsFromAnIndex() throws Exception {
        randomCollection(20, 8);
        createPassages("judged", 3, 0);
        indexPassages("judged");
        createQuestions("judged-questions", 1);
        assertAcked(
                prepareCreate("judgements").setMapping("question_id", "type=keyword", "passage_id", "type=keyword"));
        BulkRequest bulk = new BulkRequest();
        for (TestPassage passage : passages) {
            for (String question : passage.questionIds) {
                bulk.add(new IndexRequest("judgements").source("question_id", question, "passage_id", passage.id));
            }
        }
        bulk.add(new IndexRequest("judgements").source("question_id", "q1", "passage_id", "gone"));
        send(bulk, "judgements");
        EvaluateResponse response = evaluate("{'index': 'judged', 'judgements_index': 'judgements'}");
        assertThat(response.sections().get("report"), equalTo(inMemory(LANGUAGES, EnumSet.allOf(Setting.class))));
        Map<?, ?> typology = section(response, "typology");
        assertThat(typology.get("unknown"), equalTo(List.of()));
        assertThat(List.copyOf(((Map<?, ?>) typology.get("languages")).keySet()), equalTo(LANGUAGES));
        assertThat(((Map<?, ?>) typology.get("distance")).get("pairs"), equalTo(6));
        assertThat(leftOut(response, "judgements_outside_pool"), equalTo((long) LANGUAGES.size()));
    }

    /** Grades of 0 and less are judgements of passages that are not relevant. */
    public void testGradedJudgements() throws Exception {
        randomCollection(20, 8);
        long notRelevant = 0;
        List<TestPassage> graded = new ArrayList<>();
        for (TestPassage passage : passages) {
            Map<String, Integer> grades = new HashMap<>();
            passage.questionIds.forEach(question -> grades.put(question, randomIntBetween(-1, 3)));
            graded.add(new TestPassage(passage.id, passage.language, passage.vector, List.of(), grades));
            notRelevant += grades.values().stream().filter(grade -> grade < 1).count();
        }
        passages.clear();
        passages.addAll(graded);
        createPassages("graded", 2, 0);
        indexPassages("graded");
        createQuestions("graded-questions", 1);
        assertAcked(prepareCreate("grades").setMapping("question_id", "type=keyword", "passage_id", "type=keyword"));
        BulkRequest bulk = new BulkRequest();
        for (TestPassage passage : passages) {
            passage.grades.forEach((question, grade) -> {
                Map<String, Object> judgement = new HashMap<>();
                judgement.put("question_id", question);
                judgement.put("passage_id", passage.id);
                if (grade != 1 || randomBoolean()) {
                    judgement.put("grade", grade);
                }
                bulk.add(new IndexRequest("grades").source(judgement));
            });
        }
        send(bulk, "grades");
        String body = "{'index': 'graded', 'judgements_index': 'grades'}";
        EvaluateResponse response = evaluate(body);
        assertThat(response.sections().get("report"), equalTo(inMemory(LANGUAGES, EnumSet.allOf(Setting.class))));
        // A judgement counts for its question in each language.
        assertThat(leftOut(response, "judgements_not_relevant"), equalTo(notRelevant * LANGUAGES.size()));
        assertThat(leftOut(response, "judgements_outside_pool"), equalTo(0L));

        judge("half", "q0", "gone", 0.5);
        assertRefused(
                body,
                "judgement [half] of index [grades] has the [grade] [0.5], a grade is a whole number below 2^31: 1 or"
                        + " more for a relevant passage, more for a more relevant one, 0 for one that is not relevant");
        judge("half", "q0", "gone", 2);
        judge("again", "q0", "gone", 0);
        assertRefused(
                body,
                "index [grades] judges passage [gone] for question [q0] twice, with the grades [0] and [2]: remove one of"
                        + " the judgements");
    }

    private void judge(String id, String question, String passage, Number grade) {
        BulkRequest bulk = new BulkRequest();
        bulk.add(new IndexRequest("grades")
                .id(id)
                .source("question_id", question, "passage_id", passage, "grade", grade));
        send(bulk, "grades");
    }

    public void testEachQuestionsOwnValuesAreThereIfAskedFor() throws Exception {
        randomCollection(20, 8);
        createPassages("own", 2, 0);
        indexPassages("own");
        createQuestions("own-questions", 1);
        Map<?, ?> without = section(evaluate("{'index': 'own'}"), "questions");
        assertThat(List.copyOf(without.keySet()), equalTo(List.of("index", "evaluated", "truncated")));
        Map<?, ?> with = section(evaluate("{'index': 'own', 'per_question': true, 'block_size': 5}"), "questions");
        evaluated(LANGUAGES, EnumSet.allOf(Setting.class))
                .questionValues()
                .toMap()
                .forEach((key, value) -> assertThat(with.get(key), equalTo(value)));
    }

    /** Vectors of any length are compared by their cosines. */
    public void testVectorsAreBroughtToLengthOne() throws Exception {
        randomCollection(20, 8);
        createPassages("long", 1, 0);
        BulkRequest bulk = new BulkRequest();
        for (TestPassage passage : passages) {
            float[] twice = passage.vector.clone();
            for (int i = 0; i < twice.length; i++) {
                twice[i] *= 4;
            }
            bulk.add(new IndexRequest("long")
                    .id(passage.id)
                    .source(document(passage.language, twice, passage.questionIds)));
        }
        send(bulk, "long");
        createQuestions("long-questions", 1);
        Map<?, ?> report = (Map<?, ?>) evaluate("{'index': 'long'}").sections().get("report");
        Map<String, Object> expected = inMemory(LANGUAGES, EnumSet.allOf(Setting.class));
        assertThat(report.get("settings"), equalTo(expected.get("settings")));
        // Only the questions have texts.
        assertThat(report.get("worst").toString(), containsString("text=q"));
        assertThat(report.get("worst").toString(), not(containsString("text=text of")));
    }

    public void testNodeThatTakesFewTextsAtOnce() throws Exception {
        randomCollection(20, 8);
        createPassages("chunks", 1, 0);
        indexPassages("chunks");
        createQuestions("chunks-questions", 1);
        EvaluateTestPlugin.maxTexts = 7;
        assertThat(
                evaluate("{'index': 'chunks'}").sections().get("report"),
                equalTo(inMemory(LANGUAGES, EnumSet.allOf(Setting.class))));
    }

    /** The texts are read at the end, when the work is done: indices that return few documents at once do not fail it. */
    public void testTextsAreReadFromIndicesThatReturnFewDocuments() throws Exception {
        randomCollection(20, 8);
        createPassages("few", 1, 0);
        indexPassages("few");
        createQuestions("few-questions", 1);
        returnAtMost("few-questions", 30);
        returnAtMost("few", passages.size());
        String body = "{'index': 'few', 'block_size': 30}";
        Map<String, Object> expected = inMemory(LANGUAGES, EnumSet.allOf(Setting.class));
        assertThat(evaluate(body).sections().get("report"), equalTo(expected));

        returnAtMost("few", 1);
        Map<?, ?> report = (Map<?, ?>) evaluate(body).sections().get("report");
        assertThat(report.get("settings"), equalTo(expected.get("settings")));
        assertThat(report.get("worst").toString(), not(containsString("text=")));
    }

    private static void returnAtMost(String index, int documents) {
        assertAcked(client().admin()
                .indices()
                .prepareUpdateSettings(index)
                .setSettings(Settings.builder().put("index.max_result_window", documents)));
    }

    public void testCancelledEvaluationEnds() throws Exception {
        randomCollection(20, 8);
        createPassages("slow", 3, 0);
        indexPassages("slow");
        createQuestions("slow-questions", 1);
        EvaluateTestPlugin.goOn = new CountDownLatch(1);
        EvaluateTestPlugin.encoding = new CountDownLatch(1);
        ActionFuture<EvaluateResponse> future = client().execute(EvaluateAction.INSTANCE, request("{'index': 'slow'}"));
        assertTrue(EvaluateTestPlugin.encoding.await(30, TimeUnit.SECONDS));
        List<TaskInfo> tasks = client().admin()
                .cluster()
                .prepareListTasks()
                .setActions(EvaluateAction.NAME)
                .get()
                .getTasks();
        assertThat(tasks.size(), equalTo(1));
        assertTrue(tasks.get(0).isCancellable());
        TaskId id = tasks.get(0).getTaskId();
        client().admin().cluster().prepareCancelTasks().setTaskId(id).get();
        EvaluateTestPlugin.goOn.countDown();
        Exception failure = expectThrows(Exception.class, () -> future.actionGet(30, TimeUnit.SECONDS));
        Throwable cause = ExceptionsHelper.unwrapCause(failure);
        assertThat(cause.toString(), cause instanceof TaskCancelledException, equalTo(true));
        assertThat(cause.getMessage(), containsString("the evaluation was cancelled [by user request]"));
        assertBusy(() -> assertThat(
                client().admin()
                        .cluster()
                        .prepareListTasks()
                        .setActions(EvaluateAction.NAME + "*")
                        .get()
                        .getTasks(),
                equalTo(List.of())));
    }

    /** What changes between two passes must not be mixed into one result. */
    public void testChangeDuringTheEvaluationIsAConflict() throws Exception {
        randomCollection(20, 8);
        createPassages("changing", 1, 0);
        indexPassages("changing");
        createQuestions("changing-questions", 1);
        EvaluateTestPlugin.goOn = new CountDownLatch(1);
        EvaluateTestPlugin.encoding = new CountDownLatch(1);
        ActionFuture<EvaluateResponse> future =
                client().execute(EvaluateAction.INSTANCE, request("{'index': 'changing'}"));
        assertTrue(EvaluateTestPlugin.encoding.await(30, TimeUnit.SECONDS));
        // The same document again: as many passages as before, and yet another index.
        TestPassage passage = passages.get(0);
        BulkRequest bulk = new BulkRequest();
        bulk.add(new IndexRequest("changing").id(passage.id).source(document(passage)));
        send(bulk, "changing");
        EvaluateTestPlugin.goOn.countDown();
        Exception failure = expectThrows(Exception.class, () -> future.actionGet(30, TimeUnit.SECONDS));
        OpenSearchStatusException conflict = (OpenSearchStatusException) ExceptionsHelper.unwrapCause(failure);
        assertThat(conflict.status(), equalTo(RestStatus.CONFLICT));
        assertThat(
                conflict.getMessage(),
                equalTo("index [changing] changed during the evaluation, in shard [0]: evaluate again when nothing is"
                        + " being indexed"));
    }

    /** Merging rewrites all segments, moves documents, and changes nothing that counts. */
    public void testMergeDuringTheEvaluationIsNoChange() throws Exception {
        randomCollection(20, 8);
        createPassages("merging", 1, 0);
        indexPassages("merging");
        addNoise("merging");
        createQuestions("merging-questions", 1);
        EvaluateTestPlugin.goOn = new CountDownLatch(1);
        EvaluateTestPlugin.encoding = new CountDownLatch(1);
        ActionFuture<EvaluateResponse> future =
                client().execute(EvaluateAction.INSTANCE, request("{'index': 'merging'}"));
        assertTrue(EvaluateTestPlugin.encoding.await(30, TimeUnit.SECONDS));
        client().admin()
                .indices()
                .prepareForceMerge("merging")
                .setMaxNumSegments(1)
                .get();
        refresh("merging");
        EvaluateTestPlugin.goOn.countDown();
        assertThat(
                future.actionGet(30, TimeUnit.SECONDS).sections().get("report"),
                equalTo(inMemory(LANGUAGES, EnumSet.allOf(Setting.class))));
    }

    public void testWhatCannotBeEvaluatedIsRefused() throws Exception {
        randomCollection(5, 3);
        createPassages("fine", 1, 0);
        indexPassages("fine");
        createQuestions("fine-questions", 1);
        assertRefused(
                "{'index': 'fine', 'languages': ['de', 'xx']}", "unknown language [xx], the index has [ar, de, en]");
        assertRefused("{'index': 'fine', 'encoder': 'other'}", "unknown encoder [other], known ones [test]");
        assertRefused("{'index': 'fine', 'vector_field': 'other'}", "index [fine] has no field [other]; " + REMEDY);
        assertRefused(
                "{'index': 'fine', 'vector_field': 'language'}",
                "field [language] of index [fine] is of type [keyword], not [knn_vector]; " + REMEDY);
        assertRefused(
                "{'index': 'fine', 'vector_field': 'parts.embedding'}",
                "field [parts.embedding] of index [fine] is in the nested [parts], an evaluation reads one value a"
                        + " document");
        assertRefused(
                "{'index': 'fine', 'vector_field': 'by_faiss'}",
                "field [by_faiss] of index [fine] uses the k-NN engine [faiss], an evaluation reads the vectors of"
                        + " [lucene]: set [index.knn] to [true], map the field with \"method\": {\"name\": \"hnsw\","
                        + " \"engine\": \"lucene\"}, and index again");
        assertRefused(
                "{'index': 'fine', 'vector_field': 'of_bytes'}",
                "field [of_bytes] of index [fine] has the data type [byte], but encoders make vectors of [float]; leave out"
                        + " [data_type]");
        assertRefused(
                "{'index': 'fine', 'vector_field': 'short'}",
                "encoder [test] makes vectors of dimension [16], but field [short] of index [fine] is mapped with dimension"
                        + " [3]; name the encoder that the mapping was made for, or map the field with [16]");
        assertRefused(
                "{'index': 'fine', 'vector_field': 'unused'}",
                "index [fine] has no passage with both a vector in [unused] and a [language]: [15] have no vector, [0]"
                        + " have no language; index them through a pipeline with the processor [hybrid_ir]");
        assertRefused(
                "{'index': 'fine', 'judgements_index': 'fine-questions'}",
                "index [fine-questions] has no field [passage_id]");
        assertThat(failure("{'index': 'nowhere'}").getMessage(), containsString("no such index [nowhere]"));
        assertThat(
                failure("{'index': 'fine', 'questions_index': 'nowhere'}").getMessage(),
                containsString("no such index [nowhere]"));
    }

    public void testIndexWithoutEncoderIsRefused() throws Exception {
        randomCollection(5, 3);
        assertAcked(prepareCreate("nameless")
                .setSettings(Settings.builder().put("index.knn", true))
                .setMapping(passageMapping(DIMENSION)));
        createQuestions("nameless-questions", 1);
        assertRefused(
                "{'index': 'nameless'}",
                "no encoder is named for field [embedding] of index [nameless]: name it in [encoder], in the setting"
                        + " [index.hybrid_ir.encoder] of the index, or in [_meta.hybrid_ir.encoder] of its mapping");
    }

    public void testEmptyIndicesAreRefused() throws Exception {
        randomCollection(5, 3);
        createPassages("empty", 2, 0);
        assertAcked(prepareCreate("empty-questions").setMapping(questionMapping()));
        assertRefused(
                "{'index': 'empty'}",
                "index [empty] has no passage with both a vector in [embedding] and a [language]: [0] have no vector,"
                        + " [0] have no language; index them through a pipeline with the processor [hybrid_ir]");
        indexPassages("empty");
        assertRefused(
                "{'index': 'empty'}",
                "index [empty-questions] has no question to ask in [ar, de, en]: [0] documents lack one of"
                        + " [question_id], [language], [text], [0] are in other languages");
    }

    /** Questions that nothing answers have no measure; the report says how many they are. */
    public void testNoGoldsAtAll() throws Exception {
        randomCollection(5, 0);
        createPassages("unanswered", 2, 0);
        indexPassages("unanswered");
        createQuestions("unanswered-questions", 1);
        Map<?, ?> report = (Map<?, ?>) evaluate("{'index': 'unanswered', 'settings': ['multilingual']}")
                .sections()
                .get("report");
        Map<?, ?> mean = (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) report.get("settings")).get("multilingual")).get("mean");
        assertThat(mean.get("rankings"), equalTo(0));
        assertThat(mean.get("left_out"), equalTo(1));
        assertNull(mean.get("AP"));
    }

    public void testTwoLanguagesOfOnePassageAreRefused() throws Exception {
        randomCollection(5, 3);
        createPassages("two", 1, 0);
        BulkRequest bulk = new BulkRequest();
        bulk.add(new IndexRequest("two")
                .id("p")
                .source(XContentFactory.jsonBuilder()
                        .startObject()
                        .array("language", "de", "en")
                        .array("embedding", passages.get(0).vector)
                        .endObject()));
        send(bulk, "two");
        createQuestions("two-questions", 1);
        assertRefused("{'index': 'two'}", "passage [p] has [2] values in [language], a passage has one language");
    }

    public void testFilteredAliasIsRefused() throws Exception {
        randomCollection(5, 3);
        createPassages("whole", 1, 0);
        indexPassages("whole");
        createQuestions("whole-questions", 1);
        assertAcked(client().admin()
                .indices()
                .prepareAliases()
                .addAlias("whole", "part", QueryBuilders.termQuery("language", "de"))
                .addAlias("whole", "all"));
        assertRefused(
                "{'index': 'part', 'questions_index': 'whole-questions'}",
                "alias [part] has a filter, which an evaluation cannot apply: evaluate an index of the passages wanted,"
                        + " or restrict [languages]");
        EvaluateResponse response = evaluate("{'index': 'all', 'questions_index': 'whole-questions'}");
        assertThat(section(response, "passages").get("index"), equalTo("whole"));
    }

    /** Speed of the whole collection's size; run by hand with -Dtests.evaluate.speed=true. */
    public void testSpeed() throws Exception {
        assumeTrue("measured on request only", Boolean.getBoolean("tests.evaluate.speed"));
        int dimension = 768;
        EvaluateTestPlugin.dimension = dimension;
        createIndex(
                "big",
                Settings.builder()
                        .put("number_of_shards", 1)
                        .put("number_of_replicas", 0)
                        .put("refresh_interval", "-1")
                        .put("index.hybrid_ir.encoder", "test")
                        .put("index.knn", true)
                        .build());
        client().admin()
                .indices()
                .preparePutMapping("big")
                .setSource(passageMapping(dimension))
                .get();
        for (int first = 0; first < 13_014; first += 500) {
            BulkRequest bulk = new BulkRequest();
            for (int p = first; p < Math.min(13_014, first + 500); p++) {
                TestPassage passage = new TestPassage("p" + p, "l" + p % 11, unit(dimension), List.of("q" + p / 11));
                passages.add(passage);
                Map<String, Object> document = document(passage.language, passage.vector, passage.questionIds);
                document.remove("parts");
                bulk.add(new IndexRequest("big").id(passage.id).source(document));
            }
            assertFalse(client().bulk(bulk).actionGet().hasFailures());
        }
        refresh("big");
        for (int q = 0; q < 13_090; q++) {
            questions.add(new TestQuestion("q" + q % 1190, "l" + q / 1190, unit(dimension)));
        }
        createQuestions("big-questions", 1);
        List<String> languages = IntStream.range(0, 11).mapToObj(i -> "l" + i).toList();
        for (int run = 0; run < 3; run++) {
            long start = System.nanoTime();
            inMemory(languages, EnumSet.allOf(Setting.class));
            logger.info("in memory, two threads [{}] ms", (System.nanoTime() - start) / 1_000_000);
            logger.info("phases {}", evaluate("{'index': 'big'}").sections().get("phases_ms"));
        }
    }

    private void randomCollection(int passagesOfLanguage, int questionsOfLanguage) {
        passages.clear();
        questions.clear();
        for (String language : LANGUAGES) {
            for (int p = 0; p < passagesOfLanguage; p++) {
                // Every fifth passage is said word by word elsewhere, too: equal scores, on other shards.
                float[] vector = p % 5 == 4 && p > 4 ? passages.get(p - 4).vector : unit(DIMENSION);
                passages.add(new TestPassage(
                        language + "-" + randomAlphaOfLength(3) + p,
                        language,
                        vector,
                        p < questionsOfLanguage ? List.of("q" + p, "q" + (p + 1) % questionsOfLanguage) : List.of()));
            }
            for (int q = 0; q < questionsOfLanguage; q++) {
                questions.add(new TestQuestion("q" + q, language, unit(DIMENSION)));
            }
        }
        questions.add(new TestQuestion("q without a gold", LANGUAGES.get(0), unit(DIMENSION)));
    }

    private static float[] unit(int dimension) {
        double[] values = new double[dimension];
        double square = 0;
        for (int i = 0; i < dimension; i++) {
            values[i] = random().nextGaussian();
            square += values[i] * values[i];
        }
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (values[i] / Math.sqrt(square));
        }
        return vector;
    }

    private Map<String, Object> inMemory(List<String> languages, EnumSet<Setting> settings) throws Exception {
        return inMemory(languages, settings, true);
    }

    private Map<String, Object> inMemory(List<String> languages, EnumSet<Setting> settings, boolean texts)
            throws Exception {
        Map<String, String> words = new HashMap<>();
        passages.forEach(passage -> words.put(passage.id, texts ? passage.text() : null));
        return evaluated(languages, settings)
                .report()
                .withTexts((id, language) -> new TestQuestion(id, language, null).text(), words::get)
                .toMap();
    }

    private Evaluation evaluated(List<String> languages, EnumSet<Setting> settings) throws Exception {
        List<TestPassage> pool =
                passages.stream().filter(p -> languages.contains(p.language)).toList();
        List<TestQuestion> asked =
                questions.stream().filter(q -> languages.contains(q.language)).toList();
        int[] sizes = new int[languages.size()];
        pool.forEach(passage -> sizes[languages.indexOf(passage.language)]++);
        Evaluation evaluation = new Evaluation(languages, sizes, settings, Measures.defaults());
        ExactRanking ranking = new ExactRanking(new ExactRanking.Passages(
                pool.stream().map(TestPassage::vector).toArray(float[][]::new),
                pool.stream().mapToInt(p -> languages.indexOf(p.language)).toArray(),
                pool.stream().map(TestPassage::id).toArray(String[]::new),
                pool.stream().map(TestPassage::grades).toList()));
        ExactRanking.Questions all = new ExactRanking.Questions(
                asked.stream().map(TestQuestion::vector).toArray(float[][]::new),
                asked.stream().mapToInt(q -> languages.indexOf(q.language)).toArray(),
                asked.stream().map(TestQuestion::id).toArray(String[]::new));
        ranking.rank(all, languages.size(), evaluation, 2, done -> {});
        return evaluation;
    }

    private void createPassages(String index, int shards, int replicas) throws Exception {
        assertAcked(prepareCreate(index)
                .setSettings(Settings.builder()
                        .put(indexSettings())
                        .put("index.hybrid_ir.encoder", "test")
                        .put("index.knn", true)
                        .put("number_of_shards", shards)
                        .put("number_of_replicas", replicas))
                .setMapping(passageMapping(DIMENSION)));
        ensureGreen(index);
    }

    private static XContentBuilder passageMapping(int dimension) throws Exception {
        XContentBuilder mapping = XContentFactory.jsonBuilder().startObject().startObject("properties");
        mapping.startObject("language").field("type", "keyword").endObject();
        mapping.startObject("question_ids").field("type", "keyword").endObject();
        vector(mapping, "embedding", dimension, "lucene", "float");
        vector(mapping, "unused", dimension, "lucene", "float");
        vector(mapping, "short", 3, "lucene", "float");
        vector(mapping, "by_faiss", dimension, "faiss", "float");
        vector(mapping, "of_bytes", dimension, "lucene", "byte");
        mapping.startObject("parts").field("type", "nested").startObject("properties");
        vector(mapping, "embedding", dimension, "lucene", "float");
        return mapping.endObject().endObject().endObject().endObject();
    }

    private static void vector(XContentBuilder mapping, String name, int dimension, String engine, String type)
            throws Exception {
        mapping.startObject(name)
                .field("type", "knn_vector")
                .field("dimension", dimension)
                .field("data_type", type)
                .field("method", Map.of("name", "hnsw", "engine", engine))
                .endObject();
    }

    private void indexPassages(String index) {
        for (int first = 0; first < passages.size(); first += 17) {
            // A refresh after each: several segments.
            BulkRequest bulk = new BulkRequest();
            for (TestPassage passage : passages.subList(first, Math.min(passages.size(), first + 17))) {
                bulk.add(new IndexRequest(index).id(passage.id).source(document(passage)));
            }
            send(bulk, index);
        }
    }

    private static Map<String, Object> document(TestPassage passage) {
        Map<String, Object> document = document(passage.language, passage.vector, passage.questionIds);
        document.put("text", passage.text());
        return document;
    }

    private static Map<String, Object> document(String language, float[] vector, List<String> questionIds) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("language", language);
        document.put("embedding", vector);
        document.put("question_ids", questionIds);
        document.put("parts", List.of(Map.of("embedding", vector), Map.of("embedding", vector)));
        return document;
    }

    /** Deleted passages, one without a vector, one without a language: none may count. */
    private void addNoise(String index) {
        BulkRequest bulk = new BulkRequest();
        for (int i = 0; i < 10; i++) {
            bulk.add(new IndexRequest(index).id("gone" + i).source(document("de", unit(DIMENSION), List.of("q1"))));
        }
        bulk.add(new IndexRequest(index).id("no vector").source("language", "de", "question_ids", "q1"));
        bulk.add(new IndexRequest(index).id("no language").source("embedding", unit(DIMENSION), "question_ids", "q1"));
        send(bulk, index);
        for (int i = 0; i < 10; i++) {
            client().prepareDelete(index, "gone" + i).get();
        }
        refresh(index);
    }

    private static String[] questionMapping() {
        return new String[] {"question_id", "type=keyword", "language", "type=keyword", "text", "type=text"};
    }

    private void createQuestions(String index, int shards) {
        assertAcked(prepareCreate(index)
                .setSettings(Settings.builder().put(indexSettings()).put("number_of_shards", shards))
                .setMapping(questionMapping()));
        BulkRequest bulk = new BulkRequest();
        for (TestQuestion question : questions) {
            EvaluateTestPlugin.VECTORS.put(question.text(), question.vector);
            bulk.add(new IndexRequest(index)
                    .source("question_id", question.id, "language", question.language, "text", question.text()));
        }
        EvaluateTestPlugin.TRUNCATED.add(questions.get(0).text());
        bulk.add(new IndexRequest(index).source("question_id", "no text", "language", "de"));
        bulk.add(new IndexRequest(index).source("question_id", "q1", "language", "fr", "text", "q1 in fr"));
        send(bulk, index);
    }

    private void send(BulkRequest bulk, String index) {
        BulkResponse response = client().bulk(bulk).actionGet();
        assertFalse(response.buildFailureMessage(), response.hasFailures());
        refresh(index);
    }

    private EvaluateRequest request(String body) throws Exception {
        return new EvaluateRequest(EvaluationSpecTests.parse(body));
    }

    private EvaluateResponse evaluate(String body) throws Exception {
        return client().execute(EvaluateAction.INSTANCE, request(body)).actionGet(120, TimeUnit.SECONDS);
    }

    private Throwable failure(String body) {
        return ExceptionsHelper.unwrapCause(expectThrows(Exception.class, () -> evaluate(body)));
    }

    private void assertRefused(String body, String message) {
        Throwable failure = failure(body);
        assertThat(failure.getMessage(), equalTo(message));
        assertThat(ExceptionsHelper.status(failure), equalTo(RestStatus.BAD_REQUEST));
    }

    private static Map<?, ?> section(EvaluateResponse response, String name) {
        return (Map<?, ?>) response.sections().get(name);
    }

    private static Object leftOut(EvaluateResponse response, String what) {
        return section(response, "left_out").get(what);
    }
}

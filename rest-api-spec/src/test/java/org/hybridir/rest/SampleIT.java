package org.hybridir.rest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hybridir.collection.LareqaReader;
import org.hybridir.collection.Passage;
import org.hybridir.collection.Question;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.ExactRanking;
import org.hybridir.measure.Measures;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;
import org.hybridir.trainer.load.CollectionLoader;
import org.hybridir.trainer.load.LanguageAnalyzers;
import org.hybridir.trainer.load.LoadException;
import org.hybridir.trainer.load.LoadTarget;
import org.hybridir.trainer.load.NodeEvaluation;
import org.hybridir.trainer.load.SearchServer;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;

/** The main job on the sample collection with the real weights: load, search across languages, evaluate. */
public class SampleIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final LoadTarget ONE_SHARD = new LoadTarget("sample", RealNode.MBERT, 1);
    private static final LoadTarget THREE_SHARDS = new LoadTarget("sample-3", RealNode.MBERT, 3);
    /** As in an evaluation on the node. */
    private static final int ENCODED_TOGETHER = 128;

    private static final double ENCODED_APART = 1e-3;

    private static TestCollection collection;
    private static SearchServer server;

    @BeforeClass
    public static void load() throws Exception {
        collection = LareqaReader.readSample();
        server = SearchServer.at(RealNode.shared().url());
        CollectionLoader loader = new CollectionLoader(server, ONE_SHARD);
        loader.prepare(collection.languages(), true);
        int[] written = new int[1];
        loader.load(collection, passages -> written[0] += passages);
        assertEquals(collection.passages().size(), written[0]);
    }

    @AfterClass
    public static void close() throws Exception {
        server.close();
    }

    @Test
    public void allIsThere() throws Exception {
        assertEquals(collection.passages().size(), count("sample"));
        assertEquals(collection.questions().size(), count("sample-questions"));
        for (String language : collection.languages()) {
            JsonNode answer = server.post(
                    "/sample/_count",
                    Map.of(
                            "query",
                            Map.of(
                                    "bool",
                                    Map.of(
                                            "filter",
                                            List.of(
                                                    Map.of("term", Map.of("language", language)),
                                                    Map.of("exists", Map.of("field", "embedding")))))));
            long expected = collection.passages().stream()
                    .filter(passage -> passage.language().equals(language))
                    .count();
            assertEquals(language, expected, answer.path("count").asLong());
        }
    }

    @Test
    public void eachLanguageHasAnAnalyzerThatTheNodeKnows() throws Exception {
        for (String language : LanguageAnalyzers.languages()) {
            JsonNode tokens = server.post(
                    "/_analyze", Map.of("analyzer", LanguageAnalyzers.of(language), "text", "Wikipedia 1969"));
            assertTrue(language, tokens.path("tokens").size() >= 2);
        }
        assertEquals("standard", LanguageAnalyzers.of("vi"));
        JsonNode stemmed = server.post("/sample/_analyze", Map.of("field", "text_in.en", "text", "the rivers"));
        assertEquals("river", stemmed.path("tokens").path(0).path("token").asText());
        assertEquals(1, stemmed.path("tokens").size());
    }

    @Test
    public void anExistingIndexIsRefused() {
        LoadException refused = assertThrows(LoadException.class, () -> new CollectionLoader(server, ONE_SHARD)
                .prepare(collection.languages(), false));
        assertEquals(
                "index [sample] exists; --replace deletes it first, --index names another one", refused.getMessage());
    }

    @Test
    public void anUnknownEncoderIsRefusedBeforeAnythingIsMade() throws Exception {
        LoadTarget target = new LoadTarget("never", "nope", 1);
        LoadException refused = assertThrows(
                LoadException.class, () -> new CollectionLoader(server, target).prepare(collection.languages(), true));
        assertEquals(
                "unknown encoder [nope], known ones [mbert, tiny]; a node's encoders are the folders in its"
                        + " config/opensearch-hybrid-ir/encoders/",
                refused.getMessage());
        assertEquals(false, server.has("/never"));
    }

    @Test
    public void aQuestionFindsPassagesOfTheLanguagesAskedFor() throws Exception {
        for (Question question : collection.questions().subList(0, 5)) {
            JsonNode hits = server.post(
                            "/sample/_search",
                            Map.of(
                                    "size",
                                    7,
                                    "query",
                                    Map.of(
                                            "hybrid_ir",
                                            Map.of(
                                                    "embedding",
                                                    Map.of(
                                                            "query_text",
                                                            question.text(),
                                                            "k",
                                                            7,
                                                            "filter",
                                                            Map.of(
                                                                    "terms",
                                                                    Map.of("language", List.of("zh", "el"))))))))
                    .path("hits")
                    .path("hits");
            assertEquals(7, hits.size());
            for (JsonNode hit : hits) {
                String language = hit.path("_source").path("language").asText();
                assertTrue(language, Set.of("zh", "el").contains(language));
            }
        }
    }

    /** The same vectors give the same report, to the last bit, whatever shards they lie on and with no OpenSearch at all. */
    @Test
    public void shardsAndArraysAgree() throws Exception {
        JsonNode oneShard = evaluate(ONE_SHARD.index());
        new CollectionLoader(server, THREE_SHARDS).prepare(collection.languages(), true);
        copy(ONE_SHARD.index(), THREE_SHARDS.index());
        JsonNode threeShards = evaluate(THREE_SHARDS.index());
        Report arrays = rank(storedPassages(), questionsFromNode());

        assertEquals(3, threeShards.path("passages").path("shards").asInt());
        assertEquals(oneShard.path("report"), threeShards.path("report"));
        assertEquals(
                oneShard.path("report").toString(),
                JSON.writeValueAsString(withTexts(arrays).toMap()));

        Report fromNode = NodeEvaluation.of(oneShard).report();
        assertEquals(collection.questions().size(), fromNode.questionCount());
        assertEquals(collection.passages().size(), fromNode.passageCount());
        encodedApartAgrees(fromNode);
    }

    private static Report withTexts(Report report) {
        Map<String, String> passages =
                collection.passages().stream().collect(Collectors.toMap(Passage::id, Passage::text));
        Map<List<String>, String> questions = collection.questions().stream()
                .collect(Collectors.toMap(question -> List.of(question.id(), question.language()), Question::text));
        return report.withTexts((id, language) -> questions.get(List.of(id, language)), passages::get);
    }

    private static void encodedApartAgrees(Report fromNode) throws Exception {
        try (Encoder encoder = Encoder.open(RealNode.mbert(), EncoderOptions.defaults())) {
            float[][] passages = encode(
                    encoder, collection.passages().stream().map(Passage::text).toList(), TextRole.PASSAGE);
            float[][] questions = encode(
                    encoder, collection.questions().stream().map(Question::text).toList(), TextRole.QUERY);
            Report apart = rank(passages, questions);
            for (Setting setting : Setting.values()) {
                assertEquals(setting.key(), meanAp(fromNode, setting), meanAp(apart, setting), ENCODED_APART);
            }
            // Weights that were not read right would rank at random: one in a hundred at best.
            assertTrue("" + meanAp(apart, Setting.MONOLINGUAL), meanAp(apart, Setting.MONOLINGUAL) > 0.2);
        }
    }

    private static double meanAp(Report report, Setting setting) {
        return report.settings().get(setting).mean().means().get("AP");
    }

    private static long count(String index) throws Exception {
        return server.get("/" + index + "/_count").path("count").asLong();
    }

    private static JsonNode evaluate(String index) throws Exception {
        return server.post("/_hybrid_ir/_evaluate", Map.of("index", index, "questions_index", ONE_SHARD.questions()));
    }

    /** Copies documents with the vectors that they have: the pipeline is left out. */
    private static void copy(String from, String to) throws Exception {
        JsonNode answer = server.post(
                "/_reindex?refresh=true",
                Map.of("source", Map.of("index", from), "dest", Map.of("index", to, "pipeline", "_none")));
        assertEquals(answer.toString(), count(from), answer.path("created").asLong());
    }

    private static float[][] storedPassages() throws Exception {
        Map<String, float[]> vectors = new HashMap<>();
        JsonNode answer = server.post("/sample/_search", Map.of("size", 10_000, "_source", List.of("embedding")));
        for (JsonNode hit : answer.path("hits").path("hits")) {
            vectors.put(hit.path("_id").asText(), vector(hit.path("_source").path("embedding")));
        }
        return collection.passages().stream()
                .map(passage -> vectors.get(passage.id()))
                .toArray(float[][]::new);
    }

    /**
     * The questions' vectors, made as an evaluation makes them: which texts are encoded together decides the last bits. In
     * the order of the collection.
     */
    private static float[][] questionsFromNode() throws Exception {
        JsonNode hits = server.post(
                        "/" + ONE_SHARD.questions() + "/_search",
                        Map.of("size", 10_000, "sort", List.of("question_id")))
                .path("hits")
                .path("hits");
        Map<String, float[]> vectors = new HashMap<>();
        for (int from = 0; from < hits.size(); from += ENCODED_TOGETHER) {
            List<String> ids = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (int i = from; i < Math.min(hits.size(), from + ENCODED_TOGETHER); i++) {
                ids.add(hits.get(i).path("_id").asText());
                texts.add(hits.get(i).path("_source").path("text").asText());
            }
            JsonNode answer = server.post(
                    "/_hybrid_ir/_encode", Map.of("encoder", RealNode.MBERT, "texts", texts, "role", "query"));
            for (int i = 0; i < ids.size(); i++) {
                vectors.put(ids.get(i), vector(answer.path("encodings").path(i).path("vector")));
            }
        }
        return collection.questions().stream()
                .map(question -> vectors.get(question.language() + "-" + question.id()))
                .toArray(float[][]::new);
    }

    private static float[] vector(JsonNode numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = numbers.get(i).floatValue();
        }
        return vector;
    }

    private static float[][] encode(Encoder encoder, List<String> texts, TextRole role) {
        return encoder.encode(texts, role).stream().map(Encoding::vector).toArray(float[][]::new);
    }

    private static Report rank(float[][] passages, float[][] questions) throws Exception {
        List<String> languages = collection.languages();
        int[] pools = new int[languages.size()];
        collection.passages().forEach(passage -> pools[languages.indexOf(passage.language())]++);
        Evaluation evaluation = new Evaluation(languages, pools, Set.of(Setting.values()), Measures.defaults());
        ExactRanking ranking = new ExactRanking(new ExactRanking.Passages(
                passages,
                collection.passages().stream()
                        .mapToInt(passage -> languages.indexOf(passage.language()))
                        .toArray(),
                collection.passages().stream().map(Passage::id).toArray(String[]::new),
                collection.passages().stream()
                        .map(passage -> passage.questionIds().stream().collect(Collectors.toMap(id -> id, id -> 1)))
                        .toList()));
        ExactRanking.Questions asked = new ExactRanking.Questions(
                questions,
                collection.questions().stream()
                        .mapToInt(question -> languages.indexOf(question.language()))
                        .toArray(),
                collection.questions().stream().map(Question::id).toArray(String[]::new));
        ranking.rank(asked, languages.size(), evaluation, 2, done -> {});
        return evaluation.report();
    }
}

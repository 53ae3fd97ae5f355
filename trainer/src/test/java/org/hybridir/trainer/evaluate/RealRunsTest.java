package org.hybridir.trainer.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.hybridir.collection.CollectionSource;
import org.hybridir.collection.Passage;
import org.hybridir.collection.Passages;
import org.hybridir.collection.Question;
import org.hybridir.collection.ReadOptions;
import org.hybridir.collection.TatoebaReader;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.measure.DocumentScore;
import org.hybridir.measure.Measures;
import org.hybridir.measure.RankCounter;
import org.hybridir.measure.Setting;
import org.hybridir.measure.TrecEval;
import org.hybridir.program.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real collections and a real encoder: every question's value equals the one that trec_eval's definition gives for the whole
 * list, sorted. Runs where {@code -Dencoder} names an artifact, and {@code -Ddata} a LAReQA folder, {@code -Dtatoeba} one of
 * Tatoeba; {@code -Dlanguages} takes some of XQuAD-R's languages only.
 */
class RealRunsTest {
    private static final double EQUAL = 1e-9;
    private static final Map<String, String> THEIRS = Map.of(
            "AP",
            "map",
            "RR",
            "recip_rank",
            "nDCG",
            "ndcg",
            "nDCG@10",
            "ndcg_cut",
            "R@10",
            "recall",
            "R@100",
            "recall");

    private static Path folder(String property) {
        String folder = System.getProperty(property, "");
        assumeFalse(folder.isEmpty(), "no -D" + property);
        return Path.of(folder);
    }

    /** Remembers the vectors, so that the lists are sorted by the same ones; in another batch a text may get other last bits. */
    private static final class RememberingEncoder implements TextEncoder, AutoCloseable {
        private final Encoder encoder;
        private final Map<TextRole, Map<String, Encoding>> seen = new EnumMap<>(TextRole.class);

        private RememberingEncoder() throws IOException {
            encoder = Encoder.open(folder("encoder"), EncoderOptions.defaults().withPrecision(Precision.BF16));
        }

        @Override
        public List<Encoding> encode(List<String> texts, TextRole role) {
            Map<String, Encoding> known = seen.computeIfAbsent(role, any -> new HashMap<>());
            List<String> others = texts.stream()
                    .distinct()
                    .filter(text -> !known.containsKey(text))
                    .toList();
            List<Encoding> encodings = encoder.encode(others, role);
            for (int i = 0; i < others.size(); i++) {
                known.put(others.get(i), encodings.get(i));
            }
            return texts.stream().map(known::get).toList();
        }

        private float[] vector(String text, TextRole role) {
            return seen.get(role).get(text).vector();
        }

        @Override
        public void close() {
            encoder.close();
        }
    }

    @Test
    void xquadR() throws Exception {
        TestCollection whole = CollectionSource.XQUAD_R.read(folder("data"));
        String some = System.getProperty("languages", "");
        try (RememberingEncoder encoder = new RememberingEncoder()) {
            assertAsTrecEval(
                    some.isEmpty() ? whole : whole.in(List.of(some.split(","))), encoder, Setting.MULTILINGUAL);
        }
    }

    @Test
    void tatoeba() throws Exception {
        TestCollection german = TatoebaReader.read(folder("tatoeba"), "deu");
        try (RememberingEncoder encoder = new RememberingEncoder()) {
            assertAsTrecEval(german, encoder, Setting.CROSS_LINGUAL);
        }
    }

    /** XQuAD-R's English paragraphs, written as a BEIR folder; long ones are split. */
    @Test
    void beir(@TempDir Path temp) throws Exception {
        TestCollection english = CollectionSource.XQUAD_R.read(folder("data")).in(List.of("en"));
        writeBeir(english, temp);
        try (RememberingEncoder encoder = new RememberingEncoder()) {
            // a short limit, so that paragraphs are really split
            Passages split = new PassageSplitter(text -> text.length() < 400);
            TestCollection beir =
                    CollectionSource.parse("beir").readWith(ReadOptions.of(temp).with(split));
            assertTrue(beir.passages().size() > beir.documentPassages().size(), "paragraphs are split");
            assertAsTrecEval(beir, encoder, Setting.MONOLINGUAL);
        }
    }

    private static void writeBeir(TestCollection english, Path folder) throws IOException {
        ObjectMapper json = new ObjectMapper();
        Map<String, StringBuilder> paragraphs = new HashMap<>();
        List<String> judgements = new ArrayList<>(List.of("query-id\tcorpus-id\tscore"));
        for (Passage sentence : english.passages()) {
            String paragraph = sentence.id().substring(0, sentence.id().lastIndexOf('-'));
            paragraphs
                    .computeIfAbsent(paragraph, id -> new StringBuilder())
                    .append(sentence.text())
                    .append(' ');
            sentence.questionIds().forEach(question -> judgements.add(question + "\t" + paragraph + "\t1"));
        }
        List<String> corpus = new ArrayList<>();
        for (Map.Entry<String, StringBuilder> paragraph : paragraphs.entrySet()) {
            corpus.add(json.writeValueAsString(Map.of(
                    "_id",
                    paragraph.getKey(),
                    "title",
                    "",
                    "text",
                    paragraph.getValue().toString())));
        }
        List<String> queries = new ArrayList<>();
        for (Question question : english.questions()) {
            queries.add(json.writeValueAsString(Map.of("_id", question.id(), "text", question.text())));
        }
        Files.write(folder.resolve("corpus.jsonl"), corpus);
        Files.write(folder.resolve("queries.jsonl"), queries);
        Files.write(Files.createDirectory(folder.resolve("qrels")).resolve("test.tsv"), judgements);
    }

    private static void assertAsTrecEval(TestCollection collection, RememberingEncoder encoder, Setting setting)
            throws Exception {
        OfflineResult result = new OfflineEvaluation(collection, encoder, PhaseProgress.SILENT, DocumentScore.MAX)
                .run(
                        EnumSet.of(setting),
                        THEIRS.keySet().stream().map(Measures::parse).toList(),
                        2);
        assertEquals(collection.questions().size(), result.questions().ids().size());
        IntStream.range(0, collection.questions().size())
                .parallel()
                .forEach(place -> assertQuestion(collection, encoder, setting, result, place));
    }

    private static void assertQuestion(
            TestCollection collection, RememberingEncoder encoder, Setting setting, OfflineResult result, int place) {
        String id = result.questions().ids().get(place);
        String language = result.questions().languages().get(place);
        Question question = collection.questions().stream()
                .filter(asked -> asked.id().equals(id) && asked.language().equals(language))
                .findFirst()
                .orElseThrow();
        List<Passage> documents = collection.documentPassages();
        IntPredicate inPool = document -> switch (setting) {
            case MONOLINGUAL -> documents.get(document).language().equals(language);
            case CROSS_LINGUAL -> !documents.get(document).language().equals(language);
            case MULTILINGUAL -> true;
        };
        TrecEval theirs = trecEval(collection, encoder, question, inPool);
        THEIRS.forEach((ours, name) -> {
            int cut = ours.contains("@") ? Integer.parseInt(ours.substring(ours.indexOf('@') + 1)) : 0;
            assertEquals(
                    theirs.measure(name, cut),
                    result.questions().of(ours, setting).get(place),
                    EQUAL,
                    () -> ours + " of [" + id + "] in [" + language + "]");
        });
    }

    /** Every document scored by its best passage, and all sorted: score descending, then id. */
    private static TrecEval trecEval(
            TestCollection collection, RememberingEncoder encoder, Question question, IntPredicate inPool) {
        List<Passage> documents = collection.documentPassages();
        int[] ends = collection.documentEnds();
        float[] asked = encoder.vector(question.text(), TextRole.QUERY);
        float[] scores = new float[ends.length];
        for (int document = 0; document < ends.length; document++) {
            scores[document] = Float.NEGATIVE_INFINITY;
            for (int p = document == 0 ? 0 : ends[document - 1]; p < ends[document]; p++) {
                float[] vector = encoder.vector(collection.passages().get(p).text(), TextRole.PASSAGE);
                scores[document] = Math.max(scores[document], RankCounter.score(asked, vector));
            }
        }
        Map<String, Integer> judged = new HashMap<>();
        List<Integer> pool = new ArrayList<>();
        for (int document = 0; document < ends.length; document++) {
            if (inPool.test(document)) {
                pool.add(document);
                Integer grade = documents.get(document).grades().get(question.id());
                if (grade != null) {
                    judged.put(documents.get(document).documentId(), grade);
                }
            }
        }
        pool.sort(Comparator.<Integer>comparingDouble(document -> -scores[document])
                .thenComparing(document -> documents.get(document).documentId()));
        return new TrecEval(
                pool.stream()
                        .map(document -> documents.get(document).documentId())
                        .toList(),
                judged);
    }
}

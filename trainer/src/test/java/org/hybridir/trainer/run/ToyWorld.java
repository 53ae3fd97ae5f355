package org.hybridir.trainer.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.hybridir.collection.Passage;
import org.hybridir.collection.Question;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.ArtifactWriter;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.Pooling;
import org.hybridir.program.Family;
import org.hybridir.program.Precision;
import org.hybridir.program.TransformerConfig;
import org.hybridir.program.TransformerWeights;
import org.hybridir.trainer.artifact.WordPieceTokenizer;
import org.hybridir.trainer.batch.SamplerSettings;
import org.hybridir.trainer.batch.Strategy;
import org.hybridir.trainer.data.DataSet;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData;
import org.hybridir.trainer.loss.ContrastiveLoss;
import org.hybridir.trainer.model.AdamW;
import org.hybridir.trainer.model.ModelSettings;
import org.hybridir.weights.InMemoryTensors;

/**
 * Three languages that say the same with words of their own: the word for concept 7 is {@code en7}, {@code de7}, {@code
 * el7}. A passage names six concepts, its question three of them. No word is shared, so that only pairs of two languages
 * can teach which words mean the same.
 */
public final class ToyWorld {
    public static final List<String> LANGUAGES = List.of("en", "de", "el");
    private static final int CONCEPTS = 30;

    private ToyWorld() {}

    /** Parallel pairs in all nine combinations of languages. */
    public static List<Pair> pairs(int groups, long seed) {
        Random random = new Random(seed);
        List<Pair> pairs = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            List<Integer> concepts = new ArrayList<>();
            for (int concept = 0; concept < CONCEPTS; concept++) {
                concepts.add(concept);
            }
            Collections.shuffle(concepts, random);
            for (String query : LANGUAGES) {
                for (String passage : LANGUAGES) {
                    pairs.add(new Pair(
                            text(query, concepts.subList(0, 3)),
                            text(passage, concepts.subList(0, 6)),
                            query,
                            passage,
                            "g" + seed + "-" + group,
                            "toy"));
                }
            }
        }
        return pairs;
    }

    public static TrainingData data(int groups, long seed) {
        return TrainingData.of(List.of(new DataSet("toy", pairs(groups, seed), OptionalDouble.empty())));
    }

    /** A collection of pairs held out: each group's question in all languages, answered by its passage in each. */
    public static TestCollection collection(int groups, long seed) {
        List<Question> questions = new ArrayList<>();
        List<Passage> passages = new ArrayList<>();
        for (Pair pair : pairs(groups, seed)) {
            if (pair.monolingual()) {
                String language = pair.queryLanguage();
                questions.add(new Question(pair.group(), language, pair.query()));
                passages.add(new Passage(
                        language + "-" + pair.group(), language, "", pair.passage(), List.of(pair.group())));
            }
        }
        return new TestCollection("toy", LANGUAGES.stream().sorted().toList(), questions, passages);
    }

    /** Writes pairs as JSONL and returns the file. */
    public static Path write(List<Pair> pairs, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Pair pair : pairs) {
            lines.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("query", pair.query())
                    .put("passage", pair.passage())
                    .put("query_language", pair.queryLanguage())
                    .put("passage_language", pair.passageLanguage())
                    .put("group", pair.group())
                    .toString());
        }
        return Files.write(file, lines);
    }

    private static String text(String language, List<Integer> concepts) {
        StringBuilder text = new StringBuilder();
        concepts.forEach(concept ->
                text.append(text.isEmpty() ? "" : " ").append(language).append(concept));
        return text.toString();
    }

    /** An encoder with random weights that knows all words. */
    public static Path encoder(Path parent, String name, long seed) throws IOException {
        List<String> vocabulary = new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"));
        for (String language : LANGUAGES) {
            for (int concept = 0; concept < CONCEPTS; concept++) {
                vocabulary.add(language + concept);
            }
        }
        TransformerConfig config = new TransformerConfig(Family.BERT, vocabulary.size(), 32, 2, 4, 64, 16, 2, 1e-12, 0);
        String tokenizer = WordPieceTokenizer.json(
                vocabulary, JsonNodeFactory.instance.objectNode().put("do_lower_case", false));
        Manifest manifest = new Manifest(name, "", "", 16, 16, Map.of(), Map.of("base", "random"));
        Path folder = parent.resolve(name);
        ArtifactWriter.write(ArtifactSpec.of(config, tokenizer, weights(config, seed), Pooling.MEAN, manifest), folder);
        return folder;
    }

    private static InMemoryTensors weights(TransformerConfig config, long seed) {
        Random random = new Random(seed);
        InMemoryTensors weights = new InMemoryTensors();
        new LinkedHashMap<>(TransformerWeights.shapes(config)).forEach((name, shape) -> {
            int size = 1;
            for (long length : shape) {
                size *= (int) length;
            }
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                boolean one = name.endsWith("LayerNorm.weight");
                values[i] = one ? 1 : shape.length == 1 ? 0 : (float) (.1 * random.nextGaussian());
            }
            weights.put(name, shape, values);
        });
        return weights;
    }

    public static RunSettings settings(Strategy strategy, long steps, long seed) {
        return new RunSettings(
                strategy,
                new SamplerSettings(16, .5, .5, seed, false, 1),
                new ContrastiveLoss(.1, false),
                new ModelSettings(
                        Precision.FP32, .1, false, 0, Optional.empty(), ModelSettings.Memory.ALL, 1024, "cpu"),
                new AdamW(.01, 1),
                new Schedule(Schedule.Shape.LINEAR, 5e-3, .1, steps),
                1,
                1,
                0,
                1000,
                OptionalInt.empty(),
                1000);
    }
}

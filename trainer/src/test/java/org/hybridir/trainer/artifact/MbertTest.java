package org.hybridir.trainer.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.TokenVectors;
import org.hybridir.measure.RankCounter;
import org.hybridir.trainer.model.Adapter;
import org.hybridir.trainer.model.AdapterMerge;
import org.hybridir.trainer.model.ShippedAdapters;
import org.hybridir.weights.TensorBundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real weights do what multilingual BERT is known to do. The expected figures come from forward passes written
 * independently of this project, in numpy, on the same checkpoint.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MbertTest {
    private static final long MASK = 103;

    private Mbert mbert;
    private Encoder encoder;
    private List<String> vocabulary;

    @BeforeAll
    void open() throws IOException {
        mbert = RealMbert.unpack();
        encoder = Encoder.open(RealMbert.artifact(), EncoderOptions.defaults());
        vocabulary = mbert.vocabulary();
    }

    @AfterAll
    void close() throws IOException {
        encoder.close();
        mbert.close();
    }

    @Test
    void everyTensorOfTheCheckpointHasItsCrc() throws IOException {
        TensorBundle checkpoint = mbert.checkpoint();
        long parameters = 0;
        for (String name : checkpoint.names()) {
            parameters += checkpoint.bytes(name).remaining() / Float.BYTES;
        }
        assertEquals(204, checkpoint.names().size());
        assertEquals(178_565_115, parameters);
        assertEquals(
                199,
                checkpoint.names().stream()
                        .filter(name -> name.startsWith("module/bert/"))
                        .count());
    }

    /** {@code import mbert --adapter} would else refuse them, after a minute. */
    @Test
    void adaptersThatShipFitIt(@TempDir Path temp) throws IOException {
        ShippedAdapters shipped = new ShippedAdapters();
        try (Artifact artifact = Artifact.open(new ArtifactFolder(RealMbert.artifact()))) {
            for (String name : shipped) {
                Path folder = Files.createDirectory(temp.resolve(name));
                shipped.unpack(name, folder);
                Adapter.read(folder, adapter -> assertDoesNotThrow(() -> AdapterMerge.spec(artifact, adapter, name)));
            }
        }
    }

    @Test
    void theVocabularyIsWhereItBelongs() {
        assertEquals(119_547, vocabulary.size());
        assertArrayEquals(
                new long[] {101, 103, 102}, encoder.tokenVectors("[MASK]").ids());
    }

    @Test
    void theMaskedLanguageModelKnowsCapitals() throws IOException {
        double[] paris = probabilitiesOfTheMask("Paris is the capital of [MASK].");
        assertEquals(.327, paris[vocabulary.indexOf("France")], .002);
        assertEquals(.193, paris[vocabulary.indexOf("Paris")], .002);
        assertEquals(
                .701, probabilitiesOfTheMask("Madrid es la capital de [MASK].")[vocabulary.indexOf("Madrid")], .002);
        assertEquals(
                .620,
                probabilitiesOfTheMask("Berlin ist die Hauptstadt von [MASK].")[vocabulary.indexOf("Berlin")],
                .002);
    }

    /** The head as in BERT: dense, gelu, LayerNorm, and the word embeddings again as the output layer. */
    private double[] probabilitiesOfTheMask(String text) throws IOException {
        double[] hidden = vectorOfTheMask(text);
        String transform = "module/cls/predictions/transform/";
        double[] x = dense(hidden, transform + "dense/kernel", transform + "dense/bias");
        for (int i = 0; i < x.length; i++) {
            x[i] = x[i] * 0.5 * (1 + erf(x[i] / Math.sqrt(2)));
        }
        layerNorm(x, floats(transform + "LayerNorm/gamma"), floats(transform + "LayerNorm/beta"));
        return softmax(logits(x));
    }

    private double[] vectorOfTheMask(String text) {
        TokenVectors tokens = encoder.tokenVectors(text);
        for (int i = 0; i < tokens.ids().length; i++) {
            if (tokens.ids()[i] == MASK) {
                double[] vector = new double[tokens.vectors()[i].length];
                for (int j = 0; j < vector.length; j++) {
                    vector[j] = tokens.vectors()[i][j];
                }
                return vector;
            }
        }
        throw new AssertionError("no mask in " + text);
    }

    private double[] dense(double[] x, String kernel, String bias) throws IOException {
        FloatBuffer w = floats(kernel);
        FloatBuffer b = floats(bias);
        double[] y = new double[b.capacity()];
        for (int out = 0; out < y.length; out++) {
            y[out] = b.get(out);
            for (int in = 0; in < x.length; in++) {
                y[out] += x[in] * w.get(in * y.length + out);
            }
        }
        return y;
    }

    private static void layerNorm(double[] x, FloatBuffer gamma, FloatBuffer beta) {
        double mean = 0;
        for (double value : x) {
            mean += value / x.length;
        }
        double variance = 0;
        for (double value : x) {
            variance += (value - mean) * (value - mean) / x.length;
        }
        for (int i = 0; i < x.length; i++) {
            x[i] = (x[i] - mean) / Math.sqrt(variance + 1e-12) * gamma.get(i) + beta.get(i);
        }
    }

    private double[] logits(double[] x) throws IOException {
        FloatBuffer embeddings = floats("module/bert/embeddings/word_embeddings");
        FloatBuffer bias = floats("module/cls/predictions/output_bias");
        double[] logits = new double[bias.capacity()];
        for (int word = 0; word < logits.length; word++) {
            logits[word] = bias.get(word);
            for (int i = 0; i < x.length; i++) {
                logits[word] += x[i] * embeddings.get(word * x.length + i);
            }
        }
        return logits;
    }

    private static double[] softmax(double[] logits) {
        double max = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            max = Math.max(max, logit);
        }
        double sum = 0;
        double[] probabilities = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] = Math.exp(logits[i] - max);
            sum += probabilities[i];
        }
        for (int i = 0; i < logits.length; i++) {
            probabilities[i] /= sum;
        }
        return probabilities;
    }

    /** Abramowitz and Stegun 7.1.26: off by at most 1.5e-7, far below what is asserted. */
    private static double erf(double x) {
        double t = 1 / (1 + 0.3275911 * Math.abs(x));
        double poly = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
        return Math.signum(x) * (1 - poly * Math.exp(-x * x));
    }

    private FloatBuffer floats(String name) throws IOException {
        ByteBuffer bytes = mbert.checkpoint().bytes(name);
        return bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    @Test
    void translationsAreNearAndOtherSentencesAreNot() {
        List<Encoding> encoded = encoder.encode(
                List.of(
                        "Where is the library?",
                        "¿Dónde está la biblioteca?",
                        "Wo ist die Bibliothek?",
                        "Où est la bibliothèque ?",
                        "图书馆在哪里？",
                        "The stock market fell sharply on Monday.",
                        "El gato duerme en el sofá."),
                TextRole.QUERY);
        float[] question = encoded.get(0).vector();
        double[] cosines = encoded.stream()
                .mapToDouble(e -> RankCounter.score(question, e.vector()))
                .toArray();
        assertEquals(.715, cosines[1], .01);
        assertEquals(.782, cosines[2], .01);
        assertEquals(.715, cosines[3], .01);
        assertEquals(.622, cosines[4], .01);
        assertTrue(cosines[5] < .5 && cosines[6] < .5, cosines[5] + " " + cosines[6]);
    }
}

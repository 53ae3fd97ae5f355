package org.hybridir.trainer.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Random;
import org.hybridir.encoder.OfflineMode;
import org.hybridir.program.Family;
import org.hybridir.program.Precision;
import org.hybridir.program.ProgramArchive;
import org.hybridir.program.TransformerConfig;
import org.hybridir.program.TransformerProgram;
import org.junit.jupiter.api.Test;

/** Each loss against the formula of its Javadoc in plain Java, and its gradient against that formula's differences. */
final class LossTest {
    private static final int QUERIES = 3;
    private static final int PASSAGES = 5;
    private static final int WIDTH = 4;

    private interface Formula {
        double of(double[][] scores);
    }

    @Test
    void contrastive() throws IOException {
        double t = .2;
        check(new ContrastiveLoss(t, false), scores -> forward(scores, t));
        check(new ContrastiveLoss(t, true), scores -> (forward(scores, t) + backward(scores, t)) / 2);
    }

    private static double forward(double[][] scores, double t) {
        double loss = 0;
        for (int i = 0; i < QUERIES; i++) {
            double sum = 0;
            for (double score : scores[i]) {
                sum += Math.exp(score / t);
            }
            loss -= Math.log(Math.exp(scores[i][i] / t) / sum) / QUERIES;
        }
        return loss;
    }

    /** Only the first n passages have a query to find. */
    private static double backward(double[][] scores, double t) {
        double loss = 0;
        for (int j = 0; j < QUERIES; j++) {
            double sum = 0;
            for (double[] row : scores) {
                sum += Math.exp(row[j] / t);
            }
            loss -= Math.log(Math.exp(scores[j][j] / t) / sum) / QUERIES;
        }
        return loss;
    }

    @Test
    void crossEntropy() throws IOException {
        double t = .3;
        double c = .25;
        check(new CrossEntropyLoss(t, c), scores -> {
            double relevant = 0;
            double irrelevant = 0;
            for (int i = 0; i < QUERIES; i++) {
                for (int j = 0; j < PASSAGES; j++) {
                    double chance = 1 / (1 + Math.exp(-(scores[i][j] - c) / t));
                    relevant += i == j ? Math.log(chance) / QUERIES : 0;
                    irrelevant += i == j ? 0 : Math.log(1 - chance) / (QUERIES * (PASSAGES - 1));
                }
            }
            return -(relevant + irrelevant) / 2;
        });
    }

    private static void check(Loss loss, Formula formula) throws IOException {
        Random random = new Random(7);
        float[] queries = unit(random, QUERIES);
        float[] passages = unit(random, PASSAGES);
        OfflineMode.enter();
        TransformerConfig any = new TransformerConfig(Family.BERT, 10, 4, 1, 1, 4, 8, 2, 1e-12, 0);
        byte[] archive = ProgramArchive.of(TransformerProgram.text(any, Precision.FP32, 0, loss.method()));
        try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager("PyTorch");
                PtSymbolBlock program = JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false)) {
            PtNDArray q = (PtNDArray) manager.create(queries, new Shape(QUERIES, WIDTH));
            PtNDArray p = (PtNDArray) manager.create(passages, new Shape(PASSAGES, WIDTH));
            JniUtils.attachGradient(q, true);
            JniUtils.attachGradient(p, true);
            PtNDArray marker = (PtNDArray) manager.create(0f);
            marker.setName("module_method:loss");
            PtNDArray value = (PtNDArray) IValueUtils.forward(program, new ai.djl.ndarray.NDList(marker, q, p), true)
                    .singletonOrThrow();
            assertEquals(value(queries, passages, formula), value.getFloat(), 1e-5);
            JniUtils.backward(value, (PtNDArray) manager.create(1f), false, false);
            assertSlopes(JniUtils.getGradient(q).toFloatArray(), queries, () -> value(queries, passages, formula));
            assertSlopes(JniUtils.getGradient(p).toFloatArray(), passages, () -> value(queries, passages, formula));
        }
    }

    private static void assertSlopes(float[] gradient, float[] at, java.util.function.DoubleSupplier loss) {
        float h = 1e-3f;
        for (int i = 0; i < at.length; i++) {
            float kept = at[i];
            at[i] = kept + h;
            double above = loss.getAsDouble();
            at[i] = kept - h;
            double below = loss.getAsDouble();
            at[i] = kept;
            assertEquals((above - below) / (2 * h), gradient[i], 2e-3, "place " + i);
        }
    }

    private static double value(float[] queries, float[] passages, Formula formula) {
        double[][] scores = new double[QUERIES][PASSAGES];
        for (int i = 0; i < QUERIES; i++) {
            for (int j = 0; j < PASSAGES; j++) {
                for (int k = 0; k < WIDTH; k++) {
                    scores[i][j] += queries[i * WIDTH + k] * (double) passages[j * WIDTH + k];
                }
            }
        }
        return formula.of(scores);
    }

    private static float[] unit(Random random, int count) {
        float[] vectors = new float[count * WIDTH];
        for (int i = 0; i < count; i++) {
            double square = 0;
            for (int k = 0; k < WIDTH; k++) {
                vectors[i * WIDTH + k] = (float) random.nextGaussian();
                square += vectors[i * WIDTH + k] * vectors[i * WIDTH + k];
            }
            for (int k = 0; k < WIDTH; k++) {
                vectors[i * WIDTH + k] /= (float) Math.sqrt(square);
            }
        }
        return vectors;
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertRefused(
                "the temperature is [0.0]; it must be above [0] and at most [100]", () -> new ContrastiveLoss(0, true));
        assertRefused(
                "the temperature is [NaN]; it must be above [0] and at most [100]",
                () -> new CrossEntropyLoss(Double.NaN, 0));
        assertRefused("the threshold is [2.0]; cosines lie in [-1, 1]", () -> new CrossEntropyLoss(1, 2));
    }

    private static void assertRefused(String message, Runnable construction) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, construction::run).getMessage());
    }
}

package org.hybridir.trainer.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.hybridir.encoder.Dense;
import org.hybridir.encoder.OfflineMode;
import org.hybridir.program.ProgramArchive;
import org.hybridir.weights.Float32;
import org.hybridir.weights.InMemoryTensors;
import org.hybridir.weights.TensorSource;

/**
 * Directions in the space of vectors along which translations differ at the mean: they tell the language, not what is said.
 * Vectors without them favour languages less (Xie et al. 2022, "Discovering Low-rank Subspaces for Language-agnostic
 * Multilingual Representations", arXiv 2401.05792).
 *
 * <p>Means of n languages lie in n - 1 dimensions around their centre, so that many directions hold all of what differs.
 *
 * @param rows orthonormal, [directions, width of vectors]
 */
public record LanguageDirections(float[][] rows) {
    /** Among the tensors of an adapter: [directions, width]. */
    static final String TENSOR = "language_directions";

    private static final String PROGRAM = """
            class Transformer(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def right(self: __torch__.Transformer, rows: Tensor) -> Tensor:
                left, values, right = torch.linalg_svd(rows, False, driver=None)
                return right
            """;

    public LanguageDirections {
        if (rows.length == 0 || Arrays.stream(rows).anyMatch(row -> row.length != rows[0].length)) {
            throw new IllegalArgumentException("there must be at least one direction, and all of one width");
        }
    }

    /**
     * The directions that hold most of these vectors: the first right singular vectors.
     *
     * @param differences of the means of two languages, for each two; of one width, not all zero
     * @param count of directions, at most the number of differences
     */
    public static LanguageDirections of(List<float[]> differences, int count) throws IOException {
        OfflineMode.enter();
        try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
                Runner runner = new Runner(JniUtils.loadModule(
                        manager, new ByteArrayInputStream(ProgramArchive.of(PROGRAM)), false, false));
                PtNDArray all = DualEncoder.array(differences.toArray(new float[0][]), manager);
                PtNDArray right = runner.tensor("right", manager, IValue.from(all))) {
            return new LanguageDirections(Arrays.copyOf(rows(right.toFloatArray(), differences.get(0).length), count));
        }
    }

    static LanguageDirections read(TensorSource tensors) throws IOException {
        FloatBuffer stored = Float32.of(tensors, TENSOR).asFloatBuffer();
        float[] flat = new float[stored.remaining()];
        stored.get(flat);
        return new LanguageDirections(rows(flat, (int) tensors.shape(TENSOR)[1]));
    }

    private static float[][] rows(float[] flat, int width) {
        float[][] rows = new float[flat.length / width][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width));
        return rows;
    }

    InMemoryTensors tensors() {
        FloatBuffer flat = FloatBuffer.allocate(rows.length * width());
        for (float[] row : rows) {
            flat.put(row);
        }
        return new InMemoryTensors().put(TENSOR, new long[] {rows.length, width()}, flat.array());
    }

    int width() {
        return rows[0].length;
    }

    /** How much of vectors' squared lengths lies along these directions, 0 to 1. */
    public double share(List<float[]> vectors) {
        double along = 0;
        double all = 0;
        for (float[] vector : vectors) {
            for (float[] row : rows) {
                double product = product(row, vector);
                along += product * product;
            }
            all += product(vector, vector);
        }
        return all == 0 ? 0 : along / all;
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    /** The layer after pooling that leaves all but these directions. */
    Dense dense() {
        return new Dense(width(), width(), false);
    }

    /** The weights of {@link #dense}: I - R^T R, R being the rows, and a bias of zeros. */
    TensorSource denseWeights() {
        int width = width();
        float[] weights = new float[width * width];
        for (int out = 0; out < width; out++) {
            for (int in = 0; in < width; in++) {
                double sum = out == in ? 1 : 0;
                for (float[] row : rows) {
                    sum -= (double) row[out] * row[in];
                }
                weights[out * width + in] = (float) sum;
            }
        }
        return new InMemoryTensors()
                .put(Dense.WEIGHT, new long[] {width, width}, weights)
                .put(Dense.BIAS, new long[] {width}, new float[width]);
    }
}

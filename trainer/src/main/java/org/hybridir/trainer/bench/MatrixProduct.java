package org.hybridir.trainer.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import org.hybridir.encoder.OfflineMode;

/** How fast this machine multiplies matrices of 32-bit floats, by the library that does it best here: PyTorch's MKL or oneDNN. */
final class MatrixProduct {
    /** Rows and columns of the product: large enough for the library to reach its best. */
    private static final int ROWS = 2048;

    private static final int COLUMNS = 8192;

    private MatrixProduct() {}

    /**
     * The best of some products, in 10^9 multiplications and additions a second.
     *
     * @param dimension of the vectors: what is summed over
     * @param repeat how many products, after a warm-up
     */
    static double best(int dimension, int threads, int repeat) {
        OfflineMode.enter();
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
            JniUtils.setNumThreads(threads);
            NDArray questions = manager.randomNormal(new Shape(ROWS, dimension));
            NDArray passages = manager.randomNormal(new Shape(dimension, COLUMNS));
            double shortest = Double.POSITIVE_INFINITY;
            for (int i = 0; i <= repeat; i++) {
                long start = System.nanoTime();
                questions.matMul(passages).close();
                double seconds = (System.nanoTime() - start) / 1e9;
                shortest = i == 0 ? shortest : Math.min(shortest, seconds);
            }
            return 2.0 * ROWS * COLUMNS * dimension / shortest / 1e9;
        }
    }
}

package org.hybridir.encoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.hybridir.program.LayerArithmetic;
import org.hybridir.program.ProgramArchive;

/**
 * The transformer and the pooling on PyTorch: token ids in, vectors out. Threads may share it: a TorchScript
 * module, and DJL's call of one, hold no state of a run. Each pass begins on its caller's thread, and shares it with others
 * only if the caller says so.
 */
final class ForwardPass implements AutoCloseable {
    private final PtNDManager manager;
    private final PtSymbolBlock program;
    private final IValue weights;
    /** The layers' weights again, as oneDNN wants them; PyTorch's own business, which DJL's bridge could not carry. */
    private final IValue packed;

    private final int padId;

    private ForwardPass(PtNDManager manager, Artifact artifact, LayerArithmetic arithmetic) throws IOException {
        this.manager = manager;
        this.padId = artifact.config().padId();
        String text = EncoderProgram.serving(artifact, arithmetic);
        program = JniUtils.loadModule(manager, new ByteArrayInputStream(ProgramArchive.of(text)), false, false);
        weights = IValue.listFrom(EncoderProgram.weights(artifact, manager).toArray(new PtNDArray[0]));
        try {
            packed = IValueUtils.runMethod(program, "packed", weights);
        } catch (Throwable e) {
            weights.close(); // the manager, which closes all else, does not know it
            throw e;
        }
    }

    static ForwardPass open(Artifact artifact, LayerArithmetic arithmetic) throws IOException {
        PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
        try {
            return new ForwardPass(manager, artifact, arithmetic);
        } catch (Throwable e) {
            manager.close();
            throw e;
        }
    }

    /**
     * One vector of length one for each text.
     *
     * @param threads that share the pass
     */
    float[][] embed(List<Tokens> batch, int threads) {
        settleThread(threads);
        return batch.size() == 1 ? new float[][] {one("embed_one", batch.get(0))} : several(batch);
    }

    /** One vector for each token of one text. */
    float[][] tokenVectors(Tokens text) {
        settleThread(1);
        return rows(one("encode_one", text), text.ids().length);
    }

    private float[] one(String method, Tokens text) {
        try (IValue ids = IValue.listFrom(text.ids());
                IValue result = IValueUtils.runMethod(program, method, ids, weights, packed)) {
            return floats(result.toDoubleArray());
        }
    }

    /** TorchScript's lists have numbers of 64 bits; these were of 32 before. */
    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    private float[][] several(List<Tokens> batch) {
        TokenBatch grid = TokenBatch.of(batch, padId);
        try (PtNDManager scope = (PtNDManager) manager.newSubManager();
                IValue ids = integers(scope, grid.ids(), grid.texts());
                IValue mask = integers(scope, grid.mask(), grid.texts());
                IValue result = IValueUtils.runMethod(program, "embed_packed", ids, mask, weights, packed);
                NDArray vectors = result.toTensor(scope)) {
            return rows(vectors.toFloatArray(), batch.size());
        }
    }

    private static IValue integers(PtNDManager scope, long[] values, int rows) {
        return IValue.from((PtNDArray) scope.create(values, new Shape(rows, values.length / rows)));
    }

    /** PyTorch keeps both settings for each thread. */
    private static void settleThread(int threads) {
        JniUtils.setNumThreads(threads);
        // the optimiser would compile anew for shape after shape, and a node sees hundreds of shapes
        JniUtils.setGraphExecutorOptimize(false);
    }

    private static float[][] rows(float[] values, int count) {
        int width = values.length / count;
        float[][] rows = new float[count][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * width, (i + 1) * width));
        return rows;
    }

    int liveArrays() {
        return manager.getManagedArrays().size();
    }

    @Override
    public void close() {
        packed.close();
        weights.close();
        program.close();
        manager.close();
    }
}

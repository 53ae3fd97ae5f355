package org.hybridir.encoder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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
import java.util.Optional;
import org.hybridir.program.ProgramArchive;
import org.hybridir.program.TransformerProgram;
import org.hybridir.program.TransformerWeights;

/**
 * The transformer and the pooling on PyTorch: token ids in, vectors out. Threads may share it: a TorchScript
 * module, and DJL's call of one, hold no state of a run. Each pass runs on its caller's thread alone, since several small
 * passes side by side compute more than one that is spread, and do not stall when other programs want the processors.
 */
final class ForwardPass implements AutoCloseable {
    private final PtNDManager manager;
    private final PtSymbolBlock program;
    private final IValue weights;
    private final int padId;

    private ForwardPass(PtNDManager manager, Artifact artifact) throws IOException {
        this.manager = manager;
        this.padId = artifact.config().padId();
        String text = TransformerProgram.text(artifact.config(), embedMethod(artifact));
        program = JniUtils.loadModule(manager, new ByteArrayInputStream(ProgramArchive.of(text)), false, false);
        weights = IValue.listFrom(load(artifact, manager).toArray(new PtNDArray[0]));
    }

    static ForwardPass open(Artifact artifact) throws IOException {
        PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
        try {
            return new ForwardPass(manager, artifact);
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static NDList load(Artifact artifact, NDManager manager) throws IOException {
        NDList arrays =
                TransformerWeights.load(TransformerWeights.shapes(artifact.config()), artifact.weights(), manager);
        Optional<Dense> dense = artifact.layout().dense();
        if (dense.isPresent()) {
            arrays.addAll(TransformerWeights.load(
                    dense.get().shapes(), artifact.denseWeights().orElseThrow(), manager));
        }
        return arrays;
    }

    /** {@code embed(ids [b,t], mask [b,t], weights) -> [b,d]}: vectors of length one. */
    private static String embedMethod(Artifact artifact) {
        int at = TransformerWeights.shapes(artifact.config()).size();
        String dense = artifact.layout()
                .dense()
                .map(d ->
                        d.tanh() ? "torch.tanh(self.linear(pooled, weights, %d))" : "self.linear(pooled, weights, %d)")
                .map(call -> call.replace("%d", Integer.toString(at)))
                .orElse("pooled");
        return """
                  def embed(self: __torch__.Transformer, ids: Tensor, mask: Tensor, weights: List[Tensor]) -> Tensor:
                    tokens = self.forward(ids, mask, weights)
                    real = torch.to(torch.unsqueeze(mask, 2), 6)
                    pooled = {pooling}
                    vectors = {dense}
                    return vectors / torch.clamp_min(torch.norm(vectors, 2, [1], True), 1.0e-12)
                """.replace("{pooling}", artifact.layout().pooling().expression())
                .replace("{dense}", dense);
    }

    /** One vector of length one for each text. */
    float[][] embed(List<Tokens> batch) {
        return rows(run("embed", batch), batch.size());
    }

    /** One vector for each token of one text. */
    float[][] tokenVectors(Tokens text) {
        return rows(run("forward", List.of(text)), text.ids().length);
    }

    private float[] run(String method, List<Tokens> batch) {
        keepToThisThread();
        int width = batch.stream().mapToInt(text -> text.ids().length).max().orElseThrow();
        Shape shape = new Shape(batch.size(), width);
        try (PtNDManager scope = (PtNDManager) manager.newSubManager();
                IValue ids = IValue.from((PtNDArray) scope.create(ids(batch, width), shape));
                IValue mask = IValue.from((PtNDArray) scope.create(mask(batch, width), shape));
                IValue result = IValueUtils.runMethod(program, method, ids, mask, weights);
                NDArray vectors = result.toTensor(scope)) {
            return vectors.toFloatArray();
        }
    }

    /** PyTorch keeps both settings for each thread. */
    private static void keepToThisThread() {
        JniUtils.setNumThreads(1);
        // the optimiser would compile anew for shape after shape, and a node sees hundreds of shapes
        JniUtils.setGraphExecutorOptimize(false);
    }

    private long[] ids(List<Tokens> batch, int width) {
        long[] ids = new long[batch.size() * width];
        Arrays.fill(ids, padId);
        for (int i = 0; i < batch.size(); i++) {
            long[] row = batch.get(i).ids();
            System.arraycopy(row, 0, ids, i * width, row.length);
        }
        return ids;
    }

    private static long[] mask(List<Tokens> batch, int width) {
        long[] mask = new long[batch.size() * width];
        for (int i = 0; i < batch.size(); i++) {
            Arrays.fill(mask, i * width, i * width + batch.get(i).ids().length, 1);
        }
        return mask;
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
        weights.close();
        program.close();
        manager.close();
    }
}

package org.hybridir.trainer.bench;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.EncoderProgram;
import org.hybridir.encoder.OfflineMode;
import org.hybridir.encoder.TokenBatch;
import org.hybridir.encoder.Tokens;
import org.hybridir.program.TransformerConfig;

/**
 * The peer of the benchmark: the same net and loss written with DJL's NDArray operators, its gradient collector and its
 * AdamW, as a program over DJL alone would be. BERT's positions, mean pooling, no dropout.
 */
final class DjlTraining implements AutoCloseable {
    private final Artifact artifact;
    private final NDManager manager;
    private final TransformerConfig config;
    private final NDList weights = new NDList();
    private final Optimizer optimizer;
    private final double temperature;

    private DjlTraining(Artifact artifact, NDManager manager, double temperature, float rate) throws IOException {
        this.artifact = artifact;
        this.manager = manager;
        this.temperature = temperature;
        config = artifact.config();
        optimizer = Optimizer.adamW()
                .optLearningRateTracker(Tracker.fixed(rate))
                .optWeightDecays(.01f)
                .build();
        try (NDManager views = manager.newSubManager()) {
            for (NDArray view : EncoderProgram.weights(artifact, views)) {
                NDArray own = view.duplicate();
                own.attach(manager);
                own.setRequiresGradient(true);
                weights.add(own);
            }
        }
    }

    static DjlTraining open(Path encoder, double temperature, float rate) throws IOException {
        OfflineMode.enter();
        Artifact artifact = Artifact.open(new ArtifactFolder(encoder));
        NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        return new DjlTraining(artifact, manager, temperature, rate);
    }

    int vocabulary() {
        return config.vocabulary();
    }

    double step(List<Tokens> queries, List<Tokens> passages) {
        double value;
        try (NDManager scope = manager.newSubManager()) {
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                NDArray scores = embed(queries, scope)
                        .matMul(embed(passages, scope).transpose())
                        .div(temperature);
                NDArray loss = diagonal(scores.logSoftmax(1)).mean().neg();
                value = loss.getFloat();
                collector.backward(loss);
            }
            for (int i = 0; i < weights.size(); i++) {
                try (NDArray gradient = weights.get(i).getGradient()) {
                    optimizer.update(Integer.toString(i), weights.get(i), gradient);
                }
            }
        }
        return value;
    }

    private static NDArray diagonal(NDArray square) {
        NDArray eye = square.getManager().eye((int) square.getShape().get(0));
        return square.mul(eye).sum(new int[] {1});
    }

    private NDArray embed(List<Tokens> texts, NDManager scope) {
        TokenBatch batch = TokenBatch.of(texts, config.padId());
        Shape shape = new Shape(batch.texts(), batch.width());
        NDArray ids = scope.create(batch.ids(), shape);
        NDArray mask = scope.create(batch.mask(), shape).toType(DataType.FLOAT32, false);
        NDArray bias = mask.sub(1).mul(1e9f).reshape(batch.texts(), 1, 1, batch.width());
        NDArray x = embeddings(ids, batch.width());
        for (int layer = 0; layer < config.layers(); layer++) {
            x = layer(x, bias, 5 + 16 * layer);
        }
        NDArray real = mask.expandDims(2);
        NDArray pooled = x.mul(real).sum(new int[] {1}).div(real.sum(new int[] {1}));
        return pooled.div(pooled.norm(new int[] {1}, true));
    }

    private NDArray embeddings(NDArray ids, int width) {
        NDArray words =
                Embedding.embedding(ids, weights.get(0), SparseFormat.DENSE).singletonOrThrow();
        NDArray places = weights.get(1).get(new NDIndex("0:" + width));
        NDArray kind = weights.get(2).get(0);
        return norm(words.add(places).add(kind), 3);
    }

    private NDArray layer(NDArray x, NDArray bias, int at) {
        NDArray attended = norm(x.add(attention(x, bias, at)), at + 8);
        NDArray inner = Activation.gelu(linear(attended, at + 10));
        return norm(attended.add(linear(inner, at + 12)), at + 14);
    }

    private NDArray attention(NDArray x, NDArray bias, int at) {
        NDArray query = heads(linear(x, at));
        NDArray key = heads(linear(x, at + 2));
        NDArray value = heads(linear(x, at + 4));
        double scale = Math.sqrt((double) config.hidden() / config.heads());
        NDArray shares =
                query.matMul(key.transpose(0, 1, 3, 2)).div(scale).add(bias).softmax(-1);
        NDArray joined = shares.matMul(value).transpose(0, 2, 1, 3).reshape(x.getShape());
        return linear(joined, at + 6);
    }

    private NDArray heads(NDArray x) {
        Shape shape = x.getShape();
        long width = config.hidden() / config.heads();
        return x.reshape(shape.get(0), shape.get(1), config.heads(), width).transpose(0, 2, 1, 3);
    }

    private NDArray linear(NDArray x, int at) {
        return Linear.linear(x, weights.get(at), weights.get(at + 1)).singletonOrThrow();
    }

    private NDArray norm(NDArray x, int at) {
        return LayerNorm.layerNorm(x, new Shape(config.hidden()), weights.get(at), weights.get(at + 1), (float)
                        config.layerNormEps())
                .singletonOrThrow();
    }

    @Override
    public void close() throws IOException {
        manager.close();
        artifact.close();
    }
}

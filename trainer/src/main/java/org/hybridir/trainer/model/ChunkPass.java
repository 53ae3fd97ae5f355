package org.hybridir.trainer.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import org.hybridir.encoder.TokenBatch;

/** Some texts of a step on their way through the encoder and back. */
abstract class ChunkPass {
    final Runner runner;
    final PtNDManager scope;
    final List<PtNDArray> weights;
    final PtNDArray ids;
    final PtNDArray mask;
    final long seed;

    /**
     * @param scope owns what lives as long as the step
     * @param seed of dropout, so that running again drops the same numbers
     */
    ChunkPass(Runner runner, PtNDManager scope, List<PtNDArray> weights, TokenBatch texts, long seed) {
        this.runner = runner;
        this.scope = scope;
        this.weights = weights;
        this.seed = seed;
        Shape shape = new Shape(texts.texts(), texts.width());
        ids = (PtNDArray) scope.create(texts.ids(), shape);
        mask = (PtNDArray) scope.create(texts.mask(), shape);
    }

    /** The vectors of the texts, row by row. */
    abstract float[] forward();

    /**
     * Adds to the gradient of each weight.
     *
     * @param gradient of the vectors, row by row
     */
    abstract void backward(float[] gradient, int texts);

    static void back(PtNDArray result, float[] gradient, int texts, NDManager scope) {
        try (PtNDArray array = (PtNDArray) scope.create(gradient, new Shape(texts, gradient.length / texts))) {
            JniUtils.backward(result, array, false, false);
        }
    }

    PtNDArray embed(boolean gradient, NDManager owner) {
        JniUtils.setSeed(seed);
        return runner.run("embed", gradient, owner, List.of(ids, mask), weights);
    }

    /** Keeps all. */
    static final class Whole extends ChunkPass {
        private PtNDArray vectors;

        Whole(Runner runner, PtNDManager scope, List<PtNDArray> weights, TokenBatch texts, long seed) {
            super(runner, scope, weights, texts, seed);
        }

        @Override
        float[] forward() {
            vectors = embed(true, scope);
            return vectors.toFloatArray();
        }

        @Override
        void backward(float[] gradient, int texts) {
            back(vectors, gradient, texts, scope);
            vectors.close();
        }
    }

    /** Keeps nothing, and runs a second time. */
    static final class Again extends ChunkPass {
        Again(Runner runner, PtNDManager scope, List<PtNDArray> weights, TokenBatch texts, long seed) {
            super(runner, scope, weights, texts, seed);
        }

        @Override
        float[] forward() {
            try (PtNDArray vectors = embed(false, scope)) {
                return vectors.toFloatArray();
            }
        }

        @Override
        void backward(float[] gradient, int texts) {
            try (PtNDArray vectors = embed(true, scope)) {
                back(vectors, gradient, texts, scope);
            }
        }
    }

    /** Keeps each layer's input, and runs the layers a second time, from the last to the first. */
    static final class Layers extends ChunkPass {
        private final int layers;
        private final int lowest;
        private final List<PtNDArray> inputs = new ArrayList<>();

        /** @param lowest the layer below which nothing is trained; -1 if the embeddings are */
        Layers(
                Runner runner,
                PtNDManager scope,
                List<PtNDArray> weights,
                TokenBatch texts,
                long seed,
                int layers,
                int lowest) {
            super(runner, scope, weights, texts, seed);
            this.layers = layers;
            this.lowest = lowest;
        }

        @Override
        float[] forward() {
            inputs.add(begin(false, scope));
            for (int layer = 0; layer < layers; layer++) {
                inputs.add(layer(layer, false, scope));
            }
            try (PtNDArray vectors = finish(false, scope)) {
                return vectors.toFloatArray();
            }
        }

        private PtNDArray begin(boolean gradient, NDManager owner) {
            JniUtils.setSeed(seed);
            return runner.run("begin", gradient, owner, List.of(ids, mask).subList(0, 1), weights);
        }

        private PtNDArray layer(int layer, boolean gradient, NDManager owner) {
            JniUtils.setSeed(seed + layer + 1);
            try (PtNDArray at = (PtNDArray) owner.create((long) layer)) {
                return runner.run("step", gradient, owner, List.of(inputs.get(layer), mask, at), weights);
            }
        }

        private PtNDArray finish(boolean gradient, NDManager owner) {
            return runner.run("finish", gradient, owner, List.of(inputs.get(layers), mask), weights);
        }

        @Override
        void backward(float[] gradient, int texts) {
            JniUtils.attachGradient(inputs.get(layers), true);
            try (PtNDArray vectors = finish(true, scope)) {
                back(vectors, gradient, texts, scope);
            }
            for (int layer = layers - 1; layer >= Math.max(0, lowest); layer--) {
                backThrough(layer);
            }
            if (lowest < 0) {
                try (PtNDArray start = begin(true, scope);
                        PtNDArray flow = JniUtils.getGradient(inputs.get(0))) {
                    JniUtils.backward(start, flow, false, false);
                }
            }
            inputs.forEach(PtNDArray::close);
        }

        private void backThrough(int layer) {
            JniUtils.attachGradient(inputs.get(layer), true);
            try (PtNDArray result = layer(layer, true, scope);
                    PtNDArray flow = JniUtils.getGradient(inputs.get(layer + 1))) {
                JniUtils.backward(result, flow, false, false);
            }
        }
    }
}

package org.hybridir.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hybridir.weights.InMemoryTensors;
import org.junit.jupiter.api.Test;

final class TransformerProgramTests {
    private static final TransformerConfig CONFIG =
            new TransformerConfig(Family.BERT, 20, 8, 1, 2, 16, 10, 2, 1e-12, 0);

    @Test
    void weightsAreThePublishedOnes() {
        TransformerConfig mbert = new TransformerConfig(Family.BERT, 119547, 768, 12, 12, 3072, 512, 2, 1e-12, 0);
        Map<String, long[]> shapes = TransformerWeights.shapes(mbert);
        assertEquals(197, shapes.size());
        List<String> names = List.copyOf(shapes.keySet());
        assertEquals("embeddings.LayerNorm.weight", names.get(3));
        assertEquals("encoder.layer.0.attention.self.query.weight", names.get(5));
        assertEquals("encoder.layer.11.output.LayerNorm.bias", names.get(196));
        assertArrayEquals(new long[] {3072, 768}, shapes.get("encoder.layer.3.intermediate.dense.weight"));
        assertArrayEquals(new long[] {768, 3072}, shapes.get("encoder.layer.3.output.dense.weight"));
    }

    @Test
    void sameTextMakesTheSameArchive() {
        String text = TransformerProgram.text(CONFIG, Precision.FP32, 0);
        assertArrayEquals(ProgramArchive.of(text), ProgramArchive.of(text));
    }

    /** The program that serves also trains: its gradient is the slope that a small step measures. */
    @Test
    void gradientFlowsThroughTheProgram() throws IOException {
        try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
                PtSymbolBlock program = program(manager)) {
            NDList weights = TransformerWeights.load(TransformerWeights.shapes(CONFIG), random(), manager);
            NDList inputs = inputs(manager, weights);
            NDArray query = weights.get(5);
            query.setRequiresGradient(true);
            try (GradientCollector collector = manager.getEngine().newGradientCollector()) {
                collector.backward(loss(program, inputs));
            }
            float[] gradient = query.getGradient().toFloatArray();
            query.setRequiresGradient(false);
            for (int at : new int[] {0, 9, 63}) {
                double slope = (lossAt(program, inputs, at, 1e-2f) - lossAt(program, inputs, at, -1e-2f)) / 2e-2;
                assertEquals(slope, gradient[at], 2e-3 + 0.02 * Math.abs(slope));
            }
            double largest = 0;
            for (float value : gradient) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertTrue(largest > 1e-2, "a gradient of [" + largest + "] proves nothing");
        }
    }

    private static PtSymbolBlock program(PtNDManager manager) throws IOException {
        byte[] archive = ProgramArchive.of(TransformerProgram.text(CONFIG, Precision.FP32, 0));
        return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
    }

    private static NDList inputs(NDManager manager, NDList weights) {
        NDArray ids = manager.create(new long[] {2, 7, 11, 3, 5, 0}, new Shape(2, 3));
        NDArray mask = manager.create(new long[] {1, 1, 1, 1, 1, 0}, new Shape(2, 3));
        NDList inputs = new NDList(ids, mask);
        for (NDArray weight : weights) {
            weight.setName("weights[]");
            inputs.add(weight);
        }
        return inputs;
    }

    private static NDArray loss(PtSymbolBlock program, NDList inputs) {
        NDArray tokens = IValueUtils.forward(program, inputs, true).singletonOrThrow();
        return tokens.get(":, 0, :3").pow(2).sum();
    }

    private static double lossAt(PtSymbolBlock program, NDList inputs, int at, float step) {
        NDArray query = inputs.get(7);
        NDArray original = query.duplicate();
        float[] values = query.toFloatArray();
        values[at] += step;
        query.set(values);
        double loss = loss(program, inputs).toFloatArray()[0];
        query.set(original.toFloatArray());
        return loss;
    }

    private static InMemoryTensors random() {
        Random random = new Random(3);
        InMemoryTensors tensors = new InMemoryTensors();
        TransformerWeights.shapes(CONFIG).forEach((name, shape) -> {
            float[] values = new float[(int) new Shape(shape).size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (name.endsWith("LayerNorm.weight") ? 1 : 0) + 0.5f * (float) random.nextGaussian();
            }
            tensors.put(name, shape, values);
        });
        return tensors;
    }
}

package org.hybridir.encoder;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The optional layer after pooling (sentence-transformers' {@code 2_Dense}): y = f(W x + b).
 *
 * @param inputs length of x
 * @param outputs length of y
 * @param tanh whether f is tanh (LaBSE); otherwise f is the identity
 */
public record Dense(int inputs, int outputs, boolean tanh) {
    /** W, [outputs, inputs]. */
    public static final String WEIGHT = "linear.weight";

    /** b, [outputs]. */
    public static final String BIAS = "linear.bias";

    public Dense {
        if (inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(
                    "a dense layer has at least 1 input and 1 output, not [" + inputs + "] and [" + outputs + "]");
        }
    }

    /** For {@link Encoder#describe()}. */
    Map<String, Object> describe() {
        return Map.of("inputs", inputs, "outputs", outputs, "tanh", tanh);
    }

    /** The layer's tensors, name to shape, in the order in which the program takes them. */
    public Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        shapes.put(WEIGHT, new long[] {outputs, inputs});
        shapes.put(BIAS, new long[] {outputs});
        return shapes;
    }
}

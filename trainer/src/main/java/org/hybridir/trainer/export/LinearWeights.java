package org.hybridir.trainer.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One linear layer, or several of the same input side by side as one, turned round to [in, out]; as 32-bit floats, or as
 * 8-bit integers with a scale for each output. Read when they are written, and not kept.
 *
 * @param names of the layers, without {@code .weight}
 * @param weights of each [out, in]
 * @param biases of each [out]
 */
record LinearWeights(List<String> names, List<Weight> weights, List<Weight> biases) {
    /** The largest 8-bit integer; its negative is the smallest that is used, so that zero is zero. */
    private static final float LARGEST = 127;

    int inputs() {
        return Math.toIntExact(weights.getFirst().shape()[1]);
    }

    int outputs() {
        return Math.toIntExact(
                weights.stream().mapToLong(weight -> weight.shape()[0]).sum());
    }

    /** [in, out] of 32-bit floats. */
    ByteBuffer float32() throws IOException {
        List<FloatBuffer> parts = new ArrayList<>();
        for (Weight weight : weights) {
            parts.add(weight.transposedBytes().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
        }
        ByteBuffer bytes = floats((long) inputs() * outputs());
        FloatBuffer to = bytes.asFloatBuffer();
        for (int row = 0; row < inputs(); row++) {
            for (FloatBuffer part : parts) {
                int columns = part.capacity() / inputs();
                to.put(part.slice(row * columns, columns));
            }
        }
        return bytes;
    }

    /** [out] of 32-bit floats. */
    ByteBuffer bias() throws IOException {
        ByteBuffer bytes = floats(outputs());
        for (Weight bias : biases) {
            bytes.put(bias.bytes());
        }
        return bytes.flip();
    }

    /** [out] of 32-bit floats: an integer times its output's scale is the weight, nearly. */
    ByteBuffer scales() throws IOException {
        ByteBuffer bytes = floats(outputs());
        for (Weight weight : weights) {
            FloatBuffer rows = rows(weight);
            for (int row = 0; row < weight.shape()[0]; row++) {
                bytes.putFloat(scale(rows, row));
            }
        }
        return bytes.flip();
    }

    /** [in, out] of 8-bit integers. */
    ByteBuffer int8() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(inputs(), outputs()));
        int before = 0;
        for (Weight weight : weights) {
            FloatBuffer rows = rows(weight);
            for (int row = 0; row < weight.shape()[0]; row++) {
                quantise(rows, row, bytes, before + row);
            }
            before += Math.toIntExact(weight.shape()[0]);
        }
        return bytes;
    }

    private void quantise(FloatBuffer rows, int row, ByteBuffer to, int column) {
        float scale = scale(rows, row);
        for (int i = 0; i < inputs(); i++) {
            to.put(i * outputs() + column, (byte) Math.round(rows.get(row * inputs() + i) / scale));
        }
    }

    private float scale(FloatBuffer rows, int row) {
        float largest = 0;
        for (int i = 0; i < inputs(); i++) {
            largest = Math.max(largest, Math.abs(rows.get(row * inputs() + i)));
        }
        return largest == 0 ? 1 : largest / LARGEST;
    }

    private static FloatBuffer rows(Weight weight) throws IOException {
        return weight.bytes().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }

    private static ByteBuffer floats(long count) {
        return ByteBuffer.allocate(Math.toIntExact(count * Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    }
}

package org.hybridir.trainer.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hybridir.program.TransformerWeights;
import org.hybridir.weights.DType;
import org.hybridir.weights.Float32;
import org.hybridir.weights.TensorSource;

/** A base's weights with an adapter's products added when they are read. */
final class AdaptedWeights implements TensorSource {
    private final Adapter adapter;
    private final TensorSource base;

    /** @throws IllegalArgumentException if a matrix is missing, has another shape, or belongs to no target */
    AdaptedWeights(Adapter adapter, TensorSource base) {
        this.adapter = adapter;
        this.base = base;
        requireFit();
    }

    private void requireFit() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        int rank = adapter.lora().rank();
        for (String name : base.names()) {
            if (isAdapted(name)) {
                shapes.put(name + DualEncoder.A, new long[] {rank, base.shape(name)[1]});
                shapes.put(name + DualEncoder.B, new long[] {base.shape(name)[0], rank});
            }
        }
        try {
            TransformerWeights.check(shapes, adapter.matrices());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "[" + Adapter.MATRICES + "] does not hold what [" + Adapter.SETTINGS + "] says: " + e.getMessage()
                            + "; take both files from one training",
                    e);
        }
        Set<String> further = new TreeSet<>(adapter.matrices().names());
        further.removeAll(shapes.keySet());
        further.remove(LanguageDirections.TENSOR);
        if (!further.isEmpty()) {
            throw new IllegalArgumentException("[" + Adapter.MATRICES + "] holds " + further
                    + ", which no target of [" + Adapter.SETTINGS + "] asks for: targets are "
                    + adapter.lora().targets() + "; take both files from one training");
        }
    }

    private boolean isAdapted(String name) {
        return adapter.lora().adapts(name);
    }

    @Override
    public Set<String> names() {
        return base.names();
    }

    @Override
    public DType type(String name) {
        return isAdapted(name) ? DType.F32 : base.type(name);
    }

    @Override
    public long[] shape(String name) {
        return base.shape(name);
    }

    @Override
    public ByteBuffer bytes(String name) throws IOException {
        return isAdapted(name) ? merge(name) : base.bytes(name);
    }

    private ByteBuffer merge(String name) throws IOException {
        FloatBuffer weights = Float32.of(base, name).asFloatBuffer();
        double[] a = doubles(name + DualEncoder.A);
        double[] b = doubles(name + DualEncoder.B);
        int outputs = (int) base.shape(name)[0];
        int inputs = (int) base.shape(name)[1];
        ByteBuffer merged =
                ByteBuffer.allocateDirect(outputs * inputs * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer target = merged.asFloatBuffer();
        double[] products = new double[inputs];
        float[] row = new float[inputs];
        for (int out = 0; out < outputs; out++) {
            multiply(b, out, a, products);
            weights.get(row);
            for (int in = 0; in < inputs; in++) {
                row[in] = (float) (row[in] + products[in]);
            }
            target.put(row);
        }
        return merged;
    }

    /**
     * A row of (scale / rank) B A, summed row of A by row of A, which the compiler makes vector instructions of. In doubles
     * the product of two 16-bit floats is exact, so that what is rounded is only the sum with the base.
     */
    private void multiply(double[] b, int row, double[] a, double[] products) {
        int rank = adapter.lora().rank();
        Arrays.fill(products, 0);
        for (int r = 0; r < rank; r++) {
            double factor = b[row * rank + r];
            int from = r * products.length;
            for (int in = 0; in < products.length; in++) {
                products[in] += factor * a[from + in];
            }
        }
        for (int in = 0; in < products.length; in++) {
            products[in] *= adapter.lora().factor();
        }
    }

    private double[] doubles(String name) throws IOException {
        FloatBuffer floats = Float32.of(adapter.matrices(), name).asFloatBuffer();
        double[] wide = new double[floats.remaining()];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = floats.get(i);
        }
        return wide;
    }
}

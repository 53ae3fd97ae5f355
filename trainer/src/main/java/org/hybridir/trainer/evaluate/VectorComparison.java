package org.hybridir.trainer.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;

/**
 * Passes on what an encoder gives, and compares it with what another one gave for the same texts in the same order. Of the
 * first encoder all vectors are held, four bytes a number.
 */
final class VectorComparison implements TextEncoder {
    private final TextEncoder encoder;
    private final List<float[]> reference;
    private final boolean first;
    private int texts;
    private double sum;
    private double least = 1;

    private VectorComparison(TextEncoder encoder, List<float[]> reference, boolean first) {
        this.encoder = encoder;
        this.reference = reference;
        this.first = first;
    }

    /** Of the encoder that others are compared with. */
    static VectorComparison first(TextEncoder encoder) {
        return new VectorComparison(encoder, new ArrayList<>(), true);
    }

    /** Of another encoder with this one. */
    VectorComparison with(TextEncoder other) {
        return new VectorComparison(other, reference, false);
    }

    @Override
    public List<Encoding> encode(List<String> some, TextRole role) {
        List<Encoding> encodings = encoder.encode(some, role);
        for (Encoding encoding : encodings) {
            if (first) {
                reference.add(encoding.vector());
            }
            double cosine = cosine(encoding.vector(), reference.get(texts++));
            sum += cosine;
            least = Math.min(least, cosine);
        }
        return encodings;
    }

    /** Both have length one but for rounding, which counts where a cosine is nearly one. */
    static double cosine(float[] a, float[] b) {
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            squareA += (double) a[i] * a[i];
            squareB += (double) b[i] * b[i];
        }
        return product / Math.sqrt(squareA * squareB);
    }

    int texts() {
        return texts;
    }

    double meanCosine() {
        return sum / texts;
    }

    double leastCosine() {
        return least;
    }
}

package org.hybridir.program;

import java.util.List;

/**
 * How the layers of a transformer that serves compute.
 *
 * @param precision of all matrix products with weights but those that are kept
 * @param reducedRange whether inputs of 8-bit products use 7 bits, so that sums of two products fit into 16 bits: needed on
 *     processors without VNNI
 * @param kept names of products that are kept from 8 bits, of {@link PackedLayers#products}; empty but for {@code int8}
 * @param floats of the products that are not in 8 bits: the precision itself, or that of those that are kept
 */
public record LayerArithmetic(Precision precision, boolean reducedRange, List<String> kept, Precision floats) {
    public LayerArithmetic {
        kept = List.copyOf(kept);
        boolean eightBits = precision == Precision.INT8;
        if (!eightBits && (reducedRange || !kept.isEmpty())) {
            throw new IllegalArgumentException(
                    "only [int8] has a reduced range and keeps products, not [" + precision.key() + "]");
        }
        if (floats == Precision.INT8 || !eightBits && floats != precision) {
            throw new IllegalArgumentException(
                    "products of [" + precision.key() + "] that are not in 8 bits cannot be in [" + floats.key() + "]");
        }
    }

    /**
     * That of a precision on a processor. What is kept from 8 bits is in bfloat16 where that is fast: it loses a tenth of what
     * 8 bits lose.
     *
     * @param kept matters to {@code int8} alone
     */
    public static LayerArithmetic of(Precision precision, Processor processor, List<String> kept) {
        if (precision != Precision.INT8) {
            return new LayerArithmetic(precision, false, List.of(), precision);
        }
        Precision floats = processor.hasBfloat16() ? Precision.BF16 : Precision.FP32;
        return new LayerArithmetic(precision, !processor.hasVnni(), kept, floats);
    }

    /** All that decides a number, as text for a fingerprint. */
    public String signature() {
        return precision.name()
                + (reducedRange ? " reduced range" : "")
                + (kept.isEmpty() ? "" : " but " + kept + " in " + floats.name());
    }
}

package org.hybridir.program;

import java.util.List;

/**
 * How the layers of a transformer that serves compute.
 *
 * @param precision of all matrix products with weights but those that are kept
 * @param reducedRange whether inputs of 8-bit products use 7 bits, so that sums of two products fit into 16 bits: needed on
 *     processors without VNNI
 * @param kept names of products that stay in 32 bits, of {@link PackedLayers#products}; empty but for {@code int8}
 */
public record LayerArithmetic(Precision precision, boolean reducedRange, List<String> kept) {
    public LayerArithmetic {
        kept = List.copyOf(kept);
        if (precision != Precision.INT8 && (reducedRange || !kept.isEmpty())) {
            throw new IllegalArgumentException(
                    "only [int8] has a reduced range and keeps products, not [" + precision.key() + "]");
        }
    }

    /**
     * That of a precision on a processor.
     *
     * @param kept matters to {@code int8} alone
     */
    public static LayerArithmetic of(Precision precision, Processor processor, List<String> kept) {
        return precision == Precision.INT8
                ? new LayerArithmetic(precision, !processor.hasVnni(), kept)
                : new LayerArithmetic(precision, false, List.of());
    }

    /** All that decides a number, as text for a fingerprint. */
    public String signature() {
        return precision.name() + (reducedRange ? " reduced range" : "") + (kept.isEmpty() ? "" : " but " + kept);
    }
}

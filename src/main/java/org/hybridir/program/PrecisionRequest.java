package org.hybridir.program;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The precision that a caller asks for: one of {@link Precision}, or {@code auto}, the fastest on the processor that leaves
 * the vectors nearly as they are. That is {@code bf16} where the processor multiplies it, else {@code fp32}; never
 * {@code int8}, which costs quality that somebody must have measured and accepted.
 *
 * @param asked absent for {@code auto}
 */
public record PrecisionRequest(Optional<Precision> asked) {
    /** How settings and REST write the request to choose. */
    public static final String AUTO = "auto";

    /**
     * What a processor gives.
     *
     * @param precision that runs
     * @param reason why, for people
     */
    public record Choice(Precision precision, String reason) {}

    /** The request that is written so: a precision's key, or {@value #AUTO}. */
    public static PrecisionRequest of(String key) {
        return key.equals(AUTO) ? new PrecisionRequest(Optional.empty()) : of(precision(key));
    }

    private static Precision precision(String key) {
        return Arrays.stream(Precision.values())
                .filter(precision -> precision.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown precision [" + key + "], allowed are "
                        + Stream.concat(Arrays.stream(Precision.values()).map(Precision::key), Stream.of(AUTO))
                                .toList()));
    }

    /** The request for one precision. */
    public static PrecisionRequest of(Precision precision) {
        return new PrecisionRequest(Optional.of(precision));
    }

    /** As {@link #of(String)} reads it. */
    public String key() {
        return asked.map(Precision::key).orElse(AUTO);
    }

    /**
     * What runs on a processor.
     *
     * @throws IllegalArgumentException if it lacks what the precision asked for needs
     */
    public Choice on(Processor processor) {
        return asked.map(precision -> required(precision, processor)).orElseGet(() -> best(processor));
    }

    private static Choice required(Precision precision, Processor processor) {
        switch (precision) {
            case BF16 -> require(processor.hasBfloat16(), precision, Processor.BFLOAT16, processor);
            case INT8 ->
                require(processor.flags().contains(Processor.AVX2), precision, List.of(Processor.AVX2), processor);
            case FP32 -> {
                // every processor has it
            }
        }
        return new Choice(precision, "asked for");
    }

    private static void require(boolean has, Precision precision, List<String> flags, Processor processor) {
        if (!has) {
            throw new IllegalArgumentException("the precision [" + precision.key() + "] needs a processor with one of "
                    + flags + ", without which it is slower than fp32, and this one [" + processor.name()
                    + "] has none; ask for [" + AUTO + "] or [" + Precision.FP32.key() + "]");
        }
    }

    private static Choice best(Processor processor) {
        return processor.hasBfloat16()
                ? new Choice(Precision.BF16, "the processor has one of " + Processor.BFLOAT16)
                : new Choice(Precision.FP32, "the processor has none of " + Processor.BFLOAT16);
    }
}

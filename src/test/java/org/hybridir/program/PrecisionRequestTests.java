package org.hybridir.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PrecisionRequestTests {
    private static final Processor PLAIN = new Processor("Plain", Set.of("sse4_1"));
    private static final Processor OLD = new Processor("Old", Set.of("avx2", "avx512f"));
    private static final Processor VNNI = new Processor("Vnni", Set.of("avx2", "avx_vnni"));
    private static final Processor NEW = new Processor("New", Set.of("avx2", "avx512_vnni", "avx512_bf16"));
    private static final Processor TILES = new Processor("Tiles", Set.of("avx2", "avx512_vnni", "amx_bf16"));

    @Test
    void autoIsTheFastestThatKeepsTheVectors() {
        PrecisionRequest auto = PrecisionRequest.of("auto");
        assertEquals(Precision.BF16, auto.on(NEW).precision());
        assertEquals(Precision.BF16, auto.on(TILES).precision());
        assertEquals(
                new PrecisionRequest.Choice(Precision.FP32, "the processor has none of [avx512_bf16, amx_bf16]"),
                auto.on(VNNI));
        assertEquals(Precision.FP32, auto.on(PLAIN).precision());
    }

    @Test
    void whatIsAskedForIsTaken() {
        assertEquals(
                new PrecisionRequest.Choice(Precision.BF16, "asked for"),
                PrecisionRequest.of("bf16").on(NEW));
        assertEquals(Precision.INT8, PrecisionRequest.of("int8").on(OLD).precision());
        assertEquals(Precision.FP32, PrecisionRequest.of("fp32").on(PLAIN).precision());
    }

    @Test
    void whatTheProcessorLacksIsRefused() {
        IllegalArgumentException bf16 = assertThrows(IllegalArgumentException.class, () -> PrecisionRequest.of("bf16")
                .on(VNNI));
        assertEquals(
                "the precision [bf16] needs a processor with one of [avx512_bf16, amx_bf16], without which it is slower"
                        + " than fp32, and this one [Vnni] has none; ask for [auto] or [fp32]",
                bf16.getMessage());
        IllegalArgumentException int8 = assertThrows(IllegalArgumentException.class, () -> PrecisionRequest.of("int8")
                .on(PLAIN));
        assertEquals(
                "the precision [int8] needs a processor with one of [avx2], without which it is slower than fp32, and"
                        + " this one [Plain] has none; ask for [auto] or [fp32]",
                int8.getMessage());
    }

    @Test
    void unknownPrecisionIsRefused() {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> PrecisionRequest.of("int4"));
        assertEquals("unknown precision [int4], allowed are [fp32, bf16, int8, auto]", e.getMessage());
    }

    @Test
    void keysAreReadAsWritten() {
        for (String key : List.of("fp32", "bf16", "int8", "auto")) {
            assertEquals(key, PrecisionRequest.of(key).key());
        }
    }

    @Test
    void inputsHaveSevenBitsWithoutVnni() {
        assertTrue(LayerArithmetic.of(Precision.INT8, OLD, List.of()).reducedRange());
        assertFalse(LayerArithmetic.of(Precision.INT8, VNNI, List.of()).reducedRange());
        assertFalse(LayerArithmetic.of(Precision.FP32, OLD, List.of()).reducedRange());
    }

    @Test
    void signatureIsOfAllThatDecidesANumber() {
        List<String> kept = List.of("encoder.layer.0.output.dense");
        Set<String> signatures = Set.of(
                LayerArithmetic.of(Precision.FP32, NEW, kept).signature(),
                LayerArithmetic.of(Precision.BF16, NEW, kept).signature(),
                LayerArithmetic.of(Precision.INT8, NEW, kept).signature(),
                LayerArithmetic.of(Precision.INT8, OLD, kept).signature(),
                LayerArithmetic.of(Precision.INT8, VNNI, kept).signature(),
                LayerArithmetic.of(Precision.INT8, NEW, List.of()).signature());
        assertEquals(6, signatures.size());
        assertEquals(
                LayerArithmetic.of(Precision.BF16, NEW, List.of()).signature(),
                LayerArithmetic.of(Precision.BF16, NEW, kept).signature(),
                "what int8 keeps is nothing to bf16");
    }

    @Test
    void keptProductsAreInBfloat16WhereThatIsFast() {
        assertEquals(
                Precision.BF16,
                LayerArithmetic.of(Precision.INT8, NEW, List.of()).floats());
        assertEquals(
                Precision.FP32,
                LayerArithmetic.of(Precision.INT8, VNNI, List.of()).floats());
        assertEquals(
                Precision.FP32,
                LayerArithmetic.of(Precision.FP32, NEW, List.of()).floats());
        assertEquals(
                "products of [fp32] that are not in 8 bits cannot be in [bf16]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new LayerArithmetic(Precision.FP32, false, List.of(), Precision.BF16))
                        .getMessage());
        assertEquals(
                "products of [int8] that are not in 8 bits cannot be in [int8]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new LayerArithmetic(Precision.INT8, false, List.of(), Precision.INT8))
                        .getMessage());
    }

    @Test
    void onlyInt8KeepsProducts() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> new LayerArithmetic(Precision.BF16, false, List.of("x"), Precision.BF16));
        assertEquals("only [int8] has a reduced range and keeps products, not [bf16]", e.getMessage());
    }
}

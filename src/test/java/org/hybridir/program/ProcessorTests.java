package org.hybridir.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessorTests {
    /** As Linux writes it: a tab before the colon, a block a processor, other lists of flags behind the processor's own. */
    @Test
    void isReadFromTheFirstProcessorsLines() {
        Processor processor = Processor.of(List.of(
                "processor\t: 0",
                "model name\t: Some Processor 9",
                "flags\t\t: fpu avx512f avx512_bf16",
                "vmx flags\t: ept amx_bf16",
                "",
                "processor\t: 1",
                "model name\t: Another",
                "flags\t\t: fpu"));
        assertEquals(new Processor("Some Processor 9", Set.of("fpu", "avx512f", "avx512_bf16")), processor);
    }

    @Test
    void eitherFlagMultipliesBfloat16() {
        assertTrue(Processor.of(List.of("flags\t\t: fpu avx512_bf16 sse")).hasBfloat16());
        assertTrue(Processor.of(List.of("flags\t\t: amx_bf16 amx_tile")).hasBfloat16());
        assertFalse(Processor.of(List.of("flags\t\t: avx512f avx512bw amx_tile amx_int8"))
                .hasBfloat16());
    }

    @Test
    void whereNothingIsToldThereIsNoBfloat16() {
        assertFalse(Processor.of(List.of()).hasBfloat16());
        assertEquals("", Processor.of(List.of("processor\t: 0")).name());
    }
}

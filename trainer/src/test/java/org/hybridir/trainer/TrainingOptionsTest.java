package org.hybridir.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Set;
import org.hybridir.program.Precision;
import org.hybridir.program.Processor;
import org.hybridir.trainer.batch.Strategy;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class TrainingOptionsTest {
    private static final Processor OLD = new Processor("Old Processor", Set.of("avx512f", "amx_tile"));
    private static final String WARNING =
            "warning: this processor [Old Processor] has none of [avx512_bf16, amx_bf16], which bf16 needs; training runs"
                    + " in fp32, so expect twice the time of bf16 and some more memory; --precision=fp32 asks for that and"
                    + " ends this warning";

    @Command(name = "training")
    private static final class Training {
        @Mixin
        private TrainingOptions options = new TrainingOptions();
    }

    private final StringWriter said = new StringWriter();

    private Precision precision(Processor processor, String... arguments) {
        Training training = new Training();
        new CommandLine(training).parseArgs(arguments);
        return training.options
                .settings(Strategy.HYBRID, 0.5, 0, processor, new PrintWriter(said))
                .model()
                .precision();
    }

    @Test
    void withoutBfloat16ItTrainsInFp32AndSaysSo() {
        assertEquals(Precision.FP32, precision(OLD));
        assertEquals(WARNING, said.toString().strip());
    }

    @Test
    void bf16ThatIsAskedForFallsBackWithTheSameWarning() {
        assertEquals(Precision.FP32, precision(OLD, "--precision=bf16"));
        assertEquals(WARNING, said.toString().strip());
    }

    @Test
    void withBfloat16NothingFallsBack() {
        assertEquals(Precision.BF16, precision(new Processor("New", Set.of("avx512f", "avx512_bf16"))));
        assertEquals(Precision.BF16, precision(new Processor("New", Set.of("amx_bf16")), "--precision=bf16"));
        assertEquals("", said.toString());
    }

    /** fp32 that is asked for is no fallback, and another device's arithmetic is not the processor's. */
    @Test
    void theProcessorMattersOnlyToItsOwnBf16() {
        assertEquals(Precision.FP32, precision(OLD, "--precision=fp32"));
        assertEquals(Precision.BF16, precision(OLD, "--device=gpu"));
        assertEquals("", said.toString());
    }

    @Test
    void optionsThatContradictEachOtherAreRefused() {
        assertRefused(
                "frozen layers are [6], and LoRA leaves the weights of all layers as they are; leave one of the two out",
                "--freeze-layers=6",
                "--lora-rank=8");
        assertRefused(
                "patience is [3], and nothing validates: give validation pairs, or no patience",
                "--patience=3",
                "--validation-pairs=0");
        assertRefused(
                "validation pairs are [1]; give [0] for none, or [2] or more, for one alone is compared with nothing",
                "--validation-pairs=1");
    }

    private void assertRefused(String message, String... arguments) {
        ParameterException refused = assertThrows(
                ParameterException.class, () -> precision(new Processor("New", Set.of("amx_bf16")), arguments));
        assertEquals(message, refused.getMessage());
    }

    @Test
    void unknownPrecisionsAreRefused() {
        ParameterException e = assertThrows(ParameterException.class, () -> precision(OLD, "--precision=int4"));
        assertEquals("unknown precision [int4], allowed are [fp32, bf16]", e.getMessage());
    }
}

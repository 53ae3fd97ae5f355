package org.hybridir.trainer;

import java.io.IOException;
import java.nio.file.Path;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.program.Precision;
import org.hybridir.program.PrecisionRequest;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which encoder a command opens, and how it computes. */
final class EncoderArguments {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--encoder", required = true, paramLabel = "DIR", description = "Artifact folder of the encoder.")
    private Path folder;

    @Option(names = "--threads", paramLabel = "N", description = "Default: all processors.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            description =
                    "fp32; bf16: about twice as fast where the processor has it, and nearly the same vectors; int8: three to"
                            + " four times, at a loss that [hybrid-ir quality] measures; auto: bf16 where the processor has"
                            + " it, else fp32 (default: fp32).")
    private String precision = Precision.FP32.key();

    int threads() {
        return threads;
    }

    /** The caller closes it. */
    Encoder open() throws IOException {
        return Encoder.open(folder, options());
    }

    private EncoderOptions options() {
        PrecisionRequest asked = Arguments.read(spec, "--precision", () -> PrecisionRequest.of(precision));
        return Arguments.read(spec, "--threads", () -> EncoderOptions.defaults()
                .withPrecision(asked)
                .withThreads(threads));
    }
}

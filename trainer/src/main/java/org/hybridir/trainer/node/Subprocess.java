package org.hybridir.trainer.node;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end. */
final class Subprocess {
    /** Where a program reads that is to be asked nothing. */
    static final ProcessBuilder.Redirect NO_INPUT =
            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile());

    private static final int LIMIT_MINUTES = 5;

    private Subprocess() {}

    /**
     * Runs a program and waits for it, at most five minutes.
     *
     * @throws NodeException if it fails or takes longer: {@code failure}, and below it what the program said
     */
    static void run(ProcessBuilder builder, String failure) throws IOException {
        Path said = Files.createTempFile("hybrid-ir-", ".log");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .redirectInput(NO_INPUT)
                    .start();
            if (!ended(process) || process.exitValue() != 0) {
                throw new NodeException(
                        failure + ":\n" + new String(Files.readAllBytes(said), StandardCharsets.UTF_8).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException("interrupted in " + builder.command());
        } finally {
            Files.delete(said);
        }
    }

    private static boolean ended(Process process) throws InterruptedException {
        try {
            return process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
        } finally {
            // of one that has ended, nothing is left to destroy
            process.destroyForcibly();
        }
    }
}

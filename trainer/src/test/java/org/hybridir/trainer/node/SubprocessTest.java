package org.hybridir.trainer.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubprocessTest {
    @TempDir
    private Path temp;

    private static ProcessBuilder shell(String script) {
        return new ProcessBuilder("sh", "-c", script);
    }

    @Test
    void isRunToItsEnd() throws IOException {
        Path made = temp.resolve("made");
        Subprocess.run(shell("sleep 0.1; cat > '" + made + "'"), "no file");
        assertEquals("", Files.readString(made), "it is given no input");
    }

    @Test
    void aFailureShowsWhatItSaid() {
        NodeException e = assertThrows(
                NodeException.class,
                () -> Subprocess.run(shell("echo why; echo 'and how' >&2; exit 3"), "it refuses [x]"));
        assertEquals("it refuses [x]:\nwhy\nand how", e.getMessage());
    }

    @Test
    void anInterruptIsPassedOn() {
        Thread.currentThread().interrupt();
        NodeException e = assertThrows(
                NodeException.class, () -> Subprocess.run(new ProcessBuilder("sleep", "60"), "it does not sleep"));
        assertTrue(Thread.interrupted(), "the interrupt is still to be seen");
        assertEquals("interrupted in [sleep, 60]", e.getMessage());
    }
}

package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

final class EngineThreadsTests {
    private static <T> T call(Callable<T> work) throws IOException {
        return EngineThreads.call("test", work);
    }

    @Test
    void threadsSeeTheClassesOfThisLibrary() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(null);
        try {
            assertSame(Encoder.class.getClassLoader(), call(() -> Thread.currentThread()
                    .getContextClassLoader()));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void missingNativeLibraryIsAnException() {
        for (Callable<Object> work : List.<Callable<Object>>of(
                () -> {
                    throw new UnsatisfiedLinkError("no torch");
                },
                () -> {
                    throw new EngineException(
                            "Failed to load PyTorch native library", new UnsatisfiedLinkError("no torch"));
                })) {
            IOException e = assertThrows(IOException.class, () -> call(work));
            assertTrue(e.getMessage()
                    .startsWith("the native libraries of PyTorch and of the tokenizers could not be loaded on ["));
            assertTrue(e.getMessage().contains("no torch"), e.getMessage());
            assertTrue(e.getMessage().contains("PYTORCH_LIBRARY_PATH"), e.getMessage());
        }
    }

    @Test
    void noErrorEscapes() {
        IllegalStateException e = assertThrows(
                IllegalStateException.class,
                () -> call(() -> {
                    throw new StackOverflowError("deep");
                }));
        assertEquals("the encoder failed: java.lang.StackOverflowError: deep", e.getMessage());
    }

    @Test
    void exceptionsOfTheWorkReachTheCaller() {
        assertThrows(
                ArtifactException.class,
                () -> call(() -> {
                    throw new ArtifactException("broken");
                }));
        assertThrows(
                IllegalArgumentException.class,
                () -> call(() -> {
                    throw new IllegalArgumentException("wrong");
                }));
    }

    @Test
    void interruptDoesNotShortenTheWait() throws IOException {
        Thread.currentThread().interrupt();
        String done = call(() -> {
            Thread.sleep(20);
            return "done";
        });
        assertEquals("done", done);
        assertTrue(Thread.interrupted(), "the mark must stay for the caller");
    }
}

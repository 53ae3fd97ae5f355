package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkerThreadsTests {
    private final WorkerThreads workers = new WorkerThreads("test-workers", 2);

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void resultsComeInTheOrderOfTheWork() throws IOException {
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int piece = i;
            work.add(() -> {
                Thread.sleep(piece % 3);
                return piece;
            });
        }
        List<Integer> results = workers.callAll(work);
        for (int i = 0; i < 100; i++) {
            assertEquals(i, results.get(i));
        }
    }

    @Test
    void workersSeeTheClassesOfThisLibrary() throws IOException {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(null);
        try {
            ClassLoader seen = workers.call(() -> Thread.currentThread().getContextClassLoader());
            assertSame(Encoder.class.getClassLoader(), seen);
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
            IOException e = assertThrows(IOException.class, () -> workers.call(work));
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
                () -> workers.call(() -> {
                    throw new StackOverflowError("deep");
                }));
        assertEquals("the encoder failed: java.lang.StackOverflowError: deep", e.getMessage());
    }

    @Test
    void exceptionsOfTheWorkReachTheCaller() {
        assertThrows(
                ArtifactException.class,
                () -> workers.call(() -> {
                    throw new ArtifactException("broken");
                }));
        assertThrows(
                IllegalArgumentException.class,
                () -> workers.call(() -> {
                    throw new IllegalArgumentException("wrong");
                }));
    }

    @Test
    void interruptedCallerStopsWaitingAndStaysInterrupted() {
        CountDownLatch never = new CountDownLatch(1);
        Thread.currentThread().interrupt();
        assertThrows(
                CancellationException.class,
                () -> workers.call(() -> {
                    never.await();
                    return null;
                }));
        assertTrue(Thread.interrupted(), "the mark must stay for the caller");
        never.countDown();
    }

    @Test
    void closeWaitsForRunningWork() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        AtomicInteger done = new AtomicInteger();
        Thread caller = new Thread(() -> {
            try {
                workers.call(() -> {
                    started.countDown();
                    Thread.sleep(200);
                    return done.incrementAndGet();
                });
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        caller.start();
        started.await();
        workers.close();
        assertEquals(1, done.get());
        caller.join();
    }
}

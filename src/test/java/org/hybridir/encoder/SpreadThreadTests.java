package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SpreadThreadTests {
    private static Thread thread(SpreadThread spread) {
        assertTrue(spread.claim());
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        spread.run(() -> {
            spread.free();
            thread.complete(Thread.currentThread());
        });
        return thread.join();
    }

    @Test
    void encodersShareOneThreadUntilTheLastIsClosed() {
        SpreadThread first = SpreadThread.open();
        SpreadThread second = SpreadThread.open();
        Thread thread = thread(first);
        assertNotSame(Thread.currentThread(), thread);
        assertSame(thread, thread(second));
        first.close();
        assertTrue(thread.isAlive());
        assertSame(thread, thread(second));
        second.close();
        assertFalse(thread.isAlive());
    }

    @Test
    void afterThereWasNoThreadToHaveItIsOpenedAnew() {
        try (FewThreads none = new FewThreads(0)) {
            assertThrows(OutOfMemoryError.class, SpreadThread::open);
        }
        SpreadThread spread = SpreadThread.open();
        Thread thread = thread(spread);
        spread.close();
        assertFalse(thread.isAlive());
    }

    @Test
    void oneAtATimeMayClaimIt() {
        try (SpreadThread spread = SpreadThread.open()) {
            assertTrue(spread.claim());
            assertFalse(spread.claim());
            spread.free();
            assertTrue(spread.claim());
        }
    }

    @Test
    void closingWaitsForWorkThatWasHandedOver() {
        SpreadThread spread = SpreadThread.open();
        assertTrue(spread.claim());
        CompletableFuture<Void> begin = new CompletableFuture<>();
        AtomicBoolean done = new AtomicBoolean();
        spread.run(() -> {
            begin.join();
            done.set(true);
        });
        begin.completeAsync(() -> null);
        spread.close();
        assertTrue(done.get());
    }
}

package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class SpreadThreadTests {
    private static Thread thread(SpreadThread spread) {
        return spread.call(Thread::currentThread, () -> null);
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
    void workBesideOtherWorkIsDoneByItsCaller() {
        try (SpreadThread spread = SpreadThread.open()) {
            Thread beside = spread.call(() -> spread.call(() -> null, Thread::currentThread), () -> null);
            assertSame(thread(spread), beside);
        }
    }

    @Test
    void errorReachesTheCallerAsItIs() {
        try (SpreadThread spread = SpreadThread.open()) {
            Error error = new LinkageError("no library");
            assertSame(error, assertThrows(LinkageError.class, () -> call(spread, error)));
            RuntimeException exception = new IllegalStateException("closed");
            assertSame(exception, assertThrows(IllegalStateException.class, () -> call(spread, exception)));
            assertEquals(1, spread.call(() -> 1, () -> 2), "free again");
        }
    }

    private static void call(SpreadThread spread, Throwable failure) {
        spread.call(
                () -> {
                    if (failure instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) failure;
                },
                () -> null);
    }
}

package org.hybridir.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.hybridir.trainer.load.LoadException;
import org.junit.jupiter.api.Test;

final class CrewTest {
    @Test
    void eachJobIsDoneOnce() {
        AtomicInteger begun = new AtomicInteger();
        Crew crew = new Crew(3, number -> number);
        Crew.Result result = crew.start(() -> begun.getAndIncrement() >= 100).join();
        assertEquals(99 * 100 / 2, result.done());
        assertEquals(100, result.latencies().count());
        assertEquals(3, result.threads());
        assertEquals(0, result.errors());
    }

    @Test
    void failuresAreCountedAndTheFirstIsKept() {
        AtomicInteger begun = new AtomicInteger();
        Crew crew = new Crew(1, number -> {
            if (number == 1) {
                throw new LoadException("number [" + number + "]");
            }
            return 1;
        });
        Crew.Result result = crew.start(() -> begun.getAndIncrement() >= 3).join();
        assertEquals(2, result.done());
        assertEquals(2, result.latencies().count());
        assertEquals(1, result.errors());
        assertEquals("number [1]", result.firstError());
    }
}

package org.hybridir.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterruptionTest {
    private final Interruption interruption = new Interruption();
    private final List<String> done = new ArrayList<>();

    @Test
    void newestActsFirstAndAFailureStopsNoOne() {
        interruption.add(() -> done.add("first"));
        interruption.add(() -> {
            throw new IllegalStateException("no");
        });
        interruption.add(() -> done.add("last"));
        interruption.act();
        assertEquals(List.of("last", "first"), done);
    }

    @Test
    void closedActionIsGone() {
        Interruption.Action action = interruption.add(() -> done.add("gone"));
        interruption.add(() -> done.add("stays"));
        action.close();
        action.close();
        interruption.act();
        assertEquals(List.of("stays"), done);
    }

    @Test
    void guardedCommandGivesItsCode() {
        assertEquals(3, interruption.guard(() -> 3));
    }
}

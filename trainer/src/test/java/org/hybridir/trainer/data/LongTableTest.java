package org.hybridir.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTableTest {
    @Test
    void isAMap() {
        Random random = new Random(3);
        Map<Long, Integer> oracle = new HashMap<>();
        LongTable table = new LongTable();
        for (int i = 0; i < 20_000; i++) {
            long key = random.nextBoolean() ? random.nextInt(500) : random.nextLong();
            int value = random.nextInt();
            oracle.put(key, value);
            table.put(key, value);
        }
        oracle.forEach((key, value) -> assertEquals(value, table.get(key)));
        assertEquals(0, table.get(-77));
    }
}

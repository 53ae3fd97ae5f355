package org.hybridir.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hybridir.trainer.bench.ResidentMemory.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResidentMemoryTest {
    @TempDir
    Path temp;

    @Test
    void growsByTheLineThroughTheLastTwoThirds() {
        // the first third would make it steeper; the line through 200, 220, 240, 260 is exact
        List<Sample> samples = List.of(
                new Sample(0, 10),
                new Sample(10, 50),
                new Sample(20, 200),
                new Sample(30, 220),
                new Sample(40, 240),
                new Sample(50, 260));
        assertEquals(30, ResidentMemory.growthPercent(samples), 1e-9);
    }

    @Test
    void fitsByLeastSquares() {
        // means 10 and 104; slope (-10*-4 + 0*-4 + 10*8) / 200 = .6: from 98 to 110
        List<Sample> samples =
                List.of(new Sample(-10, 0), new Sample(0, 100), new Sample(10, 100), new Sample(20, 112));
        assertEquals(100 * 12.0 / 98, ResidentMemory.growthPercent(samples), 1e-9);
    }

    @Test
    void twoSamplesSayNothing() {
        assertTrue(Double.isNaN(ResidentMemory.growthPercent(List.of(new Sample(0, 1), new Sample(10, 2)))));
    }

    @Test
    void readsWhatLinuxTells() throws IOException {
        Path status = temp.resolve("status");
        Files.writeString(status, "Name:\tjava\nVmHWM:\t  999 kB\nVmRSS:\t  2048 kB\n");
        assertEquals(2 << 20, new ResidentMemory(status).bytes());
    }

    @Test
    void saysWhatToDoWithoutThatFile() {
        Path status = temp.resolve("none");
        IOException e = assertThrows(IOException.class, () -> new ResidentMemory(status).bytes());
        assertEquals(
                "[" + status + "] does not tell the resident memory: --pid must be the id of the node's process on this"
                        + " machine, which runs Linux, and you must have the right to read that file",
                e.getMessage());
    }
}

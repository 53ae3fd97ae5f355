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
        // the first third would make it steeper; the line through 200, 220, 240, 260 of its own is exact
        List<Sample> samples = List.of(
                new Sample(0, 10, 0),
                new Sample(10, 50, 0),
                new Sample(20, 240, 40),
                new Sample(30, 290, 70),
                new Sample(40, 240, 0),
                new Sample(50, 900, 640));
        assertEquals(25, ResidentMemory.growthPercent(samples), 1e-9);
    }

    @Test
    void fitsByLeastSquares() {
        // means 10 and 104; slope (-10*-4 + 0*-4 + 10*8) / 200 = .6: from 98 to 110
        List<Sample> samples =
                List.of(new Sample(-10, 0, 0), new Sample(0, 100, 0), new Sample(10, 100, 0), new Sample(20, 112, 0));
        assertEquals(100 * 12.0 / 100, ResidentMemory.growthPercent(samples), 1e-9);
    }

    @Test
    void twoSamplesSayNothing() {
        assertTrue(Double.isNaN(ResidentMemory.growthPercent(List.of(new Sample(0, 1, 0), new Sample(10, 2, 0)))));
    }

    @Test
    void readsWhatLinuxTells() throws IOException {
        Path status = temp.resolve("status");
        Files.writeString(
                status, "Name:\tjava\nVmHWM:\t  999 kB\nVmRSS:\t  2048 kB\nRssAnon:\t  512 kB\nRssFile:\t  1024 kB\n");
        ResidentMemory memory = new ResidentMemory(status);
        memory.look(3);
        assertEquals(List.of(new Sample(3, 2 << 20, 1 << 20)), memory.samples());
    }

    @Test
    void saysWhatToDoWithoutThatFile() {
        Path status = temp.resolve("none");
        IOException e = assertThrows(IOException.class, () -> new ResidentMemory(status).look(0));
        assertEquals(
                "[" + status + "] does not tell the resident memory: --pid must be the id of the node's process on this"
                        + " machine, which runs Linux, and you must have the right to read that file",
                e.getMessage());
    }
}

package org.hybridir.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command in processes of its own, killed at any moment (kill -9): whatever checkpoint is there opens and goes on. */
final class KillTest {
    private static final int KILLS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path temp;

    @Test
    void aKilledRunGoesOn() throws Exception {
        Path base = ToyWorld.encoder(temp, "base", 0);
        Path data = ToyWorld.write(ToyWorld.pairs(40, 3), temp.resolve("pairs.jsonl"));
        Path work = temp.resolve("out.training");
        Random random = new Random(1);
        long reached = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(base, data, work);
            // steps and checkpoints come every few milliseconds; every third time it may still be starting
            if (kill % 3 != 2) {
                awaitStep(process, work, reached);
            }
            boolean ended = process.waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS);
            assertTrue(!ended, () -> "ended by itself: " + read(temp.resolve("log")));
            process.destroyForcibly().waitFor();
            long step = lastStep(work);
            assertTrue(step >= reached, step + " after " + reached);
            reached = step;
        }
        assertTrue(reached > 0, read(temp.resolve("log")));
        // as Ctrl-C does: finishes the step, saves, says so
        Process last = start(base, data, work);
        awaitStep(last, work, reached);
        last.destroy();
        assertTrue(last.waitFor(60, TimeUnit.SECONDS));
        String log = read(temp.resolve("log"));
        assertTrue(log.contains("Going on from step " + String.format(Locale.ROOT, "%,d", reached)), log);
        assertTrue(log.contains("Stopped after step"), log);
        assertTrue(lastStep(work) > reached);
        assertStepsOnce(work.resolve(TrainingCard.METRICS));
    }

    private Process start(Path base, Path data, Path work) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.hybridir.trainer.Main",
                "train",
                "--base=" + base,
                "--data=jsonl:" + data,
                "--output=" + temp.resolve("out"),
                "--steps=1000000",
                "--batch-size=4",
                "--precision=fp32",
                "--validation-pairs=0",
                "--checkpoint-every=3",
                "--threads=1"));
        if (Files.exists(work)) {
            command.add("--resume");
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("log").toFile())
                .start();
    }

    /** Waits until a step behind the one given is told, however long a busy machine takes to start the program. */
    private void awaitStep(Process process, Path work, long reached) throws Exception {
        Path metrics = work.resolve(TrainingCard.METRICS);
        FileTime old = modified(metrics);
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        // the file still holds what was told after the checkpoint, until the program takes it back and writes anew
        while (modified(metrics).equals(old) || Files.readAllLines(metrics).size() <= reached) {
            assertTrue(process.isAlive() && System.nanoTime() < end, () -> read(temp.resolve("log")));
            Thread.sleep(20);
        }
    }

    private static FileTime modified(Path file) throws IOException {
        return Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
    }

    /** Opens the checkpoint that is there, and reads all of it. */
    private static long lastStep(Path work) throws IOException {
        if (!Files.exists(work.resolve("checkpoints"))) {
            return 0;
        }
        Checkpoints checkpoints = new Checkpoints(work.resolve("checkpoints"));
        if (checkpoints.lastStep().isEmpty()) {
            return 0;
        }
        checkpoints.restoreLast((values, moments) -> {
            for (String name : values.names()) {
                assertEquals(
                        values.bytes(name).remaining(),
                        moments.orElseThrow().bytes("mean." + name).remaining());
            }
        });
        assertEquals(
                checkpoints.lastStep().getAsLong(),
                checkpoints.lastState().path("step").asLong());
        return checkpoints.lastStep().getAsLong();
    }

    /** What was told after the checkpoint, and told anew after it, stands there once. */
    private static void assertStepsOnce(Path metrics) throws IOException {
        long before = 0;
        for (String line : Files.readAllLines(metrics)) {
            JsonNode node = JSON.readTree(line);
            assertEquals(before + 1, node.path("step").asLong(), line);
            before++;
        }
        assertTrue(before > 0);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}

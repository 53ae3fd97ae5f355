package org.hybridir.trainer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * Resident memory of a process over time, as Linux tells it. Pages of mapped files count apart: they are the operating system's
 * to drop, and more of them are there the more the index's files grow.
 */
public final class ResidentMemory {
    private static final String ALL = "VmRSS:";
    private static final String MAPPED = "RssFile:";

    private final Path status;
    private final List<Sample> samples = new ArrayList<>();

    /**
     * @param seconds since the first one
     * @param bytes that are resident
     * @param mapped of them are pages of mapped files
     */
    record Sample(double seconds, long bytes, long mapped) {
        /** Heap, stacks and native memory. */
        long own() {
            return bytes - mapped;
        }
    }

    /** @param pid of the process */
    public ResidentMemory(long pid) {
        this(Path.of("/proc/" + pid + "/status"));
    }

    ResidentMemory(Path status) {
        this.status = status;
    }

    /**
     * Takes a sample.
     *
     * @throws IOException if it is not told: no such process, or no right to look
     */
    public void look(double seconds) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(status);
        } catch (IOException e) {
            throw new IOException(unreadable(), e);
        }
        samples.add(new Sample(seconds, bytes(lines, ALL), bytes(lines, MAPPED)));
    }

    private long bytes(List<String> lines, String key) throws IOException {
        for (String line : lines) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException(unreadable());
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    private String unreadable() {
        return "[" + status + "] does not tell the resident memory: --pid must be the id of the node's process on this"
                + " machine, which runs Linux, and you must have the right to read that file";
    }

    /**
     * By how many percent of the resident memory the process's own grew over the last two thirds of the samples, by the straight
     * line through them of least squares; NaN if there are fewer than three.
     */
    static double growthPercent(List<Sample> samples) {
        List<Sample> late = samples.subList(samples.size() / 3, samples.size());
        if (samples.size() < 3) {
            return Double.NaN;
        }
        SimpleRegression line = new SimpleRegression();
        late.forEach(sample -> line.addData(sample.seconds, sample.own()));
        double first = line.predict(late.getFirst().seconds);
        double last = line.predict(late.getLast().seconds);
        return 100 * (last - first) / late.getFirst().bytes;
    }
}

package org.hybridir.trainer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/** Resident memory of a process over time, as Linux tells it. */
public final class ResidentMemory {
    private static final String KEY = "VmRSS:";

    private final Path status;
    private final List<Sample> samples = new ArrayList<>();

    /**
     * @param seconds since the first one
     * @param bytes that are resident
     */
    record Sample(double seconds, long bytes) {}

    /** @param pid of the process */
    public ResidentMemory(long pid) {
        this(Path.of("/proc/" + pid + "/status"));
    }

    ResidentMemory(Path status) {
        this.status = status;
    }

    /** Takes a sample. */
    void look(double seconds) throws IOException {
        samples.add(new Sample(seconds, bytes()));
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /**
     * What is resident now.
     *
     * @throws IOException if it is not told: no such process, or no right to look
     */
    public long bytes() throws IOException {
        try {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith(KEY)) {
                    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
                }
            }
        } catch (IOException e) {
            throw new IOException(unreadable(), e);
        }
        throw new IOException(unreadable());
    }

    private String unreadable() {
        return "[" + status + "] does not tell the resident memory: --pid must be the id of the node's process on this"
                + " machine, which runs Linux, and you must have the right to read that file";
    }

    /**
     * By how many percent of itself the memory grew over the last two thirds of the samples, by the straight line through
     * them of least squares; NaN if there are fewer than three.
     */
    static double growthPercent(List<Sample> samples) {
        List<Sample> late = samples.subList(samples.size() / 3, samples.size());
        if (samples.size() < 3) {
            return Double.NaN;
        }
        SimpleRegression line = new SimpleRegression();
        late.forEach(sample -> line.addData(sample.seconds, sample.bytes));
        double first = line.predict(late.getFirst().seconds);
        double last = line.predict(late.getLast().seconds);
        return 100 * (last - first) / first;
    }
}

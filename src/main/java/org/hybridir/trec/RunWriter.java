package org.hybridir.trec;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.function.Function;
import org.hybridir.measure.Hit;
import org.hybridir.measure.RankedQuestion;
import org.hybridir.measure.RankingListener;

/**
 * Writes the first passages of each question as a TREC run while they are ranked, in whatever order questions are done. The
 * file appears when {@link #finish} is called and not before.
 *
 * <p>Tools rank by score and differ in what they do with equal ones. So scores strictly decrease: one that is not lower than
 * the one before it is written as the next lower float.
 */
public final class RunWriter implements RankingListener, Closeable {
    /** The depth of TREC's runs. */
    public static final int DEPTH = 1_000;

    private final Path file;
    private final Path temporary;
    private final BufferedWriter out;
    private final String tag;
    private final Function<RankedQuestion, String> ids;

    /**
     * @param file is replaced if it is there; its folder must be
     * @param tag the run's name, without white space
     * @param ids what a question is called in the file
     */
    public RunWriter(Path file, String tag, Function<RankedQuestion, String> ids) throws IOException {
        this.file = file;
        this.tag = tag.replaceAll("\\s+", "_");
        this.ids = ids;
        // not createTempFile, whose files only their owner may read: a run is for others
        this.temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        this.out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8);
    }

    @Override
    public int hits() {
        return DEPTH;
    }

    @Override
    public void ranked(RankedQuestion question) {
        String text = lines(ids.apply(question), question);
        synchronized (this) {
            try {
                out.write(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String lines(String id, RankedQuestion question) {
        StringBuilder lines = new StringBuilder();
        float last = Float.POSITIVE_INFINITY;
        int rank = 0;
        for (Hit hit : question.top()) {
            if (hit.id().isBlank() || hit.id().matches(".*\\s.*")) {
                throw new IllegalArgumentException("document id [" + hit.id()
                        + "] has white space, which separates the columns of a TREC run; it cannot be written");
            }
            last = Math.min(hit.score(), Math.nextDown(last));
            lines.append(id).append(" Q0 ").append(hit.id()).append(' ').append(++rank);
            lines.append(' ').append(last).append(' ').append(tag).append('\n');
        }
        return lines.toString();
    }

    /** All questions are ranked: puts the file in its place. */
    public void finish() throws IOException {
        out.close();
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Without {@link #finish} nothing remains. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(temporary);
    }
}

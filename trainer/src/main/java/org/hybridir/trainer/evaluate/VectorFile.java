package org.hybridir.trainer.evaluate;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.hybridir.measure.VectorRows;

/**
 * Vectors in a temporary file, so that how many there are is not limited by the heap: written one after the other, then mapped
 * into memory, where the system keeps as much of them as it has room for. The file loses its name as soon as it is open, so
 * nothing is left of it however the program ends. Rows are not to be read after it was closed.
 */
public final class VectorFile implements Closeable {
    /** A mapping holds at most 2 GiB. */
    private static final long MOST_MAPPED = 1L << 30;

    private final FileChannel channel;
    private final OutputStream out;
    private ByteBuffer row = ByteBuffer.allocate(0);
    private int dimension;
    private int size;

    private VectorFile(FileChannel channel) {
        this.channel = channel;
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 20);
    }

    /** An empty file in the folder for temporary files. */
    public static VectorFile create() throws IOException {
        Path file = Files.createTempFile("hybrid-ir-", ".vectors");
        return new VectorFile(FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
    }

    /** Adds a vector. Throws IllegalArgumentException if it has another dimension than the first one. */
    public void append(float[] vector) throws IOException {
        if (size == 0) {
            dimension = vector.length;
            row = ByteBuffer.allocate(Float.BYTES * dimension).order(ByteOrder.nativeOrder());
        }
        if (vector.length != dimension) {
            throw new IllegalArgumentException("the vector on place [" + size + "] has [" + vector.length
                    + "] dimensions, the first one [" + dimension + "]");
        }
        row.asFloatBuffer().put(vector);
        out.write(row.array());
        size++;
    }

    /** All that was added; nothing more can be. */
    public VectorRows rows() throws IOException {
        return rows(MOST_MAPPED);
    }

    /** @param mostMapped bytes of one mapping, at least those of a row */
    VectorRows rows(long mostMapped) throws IOException {
        out.flush();
        int rowsMapped = size == 0 ? 1 : (int) (mostMapped / Float.BYTES / dimension);
        List<FloatBuffer> parts = new ArrayList<>();
        for (int first = 0; first < size; first += rowsMapped) {
            long from = (long) first * dimension * Float.BYTES;
            long length = (long) Math.min(rowsMapped, size - first) * dimension * Float.BYTES;
            parts.add(channel.map(FileChannel.MapMode.READ_ONLY, from, length)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer());
        }
        return new MappedRows(parts, rowsMapped, size, dimension);
    }

    /** Rows of a part follow each other; all parts but the last have the same number. */
    private record MappedRows(List<FloatBuffer> parts, int rowsMapped, int size, int dimension) implements VectorRows {
        @Override
        public void copy(int first, int n, float[] into) {
            int copied = 0;
            while (copied < n) {
                int place = first + copied;
                int inPart = place % rowsMapped;
                int rows = Math.min(n - copied, rowsMapped - inPart);
                parts.get(place / rowsMapped).get(inPart * dimension, into, copied * dimension, rows * dimension);
                copied += rows;
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

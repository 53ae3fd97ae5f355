package org.hybridir.trainer.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.hybridir.weights.DType;
import org.hybridir.weights.InMemoryTensors;
import org.hybridir.weights.TensorSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OnnxFileTest {
    @TempDir
    Path temp;

    /** A source that would fail if it were read. */
    private record Unreadable(long... shape) implements TensorSource {
        @Override
        public Set<String> names() {
            return Set.of("w");
        }

        @Override
        public DType type(String name) {
            return DType.F32;
        }

        @Override
        public long[] shape(String name) {
            return shape;
        }

        @Override
        public ByteBuffer bytes(String name) {
            throw new AssertionError("read before the size was checked");
        }
    }

    @Test
    void refusesMoreThanAProtocolBufferHolds() {
        OnnxGraph graph = new OnnxGraph("large");
        long[] shape = {1 << 15, 1 << 14};
        graph.weight(new Weight("w", shape, new Unreadable(shape), "w"));
        Path file = temp.resolve("x.onnx");
        ExportException e = assertThrows(ExportException.class, () -> OnnxFile.write(graph, file));
        assertEquals(
                "the ONNX file would have [2147483705] bytes, and the format's limit is [2147483647]; export this encoder"
                        + " as [torchscript]",
                e.getMessage());
        assertFalse(Files.exists(file));
    }

    @Test
    void turnsMatricesRound() throws IOException {
        InMemoryTensors tensors = new InMemoryTensors();
        tensors.put("w", new long[] {2, 3}, new float[] {1, 2, 3, 4, 5, 6});
        ByteBuffer bytes = new Weight("w", new long[] {2, 3}, tensors, "w").transposedBytes();
        float[] found = new float[6];
        bytes.asFloatBuffer().get(found);
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, found);
    }
}

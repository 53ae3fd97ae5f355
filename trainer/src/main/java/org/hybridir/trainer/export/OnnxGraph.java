package org.hybridir.trainer.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An ONNX graph in the making. Every value has one name, that of the node, constant or input that makes it. Types are
 * ONNX's numbers: {@link #FLOAT}, {@link #INT8}, {@link #INT32}, {@link #INT64}.
 */
final class OnnxGraph {
    static final int FLOAT = 1;
    static final int INT8 = 3;
    static final int INT32 = 6;
    static final int INT64 = 7;

    /** The domain of the operators that only ONNX Runtime has. */
    static final String MICROSOFT = "com.microsoft";

    /** Reads a constant's numbers, little-endian, row by row. */
    interface Numbers {
        ByteBuffer read() throws IOException;
    }

    /**
     * An operator's call; it has the name of its first output. Attributes are Long, Float or long[].
     *
     * @param domain empty for ONNX's own operators
     */
    record Node(
            String domain,
            String operator,
            Map<String, Object> attributes,
            List<String> inputs,
            List<String> outputs) {}

    /** A constant of {@code bytes} bytes. */
    record Constant(String name, int type, long[] shape, long bytes, Numbers numbers) {}

    /** A value that goes in or comes out; a dimension is a Long, or a String that names an open one. */
    record Port(String name, int type, List<Object> shape) {}

    private final String name;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Constant> constants = new ArrayList<>();
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();

    OnnxGraph(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    List<Node> nodes() {
        return nodes;
    }

    List<Constant> constants() {
        return constants;
    }

    List<Port> inputs() {
        return inputs;
    }

    List<Port> outputs() {
        return outputs;
    }

    String input(String value, int type, Object... shape) {
        inputs.add(new Port(value, type, List.of(shape)));
        return value;
    }

    void output(String value, int type, Object... shape) {
        outputs.add(new Port(value, type, List.of(shape)));
    }

    /** Calls an operator and returns the name of its output. */
    String node(String value, String operator, String... from) {
        return node(value, operator, Map.of(), from);
    }

    String node(String value, String operator, Map<String, Object> attributes, String... from) {
        node("", operator, attributes, List.of(from), List.of(value));
        return value;
    }

    /** Calls an operator of {@link #MICROSOFT} and returns the name of its output; an input left out is empty. */
    String fused(String value, String operator, Map<String, Object> attributes, String... from) {
        node(MICROSOFT, operator, attributes, List.of(from), List.of(value));
        return value;
    }

    /** Calls an operator, maybe of another domain or with several outputs. */
    void node(
            String domain, String operator, Map<String, Object> attributes, List<String> inputs, List<String> outputs) {
        nodes.add(new Node(domain, operator, attributes, inputs, outputs));
    }

    String weight(Weight weight) {
        return constant(weight.name(), FLOAT, weight.shape(), weight.size() * Float.BYTES, weight::bytes);
    }

    /** A matrix with its rows as columns. */
    String transposed(Weight weight) {
        long[] shape = {weight.shape()[1], weight.shape()[0]};
        return constant(weight.name() + ".T", FLOAT, shape, weight.size() * Float.BYTES, weight::transposedBytes);
    }

    String scalar(String value, float number) {
        ByteBuffer bytes = bytes(Float.BYTES).putFloat(0, number);
        return constant(value, FLOAT, new long[0], bytes.capacity(), bytes::duplicate);
    }

    String scalar(String value, long number) {
        ByteBuffer bytes = bytes(Long.BYTES).putLong(0, number);
        return constant(value, INT64, new long[0], bytes.capacity(), bytes::duplicate);
    }

    String list(String value, long... numbers) {
        ByteBuffer bytes = bytes(numbers.length * Long.BYTES);
        bytes.asLongBuffer().put(numbers);
        return constant(value, INT64, new long[] {numbers.length}, bytes.capacity(), bytes::duplicate);
    }

    String constant(String value, int type, long[] shape, long bytes, Numbers numbers) {
        constants.add(new Constant(value, type, shape, bytes, numbers));
        return value;
    }

    private static ByteBuffer bytes(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}

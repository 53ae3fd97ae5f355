package org.hybridir.trainer.export;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hybridir.trainer.export.OnnxGraph.Constant;
import org.hybridir.trainer.export.OnnxGraph.Node;
import org.hybridir.trainer.export.OnnxGraph.Port;

/**
 * An ONNX file: the protocol buffer message {@code ModelProto} of onnx.proto, whose field numbers are those below. All
 * lengths are known before the first byte is written, so the constants' numbers go straight from their source to the file.
 * The same graph gives the same bytes.
 */
final class OnnxFile {
    /** The first opset with LayerNormalization. */
    static final int OPSET = 17;

    /** The file format's version that came with that opset. */
    private static final int IR_VERSION = 8;

    /** ModelProto.graph */
    private static final int GRAPH = 7;
    /** GraphProto.initializer */
    private static final int INITIALIZER = 5;
    /** TensorProto.raw_data */
    private static final int RAW_DATA = 9;

    /** TensorProto.external_data */
    private static final int EXTERNAL_DATA = 13;
    /** TensorProto.data_location; 1 says that the numbers lie in another file. */
    private static final int DATA_LOCATION = 14;

    /** From so many bytes on a constant may lie in another file; shapes must not, since they are needed while loading. */
    private static final long OUTSIDE = 1 << 10;
    /** Where constants begin in the other file: at pages, so that they can be mapped. */
    private static final long PAGE = 1 << 12;

    /** No protocol buffer may be longer. */
    private static final long LONGEST = Integer.MAX_VALUE;

    /** A constant and all of its message but the numbers. */
    private record Tensor(Constant constant, byte[] head) {
        long size() {
            return head.length + Message.fieldSize(RAW_DATA, constant.bytes());
        }
    }

    private OnnxFile() {}

    /** @throws ExportException if the file would be longer than a protocol buffer may be */
    static void write(OnnxGraph graph, Path file) throws IOException {
        byte[] model = model(graph);
        byte[] rest = rest(graph);
        List<Tensor> tensors = new ArrayList<>();
        long graphSize = rest.length;
        for (Constant constant : graph.constants()) {
            Tensor tensor = new Tensor(constant, message(constant).toBytes());
            tensors.add(tensor);
            graphSize += Message.fieldSize(INITIALIZER, tensor.size());
        }
        requireShort(model.length + Message.fieldSize(GRAPH, graphSize));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream stream = Channels.newOutputStream(channel);
            CodedOutputStream out = CodedOutputStream.newInstance(stream, 1 << 20);
            out.writeRawBytes(model);
            Message.beginField(out, GRAPH, graphSize);
            out.writeRawBytes(rest);
            for (Tensor tensor : tensors) {
                write(tensor, out);
            }
            out.flush();
            channel.force(true);
        }
    }

    private static void requireShort(long size) throws ExportException {
        if (size > LONGEST) {
            throw new ExportException("the ONNX file would have [" + size + "] bytes, and the format's limit is ["
                    + LONGEST + "]; export this encoder as [" + ExportFormat.TORCHSCRIPT + "]");
        }
    }

    /**
     * Writes the graph to one file and its large constants to another one in the same folder, which has no limit.
     *
     * @param data what must lie beside the file when it is opened
     */
    static void write(OnnxGraph graph, Path file, Path data) throws IOException {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.writeBytes(rest(graph));
        try (FileChannel channel = FileChannel.open(data, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (Constant constant : graph.constants()) {
                Message tensor =
                        constant.bytes() < OUTSIDE ? inside(constant) : outside(constant, channel, data.getFileName());
                rest.writeBytes(new Message().message(INITIALIZER, tensor).toBytes());
            }
        }
        Message model = new Message().bytes(GRAPH, rest.toByteArray());
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            out.write(model(graph));
            out.write(model.toBytes());
        }
    }

    private static Message inside(Constant constant) throws IOException {
        ByteBuffer numbers = numbers(constant);
        byte[] bytes = new byte[numbers.remaining()];
        numbers.get(bytes);
        return message(constant).bytes(RAW_DATA, bytes);
    }

    private static Message outside(Constant constant, FileChannel to, Path name) throws IOException {
        long offset = (to.size() + PAGE - 1) / PAGE * PAGE;
        ByteBuffer numbers = numbers(constant);
        for (long at = offset; numbers.hasRemaining(); ) {
            at += to.write(numbers, at);
        }
        return message(constant)
                .message(EXTERNAL_DATA, entry("location", name.toString()))
                .message(EXTERNAL_DATA, entry("offset", Long.toString(offset)))
                .message(EXTERNAL_DATA, entry("length", Long.toString(constant.bytes())))
                .number(DATA_LOCATION, 1);
    }

    /** StringStringEntryProto. */
    private static Message entry(String key, String value) {
        return new Message().text(1, key).text(2, value);
    }

    private static void write(Tensor tensor, CodedOutputStream out) throws IOException {
        Message.beginField(out, INITIALIZER, tensor.size());
        out.writeRawBytes(tensor.head);
        Message.beginField(out, RAW_DATA, tensor.constant.bytes());
        out.write(numbers(tensor.constant));
    }

    private static ByteBuffer numbers(Constant constant) throws IOException {
        ByteBuffer numbers = constant.numbers().read();
        if (numbers.remaining() != constant.bytes()) {
            throw new IllegalStateException("the constant [" + constant.name() + "] has [" + numbers.remaining()
                    + "] bytes, and its shape asks for [" + constant.bytes() + "]");
        }
        return numbers;
    }

    /** ModelProto without its graph. */
    private static byte[] model(OnnxGraph graph) {
        Message model = new Message()
                .number(1, IR_VERSION)
                .text(2, "hybrid-ir")
                .message(8, new Message().text(1, "").number(2, OPSET));
        graph.nodes().stream()
                .map(Node::domain)
                .filter(domain -> !domain.isEmpty())
                .distinct()
                .forEach(
                        domain -> model.message(8, new Message().text(1, domain).number(2, 1)));
        return model.toBytes();
    }

    /** GraphProto without its initializers. */
    private static byte[] rest(OnnxGraph graph) {
        Message message = new Message();
        graph.nodes().forEach(node -> message.message(1, node(node)));
        message.text(2, graph.name());
        graph.inputs().forEach(port -> message.message(11, port(port)));
        graph.outputs().forEach(port -> message.message(12, port(port)));
        return message.toBytes();
    }

    /** TensorProto without its numbers. */
    private static Message message(Constant constant) {
        Message message = new Message();
        for (long size : constant.shape()) {
            message.number(1, size);
        }
        return message.number(2, constant.type()).text(8, constant.name());
    }

    /** NodeProto. */
    private static Message node(Node node) {
        Message message = new Message();
        node.inputs().forEach(input -> message.text(1, input));
        node.outputs().forEach(output -> message.text(2, output));
        message.text(3, node.outputs().getFirst()).text(4, node.operator());
        // by name, since a map's own order is no promise
        for (Map.Entry<String, Object> attribute : new TreeMap<>(node.attributes()).entrySet()) {
            message.message(5, attribute(attribute.getKey(), attribute.getValue()));
        }
        return node.domain().isEmpty() ? message : message.text(7, node.domain());
    }

    /** AttributeProto; field 20 is its type. */
    private static Message attribute(String name, Object value) {
        Message message = new Message().text(1, name);
        return switch (value) {
            case Float number -> message.real(2, number).number(20, 1);
            case Long number -> message.number(3, number).number(20, 2);
            case long[] numbers -> {
                for (long number : numbers) {
                    message.number(8, number);
                }
                yield message.number(20, 7);
            }
            default ->
                throw new IllegalArgumentException("an attribute is a Float, a Long or a long[], not [" + value
                        + "] of [" + value.getClass().getName() + "]");
        };
    }

    /** ValueInfoProto, with a TypeProto and a TensorShapeProto inside. */
    private static Message port(Port port) {
        Message shape = new Message();
        for (Object dimension : port.shape()) {
            Message open = new Message();
            shape.message(1, dimension instanceof Long size ? open.number(1, size) : open.text(2, (String) dimension));
        }
        Message tensor = new Message().number(1, port.type()).message(2, shape);
        return new Message().text(1, port.name()).message(2, new Message().message(1, tensor));
    }
}

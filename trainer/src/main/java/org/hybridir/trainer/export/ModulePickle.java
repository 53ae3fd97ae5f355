package org.hybridir.trainer.export;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The pickle of a TorchScript module with tensors, {@code data.pkl} of its archive, as libtorch's own pickler writes it.
 * A module is an object whose state is the dictionary of its attributes; a tensor is a call of torch's function that
 * rebuilds it from a storage, which is named by a persistent id and lies beside the pickle as {@code data/N}.
 */
final class ModulePickle {
    private static final int MARK = '(';
    private static final int EMPTY_TUPLE = ')';
    private static final int STOP = '.';
    private static final int INT = 'J';
    private static final int PERSISTENT_ID = 'Q';
    private static final int REDUCE = 'R';
    private static final int STRING = 'X';
    private static final int BUILD = 'b';
    private static final int GLOBAL = 'c';
    private static final int TUPLE = 't';
    private static final int SET_ITEMS = 'u';
    private static final int EMPTY_DICT = '}';
    private static final int PROTOCOL = 0x80;
    private static final int NEW_OBJECT = 0x81;
    private static final int FALSE = 0x89;
    private static final int LONG = 0x8a;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private ModulePickle() {}

    /**
     * A module with parameters and one module inside that has none.
     *
     * @param type the module's class in {@code __torch__}
     * @param names the parameters' names in that class, as many as there are weights
     * @param weights the parameters; their numbers are those of {@code data/0}, {@code data/1}, ...
     * @param innerName the name of the module inside
     * @param innerType its class in {@code __torch__}
     */
    static byte[] of(String type, List<String> names, List<Weight> weights, String innerName, String innerType) {
        ModulePickle pickle = new ModulePickle();
        pickle.code(PROTOCOL, 2);
        pickle.beginModule(type);
        for (int i = 0; i < weights.size(); i++) {
            pickle.string(names.get(i));
            pickle.tensor(weights.get(i), i);
        }
        pickle.string(innerName);
        pickle.beginModule(innerType);
        pickle.endModule();
        pickle.endModule();
        pickle.code(STOP);
        return pickle.out.toByteArray();
    }

    private void beginModule(String type) {
        global("__torch__", type);
        code(EMPTY_TUPLE, NEW_OBJECT, EMPTY_DICT, MARK);
        string("training");
        code(FALSE);
    }

    private void endModule() {
        code(SET_ITEMS, BUILD);
    }

    /** Call of _rebuild_tensor_v2 with storage, offset, shape, strides, whether it takes a gradient, and no hooks. */
    private void tensor(Weight weight, int number) {
        global("torch._utils", "_rebuild_tensor_v2");
        code(MARK);
        storage(number, weight.size());
        integer(0);
        integers(weight.shape());
        integers(strides(weight.shape()));
        code(FALSE);
        global("collections", "OrderedDict");
        code(EMPTY_TUPLE, REDUCE, TUPLE, REDUCE);
    }

    private void storage(int number, long size) {
        code(MARK);
        string("storage");
        global("torch", "FloatStorage");
        string(Integer.toString(number));
        string("cpu");
        integer(size);
        code(TUPLE, PERSISTENT_ID);
    }

    private static long[] strides(long[] shape) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape[i];
        }
        return strides;
    }

    private void integers(long[] values) {
        code(MARK);
        for (long value : values) {
            integer(value);
        }
        code(TUPLE);
    }

    private void integer(long value) {
        if (value == (int) value) {
            code(INT);
            little(Integer.BYTES, value);
        } else {
            code(LONG, Long.BYTES);
            little(Long.BYTES, value);
        }
    }

    private void string(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        code(STRING);
        little(Integer.BYTES, bytes.length);
        out.writeBytes(bytes);
    }

    private void global(String module, String name) {
        code(GLOBAL);
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void little(int bytes, long value) {
        byte[] all = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        out.write(all, 0, bytes);
    }

    private void code(int... codes) {
        for (int code : codes) {
            out.write(code);
        }
    }
}

package org.hybridir.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The archive that {@code torch.jit.load} reads: a {@link StoredZip} of a program's text and a pickle of its module. */
public final class ProgramArchive {
    /** The pickle's protocol mark, and the end of a pickle. */
    private static final String PROTO = "\u0080\u0002";

    private ProgramArchive() {}

    /** The archive of one module object without constants and tensors; the same text gives the same bytes. */
    public static byte[] of(String programText) {
        byte[] module = modulePickle().getBytes(StandardCharsets.ISO_8859_1);
        return StoredZip.bytes(zip -> add(zip, "program/", module, programText));
    }

    /**
     * Adds what every archive has; tensors, if the module has any, come beside it as {@code data/0}, {@code data/1}, ...
     *
     * @param folder in which all entries of an archive lie; its name, which ends in {@code /}, is free
     * @param module the pickle of the module object
     * @param text ASCII
     */
    public static void add(StoredZip zip, String folder, byte[] module, String text) throws IOException {
        zip.add(folder + "data.pkl", module);
        zip.add(folder + "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
        zip.add(folder + "code/__torch__.py", text.getBytes(StandardCharsets.US_ASCII));
        // no constants: an empty tuple
        zip.add(folder + "constants.pkl", (PROTO + ").").getBytes(StandardCharsets.ISO_8859_1));
        zip.add(folder + "version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The module object in pickle's opcodes: GLOBAL class, EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, MARK, BINUNICODE
     * "training", NEWFALSE, SETITEMS, BUILD, STOP.
     */
    private static String modulePickle() {
        String attribute = "training";
        return PROTO + "c__torch__\n" + TransformerProgram.CLASS + "\n)\u0081}(X" + (char) attribute.length() + "\0\0\0"
                + attribute + "\u0089ub.";
    }
}

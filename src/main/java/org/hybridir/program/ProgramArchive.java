package org.hybridir.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs a program's text as the archive that {@code torch.jit.load} reads: a zip of stored entries with the text, a
 * pickle of the one module object, no constants and no tensors.
 */
public final class ProgramArchive {
    /** The pickle's protocol mark, and the end of a pickle. */
    private static final String PROTO = "\u0080\u0002";

    private static final LocalDateTime ANY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private ProgramArchive() {}

    /** The bytes of the archive; the same text gives the same bytes. */
    public static byte[] of(String programText) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.US_ASCII)) {
            zip.setMethod(ZipOutputStream.STORED);
            store(zip, "data.pkl", modulePickle().getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
            store(zip, "code/__torch__.py", programText.getBytes(StandardCharsets.US_ASCII));
            store(zip, "constants.pkl", (PROTO + ").").getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
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

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry("program/" + name);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        entry.setTimeLocal(ANY_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}

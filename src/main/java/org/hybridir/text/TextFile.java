package org.hybridir.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Text files in UTF-8, with or without a byte order mark, gzipped if named so, and the folders that they stand in. */
public final class TextFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String GZIPPED = ".gz";

    private TextFile() {}

    /** What is done with a line. */
    @FunctionalInterface
    public interface LineHandler {
        /** @param number counted from 1 */
        void line(int number, String line) throws IOException;
    }

    /** Hands over line by line. Throws FormatException if there is none, or the file is not UTF-8. */
    public static void read(Path file, LineHandler handler) throws IOException {
        requireNotEmpty(file);
        try (BufferedReader in = reader(file)) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                handler.line(number, number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line);
            }
        } catch (CharacterCodingException e) {
            throw new FormatException("[" + file + "] is not text in UTF-8", e);
        }
    }

    private static BufferedReader reader(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            InputStream plain = name(file).endsWith(GZIPPED) ? new GZIPInputStream(in, 1 << 16) : in;
            // a decoder, and not a charset: what is not UTF-8 is then an error
            return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()));
        } catch (IOException e) {
            in.close();
            throw new FormatException("[" + file + "] cannot be unpacked: " + e.getMessage(), e);
        }
    }

    /** All lines. */
    public static List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        read(file, (number, line) -> lines.add(line));
        return lines;
    }

    public static void requireNotEmpty(Path file) throws IOException {
        if (Files.size(file) == 0) {
            throw new FormatException("[" + file + "] is empty");
        }
    }

    /**
     * The files of a folder and of those in it, in alphabetical order.
     *
     * @param wanted by the file's name
     * @param example how the names look, for the error when there is none
     */
    public static List<Path> in(Path folder, Predicate<String> wanted, String example) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            List<Path> files = entries.filter(Files::isRegularFile)
                    .filter(file -> wanted.test(name(file)))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new FormatException("folder [" + folder + "] holds no file with a name like [" + example + "]");
            }
            return files;
        }
    }

    /**
     * A file, or where that is missing the same gzipped.
     *
     * @param name of the plain file
     */
    public static Path plainOrGzipped(Path folder, String name) throws FormatException {
        Path plain = folder.resolve(name);
        Path gzipped = folder.resolve(name + GZIPPED);
        if (!Files.exists(plain) && !Files.exists(gzipped)) {
            throw new FormatException(
                    "there is no file [" + plain + "], and none that ends in [" + GZIPPED + "] besides");
        }
        return Files.exists(plain) ? plain : gzipped;
    }

    public static String name(Path file) {
        return file.getFileName().toString();
    }
}

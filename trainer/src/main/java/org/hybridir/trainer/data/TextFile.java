package org.hybridir.trainer.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Text files in UTF-8, with or without a byte order mark, and the folders that they stand in. */
final class TextFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /** What is done with a line. */
    interface LineHandler {
        /** @param number counted from 1 */
        void line(int number, String line) throws IOException;
    }

    /** Hands over line by line. Throws DataException if there is none, or the file is not UTF-8. */
    static void read(Path file, LineHandler handler) throws IOException {
        requireNotEmpty(file);
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                handler.line(number, number == 1 && line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line);
            }
        } catch (CharacterCodingException e) {
            throw new DataException("[" + file + "] is not text in UTF-8", e);
        }
    }

    static List<String> lines(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        read(file, (number, line) -> lines.add(line));
        return lines;
    }

    static void requireNotEmpty(Path file) throws IOException {
        if (Files.size(file) == 0) {
            throw new DataException("[" + file + "] is empty");
        }
    }

    /**
     * The files of a folder and of those in it, in alphabetical order.
     *
     * @param wanted by the file's name
     * @param example how the names look, for the error when there is none
     */
    static List<Path> in(Path folder, Predicate<String> wanted, String example) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            List<Path> files = entries.filter(Files::isRegularFile)
                    .filter(file -> wanted.test(name(file)))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new DataException("folder [" + folder + "] holds no file with a name like [" + example + "]");
            }
            return files;
        }
    }

    static String name(Path file) {
        return file.getFileName().toString();
    }
}

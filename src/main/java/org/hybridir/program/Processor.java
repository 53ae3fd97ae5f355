package org.hybridir.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What the machine's processor is and can do, as Linux tells.
 *
 * @param name of its model; empty where it is not told
 * @param flags what it can do, in Linux's words, such as {@code avx512_bf16}
 */
public record Processor(String name, Set<String> flags) {
    /** Each of them multiplies bfloat16: vectors, and tiles of Intel's AMX. */
    public static final List<String> BFLOAT16 = List.of("avx512_bf16", "amx_bf16");

    /** Each of them multiplies 8-bit integers and adds the products up in 32 bits, without losing any. */
    public static final List<String> VNNI = List.of("avx512_vnni", "avx_vnni");

    /** Without it, 8-bit integers are multiplied one by one. */
    public static final String AVX2 = "avx2";

    private static final Path INFO = Path.of("/proc/cpuinfo");
    private static final Path STATUS = Path.of("/proc/self/status");

    public Processor {
        flags = Set.copyOf(flags);
    }

    /** That of this machine. */
    public static Processor current() {
        return of(lines(INFO));
    }

    /** @param info lines of {@code /proc/cpuinfo}; the first processor stands for all */
    static Processor of(List<String> info) {
        return new Processor(
                value(info, "model name"),
                Set.copyOf(List.of(value(info, "flags").split(" "))));
    }

    /** Whether it multiplies bfloat16; without, that format is slower than 32 bits. */
    public boolean hasBfloat16() {
        return !Collections.disjoint(flags, BFLOAT16);
    }

    /** Whether it adds up products of 8-bit integers in 32 bits; without, sums of two are held in 16 and may overflow. */
    public boolean hasVnni() {
        return !Collections.disjoint(flags, VNNI);
    }

    /** Its name and how many of it there are. */
    public String describe() {
        return name + ", " + Runtime.getRuntime().availableProcessors() + " processors";
    }

    /** Resident memory of this process in bytes; 0 where it is not told. */
    public static long residentBytes() {
        return kilobytes("VmRSS") << 10;
    }

    /** The most that it ever was. */
    public static long peakResidentBytes() {
        return kilobytes("VmHWM") << 10;
    }

    private static long kilobytes(String key) {
        String digits = value(lines(STATUS), key).replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("");
    }
}

package org.hybridir.trainer.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the machine's processor is and can do, as Linux tells. */
public final class Processor {
    private static final Path INFO = Path.of("/proc/cpuinfo");
    private static final Path STATUS = Path.of("/proc/self/status");

    private Processor() {}

    /** Whether it multiplies bfloat16; without, that format is slower than 32 bits. */
    public static boolean hasBfloat16() {
        Set<String> flags = new HashSet<>(List.of(value(INFO, "flags").split(" ")));
        return flags.contains("avx512_bf16") || flags.contains("amx_bf16");
    }

    /** Its name and how many of it there are. */
    public static String describe() {
        return value(INFO, "model name") + ", " + Runtime.getRuntime().availableProcessors() + " processors";
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
        String digits = value(STATUS, key).replaceAll("\\D", "");
        return digits.isEmpty() ? 0 : Long.parseLong(digits);
    }

    private static String value(Path file, String key) {
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}

package org.hybridir.trainer.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the result of an evaluation, whoever made it. */
public final class ResultFile {
    private ResultFile() {}

    /**
     * The result: what {@code evaluate --json} wrote, what a node's {@code _evaluate} answered, or what is in an evaluation
     * that a node kept, which is an object around its result; of that also {@code started}.
     *
     * @throws IOException if the file holds no JSON object, or a kept evaluation without a result: names it
     */
    public static Map<String, Object> read(Path file) throws IOException {
        Map<String, Object> values = JsonFile.read(file);
        if (values.get("result") instanceof Map<?, ?> kept) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("started", values.get("started"));
            kept.forEach((key, value) -> result.put(key.toString(), value));
            return result;
        }
        if (values.containsKey("state")) {
            throw new IOException("[" + file + "] is an evaluation of state [" + values.get("state")
                    + "], which has no result; give one of state [completed]");
        }
        return values;
    }
}

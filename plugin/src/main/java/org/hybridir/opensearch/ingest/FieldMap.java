package org.hybridir.opensearch.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which texts of a document become vectors, and where those go: the processor's {@code field_map}.
 *
 * <pre>{@code
 * {"title": "title_embedding",                    title       -> title_embedding
 *  "body.text": "embedding",                      body.text   -> body.embedding
 *  "parts": {"text": "embedding"}}                parts.text  -> parts.embedding
 * }</pre>
 *
 * The vector is written beside the text, so the value is a plain name. The last two lines are two ways to say the same,
 * whether the way leads through objects or arrays of objects.
 */
record FieldMap(List<Entry> entries) {
    static final int MAX_DEPTH = 20;

    /**
     * One text field.
     *
     * @param path the names that lead to the text
     * @param target the name, in the text's own object, that the vector gets
     */
    record Entry(List<String> path, String target) {
        String source() {
            return String.join(".", path);
        }

        /** The path of the vector in the mapping. */
        String targetPath() {
            List<String> parents = path.subList(0, path.size() - 1);
            return parents.isEmpty() ? target : String.join(".", parents) + "." + target;
        }
    }

    /** Reads the configuration; {@link IllegalArgumentException} says what is wrong with it. */
    static FieldMap parse(Map<String, ?> config) {
        List<Entry> entries = new ArrayList<>();
        collect(config, List.of(), entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("names no field; write {\"text field\": \"vector field\"}");
        }
        checkTargets(entries);
        return new FieldMap(List.copyOf(entries));
    }

    private static void collect(Map<?, ?> config, List<String> parents, List<Entry> entries) {
        config.forEach((key, value) -> {
            List<String> path = append(parents, key);
            if (value instanceof Map<?, ?> inner) {
                collect(inner, path, entries);
            } else if (value instanceof String target) {
                entries.add(new Entry(path, checkTarget(path, target)));
            } else {
                throw new IllegalArgumentException("the value of [" + String.join(".", path) + "] is [" + value
                        + "], but must be the name of a vector field, or an object of such");
            }
        });
    }

    private static List<String> append(List<String> parents, Object key) {
        List<String> path = new ArrayList<>(parents);
        for (String name : key.toString().split("\\.", -1)) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("the path [" + key + "] has an empty name");
            }
            path.add(name);
        }
        if (path.size() > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "the path [" + String.join(".", path) + "] is deeper than the [" + MAX_DEPTH + "] allowed");
        }
        return List.copyOf(path);
    }

    private static String checkTarget(List<String> path, String target) {
        String source = String.join(".", path);
        if (target.isBlank() || target.contains(".")) {
            throw new IllegalArgumentException("the vector field [" + target + "] of [" + source
                    + "] must be a plain name without dots: the vector is written beside the text");
        }
        if (target.startsWith("_")) {
            throw new IllegalArgumentException("the vector field [" + target + "] of [" + source
                    + "] must not begin with [_], as OpenSearch's own fields do");
        }
        return target;
    }

    private static void checkTargets(List<Entry> entries) {
        Set<String> sources = new HashSet<>();
        entries.forEach(entry -> sources.add(entry.source()));
        Set<String> targets = new HashSet<>();
        for (Entry entry : entries) {
            if (!targets.add(entry.targetPath())) {
                throw new IllegalArgumentException("two texts share the vector field [" + entry.targetPath() + "]");
            }
            if (sources.contains(entry.targetPath())) {
                throw new IllegalArgumentException("[" + entry.targetPath() + "] is both a text and a vector field");
            }
        }
    }
}

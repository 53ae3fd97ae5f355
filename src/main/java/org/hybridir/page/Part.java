package org.hybridir.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * An object of a result, as JSON has it. What is missing is empty; what is of another kind is refused.
 *
 * @param path where it lies in the result; empty for the whole
 */
record Part(String path, Map<String, Object> values) {
    static Part of(Map<String, Object> result) {
        return new Part("", result);
    }

    Optional<Part> part(String key) {
        return value(key).map(value -> partOf(at(key), value));
    }

    /** An object that every result has. */
    Part required(String key) {
        return part(key)
                .orElseThrow(() -> new IllegalArgumentException("a result of an evaluation has an object [" + at(key)
                        + "], this one has only " + values.keySet()));
    }

    /** The objects in this one, by key. */
    Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        values.keySet().forEach(key -> part(key).ifPresent(part -> parts.put(key, part)));
        return parts;
    }

    /** The objects of a list. */
    List<Part> list(String key) {
        List<?> list = items(key);
        return IntStream.range(0, list.size())
                .mapToObj(i -> partOf(at(key) + "." + i, list.get(i)))
                .toList();
    }

    /** The numbers of a list. */
    double[] numbers(String key) {
        return items(key).stream().mapToDouble(item -> asNumber(at(key), item)).toArray();
    }

    /** All values as numbers, by key; nulls are left out. */
    Map<String, Double> numbers() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        values.keySet().forEach(key -> number(key).ifPresent(number -> numbers.put(key, number)));
        return numbers;
    }

    Optional<Double> number(String key) {
        return value(key).map(value -> asNumber(at(key), value));
    }

    /** A string, or a number or truth value as one. */
    Optional<String> text(String key) {
        return value(key).map(value -> {
            if (value instanceof Map || value instanceof List) {
                throw refused(at(key), "a string", value);
            }
            return value.toString();
        });
    }

    private Optional<Object> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    private List<?> items(String key) {
        Object value = value(key).orElse(List.of());
        if (value instanceof List<?> list) {
            return list;
        }
        throw refused(at(key), "a list", value);
    }

    @SuppressWarnings("unchecked")
    private static Part partOf(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            return new Part(path, (Map<String, Object>) map);
        }
        throw refused(path, "an object", value);
    }

    private static double asNumber(String path, Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw refused(path, "a number", value);
    }

    private String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static IllegalArgumentException refused(String path, String kind, Object value) {
        return new IllegalArgumentException("[" + path + "] of a result is " + kind + ", not [" + value + "]");
    }
}

package org.hybridir.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a map of plain values, as JSON gives it; what is missing or of another kind is named.
 *
 * @param what for messages, such as "a report"
 */
public record PlainMap(String what, Map<String, ?> map) {
    public Set<String> keys() {
        return map.keySet();
    }

    public boolean has(String key) {
        return map.get(key) != null;
    }

    @SuppressWarnings("unchecked") // keys of JSON objects are strings
    public PlainMap child(String key) {
        if (map.get(key) instanceof Map<?, ?> child) {
            return new PlainMap(what, (Map<String, ?>) child);
        }
        throw missing("an object", key);
    }

    /** Empty if it is missing. */
    public Optional<PlainMap> optionalChild(String key) {
        return has(key) ? Optional.of(child(key)) : Optional.empty();
    }

    public List<?> list(String key) {
        if (map.get(key) instanceof List<?> list) {
            return list;
        }
        throw missing("a list", key);
    }

    public List<String> strings(String key) {
        return list(key).stream().map(Object::toString).toList();
    }

    /** Null where the list has null. */
    public List<Double> numbers(String key) {
        List<Double> numbers = new ArrayList<>();
        for (Object value : list(key)) {
            if (value != null && !(value instanceof Number)) {
                throw missing("numbers in", key);
            }
            numbers.add(value == null ? null : (Double) ((Number) value).doubleValue());
        }
        return numbers;
    }

    @SuppressWarnings("unchecked") // keys of JSON objects are strings
    public List<PlainMap> children(String key) {
        List<PlainMap> children = new ArrayList<>();
        for (Object value : list(key)) {
            if (!(value instanceof Map<?, ?>)) {
                throw missing("objects in", key);
            }
            children.add(new PlainMap(what, (Map<String, ?>) value));
        }
        return children;
    }

    public String string(String key) {
        return optionalString(key).orElseThrow(() -> missing("a string", key));
    }

    public Optional<String> optionalString(String key) {
        return Optional.ofNullable(map.get(key)).map(Object::toString);
    }

    public Number number(String key) {
        if (map.get(key) instanceof Number number) {
            return number;
        }
        throw missing("a number", key);
    }

    /** Empty if it is missing. */
    public Optional<Double> optionalNumber(String key) {
        return has(key) ? Optional.of(number(key).doubleValue()) : Optional.empty();
    }

    public int count(String key) {
        return number(key).intValue();
    }

    public boolean flag(String key) {
        if (map.get(key) instanceof Boolean flag) {
            return flag;
        }
        throw missing("true or false", key);
    }

    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        keys().forEach(key -> counts.put(key, count(key)));
        return counts;
    }

    public Map<String, Double> doubles() {
        Map<String, Double> doubles = new LinkedHashMap<>();
        keys().forEach(key -> doubles.put(key, number(key).doubleValue()));
        return doubles;
    }

    private IllegalArgumentException missing(String kind, String key) {
        return new IllegalArgumentException(
                what + " has " + kind + " [" + key + "], this one has [" + map.get(key) + "]");
    }
}

package org.hybridir.opensearch.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of one document, found by a walk that changes nothing, and the places where their vectors go. Only those
 * places are written, after all vectors are there, so that every other field stays as it was.
 *
 * <p>A string gives one vector; an array of strings gives an array of objects {@code {"vector": [...]}}, for a field of
 * type {@code nested} with a {@code knn_vector} called {@code vector} inside. A text that is missing, null, or blank is
 * an error, unless {@code ignore_missing} says to leave it without a vector.
 */
final class DocumentTexts {
    /** The name of the vector inside each object that stands for one string of an array. */
    static final String VECTOR = "vector";

    /** Where vectors of consecutive texts go. */
    private record Place(Map<String, Object> parent, String target, int texts, boolean array) {}

    private final boolean ignoreMissing;
    private final List<String> texts = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    private DocumentTexts(boolean ignoreMissing) {
        this.ignoreMissing = ignoreMissing;
    }

    /** Finds them; {@link IllegalArgumentException} says which field is not as it must be. */
    static DocumentTexts find(Map<String, Object> document, FieldMap fields, boolean ignoreMissing) {
        DocumentTexts found = new DocumentTexts(ignoreMissing);
        for (FieldMap.Entry entry : fields.entries()) {
            found.walk(document, entry, 0);
        }
        return found;
    }

    List<String> texts() {
        return texts;
    }

    /** Writes the vectors, in the order of {@link #texts()}. */
    void write(List<float[]> vectors) {
        int next = 0;
        for (Place place : places) {
            List<List<Float>> own = new ArrayList<>();
            for (int i = 0; i < place.texts; i++) {
                own.add(boxed(vectors.get(next++)));
            }
            place.parent.put(place.target, place.array ? wrapped(own) : own.get(0));
        }
    }

    /** At {@code node}, with the names from {@code depth} on still to go. A name may itself contain dots. */
    private void walk(Map<String, Object> node, FieldMap.Entry entry, int depth) {
        List<String> path = entry.path();
        for (int end = depth + 1; end <= path.size(); end++) {
            String name = String.join(".", path.subList(depth, end));
            if (!node.containsKey(name)) {
                continue;
            }
            if (end == path.size()) {
                String beside = String.join(".", path.subList(depth, end - 1));
                leaf(node, beside.isEmpty() ? entry.target() : beside + "." + entry.target(), node.get(name), entry);
            } else {
                descend(node.get(name), entry, end);
            }
            return;
        }
        missing(entry, "is missing");
    }

    private void descend(Object value, FieldMap.Entry entry, int depth) {
        if (value instanceof Map<?, ?> object) {
            walk(typed(object), entry, depth);
        } else if (value instanceof List<?> objects) {
            for (Object element : objects) {
                if (element != null && !(element instanceof Map<?, ?>)) {
                    throw wrong(entry, "leads through an array that holds " + kind(element) + ", not objects alone");
                }
                descend(element, entry, depth);
            }
        } else if (value == null) {
            missing(entry, "is missing");
        } else {
            throw wrong(entry, "leads through " + kind(value) + ", not an object");
        }
    }

    private void leaf(Map<String, Object> parent, String target, Object value, FieldMap.Entry entry) {
        if (value instanceof List<?> elements) {
            int before = texts.size();
            elements.forEach(element -> text(element, entry));
            int added = texts.size() - before;
            if (added > 0) {
                places.add(new Place(parent, target, added, true));
            } else if (elements.isEmpty()) {
                missing(entry, "is an empty array");
            }
        } else if (text(value, entry)) {
            places.add(new Place(parent, target, 1, false));
        }
    }

    /** Takes one text; false if it is left out. */
    private boolean text(Object value, FieldMap.Entry entry) {
        if (value == null) {
            missing(entry, "is null");
            return false;
        }
        if (!(value instanceof String text)) {
            throw wrong(entry, "is " + kind(value) + ", not a string");
        }
        if (text.isBlank()) {
            missing(entry, "is empty");
            return false;
        }
        texts.add(text);
        return true;
    }

    private void missing(FieldMap.Entry entry, String what) {
        if (!ignoreMissing) {
            throw wrong(entry, what + "; to index such documents without a vector, set [ignore_missing] to [true]");
        }
    }

    private static IllegalArgumentException wrong(FieldMap.Entry entry, String what) {
        return new IllegalArgumentException("text field [" + entry.source() + "] " + what);
    }

    private static String kind(Object value) {
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        if (value instanceof List<?>) {
            return "an array";
        }
        return (value instanceof Number ? "the number [" : "the value [") + value + "]";
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> typed(Map<?, ?> object) {
        return (Map<String, Object>) object;
    }

    private static List<Map<String, Object>> wrapped(List<List<Float>> vectors) {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (List<Float> vector : vectors) {
            Map<String, Object> object = new HashMap<>();
            object.put(VECTOR, vector);
            objects.add(object);
        }
        return objects;
    }

    private static List<Float> boxed(float[] vector) {
        List<Float> boxed = new ArrayList<>(vector.length);
        for (float number : vector) {
            boxed.add(number);
        }
        return boxed;
    }
}

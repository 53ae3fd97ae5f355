package org.hybridir.opensearch.ingest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.test.OpenSearchTestCase;

public class DocumentTextsTests extends OpenSearchTestCase {
    private static final String VECTOR_PREFIX = "vector_of_";

    private static Map<String, Object> json(String text) {
        return XContentHelper.convertToMap(new BytesArray(text.replace('\'', '"')), true, MediaTypeRegistry.JSON)
                .v2();
    }

    /** Each text's vector is [its length]. */
    private static Map<String, Object> filled(String document, Map<String, Object> fieldMap, boolean ignoreMissing) {
        Map<String, Object> map = json(document);
        DocumentTexts texts = DocumentTexts.find(map, FieldMap.parse(fieldMap), ignoreMissing);
        texts.write(vectors(texts.texts()));
        return map;
    }

    private static List<float[]> vectors(List<String> texts) {
        return texts.stream().map(text -> new float[] {text.length()}).toList();
    }

    private static void assertFilled(String document, Map<String, Object> fieldMap, String expected) {
        Map<String, Object> actual = filled(document, fieldMap, false);
        assertThat(actual.toString(), equalTo(json(expected).toString()));
    }

    public void testStringsArraysAndObjects() {
        assertFilled("{'t':'abc','u':1}", Map.of("t", "v"), "{'t':'abc','u':1,'v':[3.0]}");
        assertFilled(
                "{'t':['abc','d']}", Map.of("t", "v"), "{'t':['abc','d'],'v':[{'vector':[3.0]},{'vector':[1.0]}]}");
        assertFilled("{'a':{'t':'abc'}}", Map.of("a.t", "v"), "{'a':{'t':'abc','v':[3.0]}}");
        assertFilled(
                "{'a':[{'t':'abc'},{'t':'d'}]}",
                Map.of("a", Map.of("t", "v")),
                "{'a':[{'t':'abc','v':[3.0]},{'t':'d','v':[1.0]}]}");
        assertFilled("{'a.t':'abc'}", Map.of("a.t", "v"), "{'a.t':'abc','a.v':[3.0]}");
        assertFilled("{'a.b':{'t':'abc'}}", Map.of("a.b.t", "v"), "{'a.b':{'t':'abc','v':[3.0]}}");
    }

    public void testWhatIsNoText() {
        assertRefused(
                "{}",
                "t",
                "text field [t] is missing; to index such documents without a vector,"
                        + " set [ignore_missing] to [true]");
        assertRefused("{'t':null}", "t", "text field [t] is null; ");
        assertRefused("{'t':''}", "t", "text field [t] is empty; ");
        assertRefused("{'t':' \\n'}", "t", "text field [t] is empty; ");
        assertRefused("{'t':[]}", "t", "text field [t] is an empty array; ");
        assertRefused("{'t':['a',null]}", "t", "text field [t] is null; ");
        assertRefused("{'a':[{'t':'b'},{}]}", "a.t", "text field [a.t] is missing; ");
        assertRefused("{'a':null}", "a.t", "text field [a.t] is missing; ");
    }

    public void testWrongTypesAreRefusedEvenWithIgnoreMissing() {
        for (boolean ignoreMissing : new boolean[] {false, true}) {
            Map<String, String> refusals = Map.of(
                    "{'a':{'t':7}}", "text field [a.t] is the number [7], not a string",
                    "{'a':{'t':true}}", "text field [a.t] is the value [true], not a string",
                    "{'a':{'t':{'x':'y'}}}", "text field [a.t] is an object, not a string",
                    "{'a':{'t':['x',['y']]}}", "text field [a.t] is an array, not a string",
                    "{'a':'x'}", "text field [a.t] leads through the value [x], not an object",
                    "{'a':[{'t':'x'},5]}", "text field [a.t] leads through an array that holds the number [5]",
                    "{'a':[[{'t':'x'}]]}", "text field [a.t] leads through an array that holds an array");
            refusals.forEach((document, message) -> assertThat(
                    expectThrows(
                                    IllegalArgumentException.class,
                                    () -> filled(document, Map.of("a.t", "v"), ignoreMissing))
                            .getMessage(),
                    containsString(message)));
        }
    }

    public void testIgnoreMissing() {
        for (String document :
                List.of("{}", "{'a':null}", "{'a':{}}", "{'a':{'t':''}}", "{'a':{'t':[]}}", "{'a':[{},null]}")) {
            assertThat(filled(document, Map.of("a.t", "v"), true), equalTo(json(document)));
        }
        assertThat(
                filled("{'t':['','abc',null]}", Map.of("t", "v"), true).toString(),
                equalTo(json("{'t':['','abc',null],'v':[{'vector':[3.0]}]}").toString()));
    }

    private static void assertRefused(String document, String field, String message) {
        IllegalArgumentException e =
                expectThrows(IllegalArgumentException.class, () -> filled(document, Map.of(field, "v"), false));
        assertThat(e.getMessage(), containsString(message));
    }

    /** Random documents: without the vectors, what comes out is what went in. */
    public void testEveryOtherFieldStays() {
        for (int round = 0; round < 200; round++) {
            Map<String, Object> document = randomDocument(3);
            Map<String, Object> fieldMap = new HashMap<>();
            fieldMap.put("text", VECTOR_PREFIX + "text");
            fieldMap.put("child.text", VECTOR_PREFIX + "text");
            fieldMap.put("child.child", Map.of("text", VECTOR_PREFIX + "text"));
            Map<String, Object> before = copy(document);
            DocumentTexts texts = DocumentTexts.find(document, FieldMap.parse(fieldMap), true);
            assertThat("finding changes nothing", document, equalTo(before));
            texts.write(vectors(texts.texts()));
            assertThat(count(document), equalTo(texts.texts().size()));
            assertThat(withoutVectors(document), equalTo(before));
        }
    }

    /** With a text, other fields, and a child that is an object or an array of objects. */
    private static Map<String, Object> randomDocument(int depth) {
        Map<String, Object> document = new HashMap<>();
        for (int i = between(0, 4); i > 0; i--) {
            document.put(randomAlphaOfLength(4), randomValue());
        }
        if (randomBoolean()) {
            document.put("text", randomFrom(randomAlphaOfLength(between(1, 9)), "", null, randomTexts()));
        }
        if (depth > 0 && randomBoolean()) {
            document.put("child", randomBoolean() ? randomDocument(depth - 1) : randomDocuments(depth - 1));
        }
        return document;
    }

    private static List<String> randomTexts() {
        return new ArrayList<>(randomList(0, 3, () -> randomAlphaOfLength(between(1, 9))));
    }

    private static List<Object> randomDocuments(int depth) {
        return new ArrayList<>(randomList(0, 3, () -> randomDocument(depth)));
    }

    private static Object randomValue() {
        return randomFrom(
                randomInt(),
                randomAlphaOfLength(3),
                null,
                randomBoolean(),
                new ArrayList<>(Arrays.asList(1, "x", null)),
                new HashMap<>(Map.of("text", "not mapped", "n", randomLong())));
    }

    private static Map<String, Object> copy(Map<String, Object> document) {
        return IngestDocument.deepCopyMap(document);
    }

    private static Map<String, Object> withoutVectors(Map<String, Object> document) {
        Map<String, Object> rest = new HashMap<>();
        document.forEach((name, value) -> {
            if (!name.startsWith(VECTOR_PREFIX)) {
                rest.put(name, stripped(value));
            }
        });
        return rest;
    }

    @SuppressWarnings("unchecked")
    private static Object stripped(Object value) {
        if (value instanceof Map<?, ?> map) {
            return withoutVectors((Map<String, Object>) map);
        }
        return value instanceof List<?> list
                ? new ArrayList<>(Arrays.asList(
                        list.stream().map(DocumentTextsTests::stripped).toArray()))
                : value;
    }

    /** How many vectors there are. */
    private static int count(Object value) {
        int count = 0;
        if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> field : map.entrySet()) {
                boolean vectors = field.getKey().toString().startsWith(VECTOR_PREFIX);
                count += vectors ? ofField((List<?>) field.getValue()) : count(field.getValue());
            }
        } else if (value instanceof List<?> list) {
            for (Object element : list) {
                count += count(element);
            }
        }
        return count;
    }

    private static int ofField(List<?> vectors) {
        return vectors.get(0) instanceof Float ? 1 : vectors.size();
    }
}

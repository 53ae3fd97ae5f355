package org.hybridir.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hybridir.program.Precision;

/**
 * {@code golden.json}: a few texts in several scripts, as query and as passage, with the vectors that the artifact's
 * writer got. Whoever opens the artifact must get the same ones; so a tokenizer, a library or a processor that
 * computes something else shows itself before it does harm.
 */
public final class GoldenVectors {
    static final String NAME = "golden.json";

    /** The same thought in the scripts of the collections that we evaluate on, an empty text, and odd spacing. */
    private static final List<String> TEXTS = List.of(
            "Where is the library?",
            "¿Dónde está la biblioteca?",
            "Где находится библиотека?",
            "Πού είναι η βιβλιοθήκη;",
            "أين تقع المكتبة؟",
            "पुस्तकालय कहाँ है?",
            "ห้องสมุดอยู่ที่ไหน",
            "图书馆在哪里？",
            "  Thư viện \t ở đâu?  ",
            "");

    private static final String LONG_SENTENCE = "The river flows past the old library and down to the sea. ";

    private static final String EIGHT_BITS = ", or 8 bits are too few for this encoder: take bf16 or fp32, or let"
            + " [hybrid-ir quality --choose 0.99] record which products are kept from 8 bits";

    private GoldenVectors() {}

    /**
     * The file's texts and vectors, in the file's order.
     *
     * @throws ArtifactException if there are none
     */
    public static List<GoldenVector> read(ArtifactFolder folder) throws IOException {
        Json entries = entries(folder);
        List<GoldenVector> golden = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            Json entry = entries.at(i);
            golden.add(new GoldenVector(
                    role(entry.string("role")),
                    entry.string("text"),
                    entry.integer("tokens"),
                    entry.bool("truncated"),
                    vector(entry.at("vector").node())));
        }
        return golden;
    }

    private static float[] vector(JsonNode numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) numbers.get(i).asDouble(Double.NaN);
        }
        return vector;
    }

    /** Encodes the texts and writes the file. */
    static void write(Path folder, Encoder encoder) throws IOException {
        ArrayNode entries = Json.MAPPER.createArrayNode();
        for (TextRole role : TextRole.values()) {
            List<String> texts = new ArrayList<>(TEXTS);
            if (role == TextRole.QUERY) {
                texts.add(LONG_SENTENCE.repeat(1 + encoder.manifest().maxTokens(role) / 8));
            }
            List<Encoding> encodings = encode(encoder, texts, role);
            for (int i = 0; i < texts.size(); i++) {
                add(entries, role, texts.get(i), encodings.get(i));
            }
        }
        Json.write(folder.resolve(NAME), entries);
    }

    private static List<Encoding> encode(Encoder encoder, List<String> texts, TextRole role) throws ArtifactException {
        try {
            return encoder.encode(texts, role);
        } catch (IllegalStateException e) {
            throw new ArtifactException("the artifact cannot encode its golden texts: " + e.getMessage(), e);
        }
    }

    private static void add(ArrayNode entries, TextRole role, String text, Encoding encoding) {
        ObjectNode entry = entries.addObject();
        entry.put("role", role.key());
        entry.put("text", text);
        entry.put("tokens", encoding.tokens());
        entry.put("truncated", encoding.truncated());
        ArrayNode vector = entry.putArray("vector");
        for (float value : encoding.vector()) {
            vector.add(value);
        }
    }

    /** Encodes the file's texts and compares. */
    static void verify(ArtifactFolder folder, Encoder encoder) throws IOException {
        if (!encoder.manifest().files().containsKey(NAME)) {
            throw Artifact.notListed(NAME);
        }
        Json entries = entries(folder);
        for (TextRole role : TextRole.values()) {
            verify(encoder, role, entriesOf(role, entries));
        }
    }

    private static Json entries(ArtifactFolder folder) throws IOException {
        Json entries = folder.json(NAME);
        if (entries.size() == 0) {
            throw new ArtifactException("[" + NAME + "] holds no golden vectors; import or export the artifact again");
        }
        return entries;
    }

    private static List<Json> entriesOf(TextRole role, Json entries) throws ArtifactException {
        List<Json> found = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            if (role(entries.at(i).string("role")) == role) {
                found.add(entries.at(i));
            }
        }
        return found;
    }

    private static void verify(Encoder encoder, TextRole role, List<Json> entries) throws ArtifactException {
        List<String> texts = new ArrayList<>();
        for (Json entry : entries) {
            texts.add(entry.string("text"));
        }
        List<Encoding> encodings = encode(encoder, texts, role);
        for (int i = 0; i < texts.size(); i++) {
            compare(role, texts.get(i), encodings.get(i), entries.get(i), encoder.precision());
        }
    }

    private static void compare(TextRole role, String text, Encoding found, Json entry, Precision precision)
            throws ArtifactException {
        if (found.tokens() != entry.integer("tokens") || found.truncated() != entry.bool("truncated")) {
            throw differs(
                    role,
                    text,
                    "[" + found.tokens() + "] tokens, truncated [" + found.truncated()
                            + "], and the artifact's writer got [" + entry.integer("tokens") + "], truncated ["
                            + entry.bool("truncated") + "]");
        }
        compare(role, text, found.vector(), entry.at("vector").node(), precision);
    }

    private static TextRole role(String key) throws ArtifactException {
        try {
            return TextRole.of(key);
        } catch (IllegalArgumentException e) {
            throw new ArtifactException("[" + NAME + "]: " + e.getMessage(), e);
        }
    }

    private static void compare(TextRole role, String text, float[] found, JsonNode expected, Precision precision)
            throws ArtifactException {
        if (expected.size() != found.length) {
            throw differs(
                    role,
                    text,
                    "a vector of [" + found.length + "] numbers, and the file has [" + expected.size() + "]");
        }
        double cosine = 0;
        double largest = 0;
        for (int i = 0; i < found.length; i++) {
            double value = expected.get(i).asDouble(Double.NaN);
            cosine += found[i] * value;
            largest = Math.max(largest, Math.abs(found[i] - value));
        }
        // written so that a NaN fails
        if (!(largest <= precision.largestDifference() && cosine >= precision.leastCosine())) {
            throw differs(
                    role,
                    text,
                    "a vector of cosine [" + cosine + "] to the writer's, with numbers up to [" + largest
                            + "] apart; allowed are [" + precision.leastCosine() + "] and ["
                            + precision.largestDifference() + "]",
                    precision == Precision.INT8 ? EIGHT_BITS : "");
        }
    }

    private static ArtifactException differs(TextRole role, String text, String how) {
        return differs(role, text, how, "");
    }

    private static ArtifactException differs(TextRole role, String text, String how, String remedy) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return new ArtifactException("[" + NAME + "]: the " + role.key() + " [" + shown + "] gives " + how
                + "; this machine or its libraries compute other vectors than those the artifact was made with"
                + remedy);
    }
}

package org.hybridir.encoder;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code hybrid_ir.json}, to and from a {@link Manifest}. Its facts, all but the files, are the same in other files from
 * which an artifact is made.
 */
public final class ManifestFile {
    static final String NAME = "hybrid_ir.json";
    private static final int FORMAT = 1;
    private static final String INT8 = "int8";
    private static final String KEEP = "keep";
    private static final String PROVENANCE = "provenance";

    private ManifestFile() {}

    static Manifest read(ArtifactFolder folder) throws IOException {
        Json json = folder.json(NAME);
        if (json.integer("format_version") != FORMAT) {
            throw new ArtifactException("[" + NAME + "]: [format_version] is [" + json.integer("format_version")
                    + "], and this version of hybrid-ir reads only [" + FORMAT + "]; import or export the model again");
        }
        return readFacts(json).withFiles(files(json.at("files")));
    }

    /** Name, prefixes, lengths, what {@code int8} keeps, and provenance. */
    public static Manifest readFacts(Json json) throws ArtifactException {
        Json query = json.at(TextRole.QUERY.key());
        Json passage = json.at(TextRole.PASSAGE.key());
        try {
            return new Manifest(
                    json.string("name"),
                    query.string("prefix"),
                    passage.string("prefix"),
                    query.integer("max_tokens"),
                    passage.integer("max_tokens"),
                    Map.of(),
                    kept(json),
                    Json.MAPPER.convertValue(json.at(PROVENANCE).node(), new TypeReference<Map<String, Object>>() {}));
        } catch (IllegalArgumentException e) {
            throw new ArtifactException("[" + json.file() + "]: " + e.getMessage(), e);
        }
    }

    private static List<String> kept(Json json) throws ArtifactException {
        return json.node().has(INT8) ? json.at(INT8).strings(KEEP) : List.of();
    }

    private static Map<String, String> files(Json json) throws ArtifactException {
        Map<String, String> files = new TreeMap<>();
        for (Map.Entry<String, ?> file : json.node().properties()) {
            files.put(file.getKey(), json.string(file.getKey()));
        }
        return files;
    }

    static void write(Path folder, Manifest manifest) throws IOException {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("format_version", FORMAT);
        writeFacts(manifest, node);
        node.set("files", Json.MAPPER.valueToTree(manifest.files()));
        Json.write(folder.resolve(NAME), node);
    }

    /** Puts into the object what {@link #readFacts} reads. */
    public static void writeFacts(Manifest manifest, ObjectNode node) {
        node.put("name", manifest.name());
        for (TextRole role : TextRole.values()) {
            node.putObject(role.key()).put("prefix", manifest.prefix(role)).put("max_tokens", manifest.maxTokens(role));
        }
        if (!manifest.keptFromInt8().isEmpty()) {
            node.putObject(INT8).set(KEEP, Json.MAPPER.valueToTree(manifest.keptFromInt8()));
        }
        node.set(PROVENANCE, Json.MAPPER.valueToTree(manifest.provenance()));
    }
}

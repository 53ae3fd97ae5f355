package org.hybridir.encoder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code hybrid_ir.json}: what the other files of an artifact do not say.
 *
 * @param name the artifact's own name, such as {@code mbert}
 * @param queryPrefix put before each query
 * @param passagePrefix put before each passage
 * @param queryTokens the longest query in tokens, special tokens and prefix included
 * @param passageTokens the longest passage in tokens, special tokens and prefix included
 * @param files path inside the folder to SHA-256 in hex, for every file but this one
 * @param keptFromInt8 products with weights that are kept from 8 bits in the precision {@code int8}, as {@link
 *     org.hybridir.program.PackedLayers#products} names them
 * @param provenance base, strategy, data, licence and so on: shown, never interpreted
 */
public record Manifest(
        String name,
        String queryPrefix,
        String passagePrefix,
        int queryTokens,
        int passageTokens,
        Map<String, String> files,
        List<String> keptFromInt8,
        Map<String, Object> provenance) {

    /** A manifest that keeps nothing from int8. */
    public Manifest(
            String name,
            String queryPrefix,
            String passagePrefix,
            int queryTokens,
            int passageTokens,
            Map<String, String> files,
            Map<String, Object> provenance) {
        this(name, queryPrefix, passagePrefix, queryTokens, passageTokens, files, List.of(), provenance);
    }

    public Manifest {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("an artifact must have a name, not [" + name + "]");
        }
        if (queryPrefix == null || passagePrefix == null) {
            throw new IllegalArgumentException("prefixes must be given; an empty one stands for none");
        }
        if (queryTokens < 3 || passageTokens < 3) {
            throw new IllegalArgumentException("queries and passages must be allowed at least 3 tokens, not ["
                    + queryTokens + "] and [" + passageTokens + "]");
        }
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
        keptFromInt8 = List.copyOf(keptFromInt8);
        provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
    }

    public String prefix(TextRole role) {
        return role == TextRole.QUERY ? queryPrefix : passagePrefix;
    }

    public int maxTokens(TextRole role) {
        return role == TextRole.QUERY ? queryTokens : passageTokens;
    }

    /** Of another artifact with these prefixes and lengths and other weights, whose files are not written yet. */
    public Manifest forArtifact(String otherName, Map<String, Object> otherProvenance) {
        return new Manifest(
                otherName, queryPrefix, passagePrefix, queryTokens, passageTokens, Map.of(), otherProvenance);
    }

    Manifest withFiles(Map<String, String> hashes) {
        return new Manifest(
                name, queryPrefix, passagePrefix, queryTokens, passageTokens, hashes, keptFromInt8, provenance);
    }

    /** The same but for the products that are kept from 8 bits. */
    public Manifest keepingFromInt8(List<String> products) {
        return new Manifest(name, queryPrefix, passagePrefix, queryTokens, passageTokens, files, products, provenance);
    }
}

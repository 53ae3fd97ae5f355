package org.hybridir.encoder;

import java.util.Map;

/**
 * {@code hybrid_ir.json}: what the other files of an artifact do not say.
 *
 * @param name the artifact's own name, such as {@code mbert}
 * @param queryPrefix put before each query
 * @param passagePrefix put before each passage
 * @param queryTokens the longest query in tokens, special tokens and prefix included
 * @param passageTokens the longest passage in tokens, special tokens and prefix included
 * @param files path inside the folder to SHA-256 in hex, for every file but this one and {@code golden.json}'s own
 * @param provenance base, strategy, data, licence and so on: shown, never interpreted
 */
public record Manifest(
        String name,
        String queryPrefix,
        String passagePrefix,
        int queryTokens,
        int passageTokens,
        Map<String, String> files,
        Map<String, Object> provenance) {

    public String prefix(TextRole role) {
        return role == TextRole.QUERY ? queryPrefix : passagePrefix;
    }

    public int maxTokens(TextRole role) {
        return role == TextRole.QUERY ? queryTokens : passageTokens;
    }
}

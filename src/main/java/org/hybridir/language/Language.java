package org.hybridir.language;

import java.util.List;
import java.util.Optional;

/**
 * A language as {@link Languages} knows it.
 *
 * @param alpha2 code of ISO 639-1, if it has one
 * @param alpha3 code of ISO 639-3
 * @param name in English
 * @param script that it is mostly written in
 * @param branch the group of its family that people name, such as Romance; one of the classification
 * @param classification the groups that it belongs to, each within the one before it; the first is the family, and the
 *     language itself is not among them
 */
public record Language(
        Optional<String> alpha2,
        String alpha3,
        String name,
        Script script,
        String branch,
        List<String> classification) {
    /** In place of a family: what has no ancestor. */
    private static final String CONSTRUCTED = "Constructed";

    public Language {
        classification = List.copyOf(classification);
        if (!classification.contains(branch)) {
            throw new IllegalArgumentException(
                    "branch [" + branch + "] of [" + alpha3 + "] is none of its groups " + classification);
        }
    }

    /** As in pairs and collections: that of ISO 639-1, or of ISO 639-3 where there is none. */
    public String code() {
        return alpha2.orElse(alpha3);
    }

    /** The whole of the languages that it is known to be related to; an isolate is a family of its own. */
    public String family() {
        return classification.get(0);
    }

    /** Whether it was invented, as Esperanto was. */
    public boolean constructed() {
        return family().equals(CONSTRUCTED);
    }

    Language in(Script other) {
        return new Language(alpha2, alpha3, name, other, branch, classification);
    }
}

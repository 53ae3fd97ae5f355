package org.hybridir.encoder;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Locale;

/** The artifact's {@code README.md}: what it is, where it comes from, how to use it. */
final class ModelCard {
    private ModelCard() {}

    static String of(ArtifactSpec spec) {
        Manifest manifest = spec.manifest();
        return String.format(
                Locale.ROOT,
                """
                ---
                library_name: sentence-transformers
                pipeline_tag: sentence-similarity
                tags: [sentence-transformers, hybrid-ir]
                ---
                # %s

                An encoder of texts for multilingual retrieval. It maps a text to a vector of %d numbers and of length one;
                the similarity of two texts is the cosine of their vectors.

                | | |
                |---|---|
                | transformer | %s, %d layers of width %d, %d word pieces |
                | pooling | %s%s, then length one |
                | query | prefix `%s`, at most %d tokens |
                | passage | prefix `%s`, at most %d tokens |

                hybrid-ir opens this folder as it is, and so does sentence-transformers. `hybrid_ir.json` holds the SHA-256 of
                each file and `golden.json` the vectors of a few texts; both are verified whenever hybrid-ir opens the folder.

                ## Provenance

                ```json
                %s
                ```
                """,
                manifest.name(),
                spec.dense().map(Dense::outputs).orElse(spec.config().hidden()),
                spec.config().family().modelType(),
                spec.config().layers(),
                spec.config().hidden(),
                spec.config().vocabulary(),
                spec.pooling().key(),
                spec.dense().map(dense -> ", a dense layer").orElse(""),
                manifest.queryPrefix(),
                manifest.queryTokens(),
                manifest.passagePrefix(),
                manifest.passageTokens(),
                json(manifest.provenance()));
    }

    private static String json(Object value) {
        try {
            return Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the provenance holds what JSON cannot say: " + e.getMessage(), e);
        }
    }
}

package org.hybridir.encoder;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hybridir.program.LayerArithmetic;
import org.hybridir.program.PrecisionRequest;
import org.hybridir.program.Processor;

/**
 * How an encoder computes on this machine.
 *
 * @param asked by whoever opened it
 * @param layers what it does
 * @param reason why, for people
 */
record ChosenArithmetic(PrecisionRequest asked, LayerArithmetic layers, String reason) {
    /**
     * What an artifact computes with on a processor.
     *
     * @throws ArtifactException if the processor lacks what the precision asked for needs
     */
    static ChosenArithmetic of(PrecisionRequest asked, Processor processor, Artifact artifact)
            throws ArtifactException {
        try {
            PrecisionRequest.Choice choice = asked.on(processor);
            List<String> kept = artifact.manifest().keptFromInt8();
            return new ChosenArithmetic(
                    asked, LayerArithmetic.of(choice.precision(), processor, kept), choice.reason());
        } catch (IllegalArgumentException e) {
            throw new ArtifactException("the artifact [" + artifact.folder().root() + "]: " + e.getMessage(), e);
        }
    }

    /** {@code precision}, the one asked for and the reason for it, and for {@code int8} what it keeps. */
    Map<String, Object> describe() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("precision", layers.precision().key());
        map.put("precision_asked", asked.key());
        map.put("precision_reason", reason);
        if (!layers.kept().isEmpty()) {
            map.put("precision_kept", layers.kept());
            map.put("precision_kept_in", layers.floats().key());
        }
        if (layers.reducedRange()) {
            map.put("precision_reduced_range", true);
        }
        return map;
    }
}

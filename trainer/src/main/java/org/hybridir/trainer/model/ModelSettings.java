package org.hybridir.trainer.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hybridir.program.Precision;

/**
 * How an encoder is trained, as far as the encoder itself is concerned.
 *
 * @param precision of the layers' arithmetic; the weights themselves always have 32 bits
 * @param dropout the probability with which a number after a sublayer is dropped, at least 0 and below 1
 * @param freezeEmbeddings whether word, position and type embeddings stay as they are
 * @param frozenLayers how many of the lowest layers stay as they are
 * @param lora trains adapters in place of the weights, if given; the embeddings and all else are frozen then
 * @param memory what a backward pass keeps from the forward pass
 * @param chunkTokens tokens of one forward pass, padding included
 * @param device as DJL writes it: {@code cpu}, {@code gpu}, {@code gpu0}
 */
public record ModelSettings(
        Precision precision,
        double dropout,
        boolean freezeEmbeddings,
        int frozenLayers,
        Optional<Lora> lora,
        Memory memory,
        int chunkTokens,
        String device) {

    /** What a backward pass keeps from the forward pass. */
    public enum Memory {
        /** Everything: fastest. */
        ALL,
        /** The input of each layer; a layer runs again when its gradient is asked for (Chen et al. 2016). */
        LAYERS,
        /**
         * The vectors alone; a chunk of texts runs again when its gradient is asked for, so memory no longer grows with
         * the batch (GradCache: Gao et al. 2021).
         */
        VECTORS
    }

    public ModelSettings {
        if (!precision.trains()) {
            throw new IllegalArgumentException(
                    "no gradient passes through [" + precision.key() + "]; train in another");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout is [" + dropout + "]; it must be at least [0] and below [1]");
        }
        if (frozenLayers < 0) {
            throw new IllegalArgumentException("frozen layers are [" + frozenLayers + "]; they must be at least [0]");
        }
        if (frozenLayers > 0 && lora.isPresent()) {
            throw new IllegalArgumentException("frozen layers are [" + frozenLayers
                    + "], and LoRA leaves the weights of all layers as they are; leave one of the two out");
        }
        if (chunkTokens < 1) {
            throw new IllegalArgumentException("chunk tokens are [" + chunkTokens + "]; they must be at least [1]");
        }
    }

    /** The precision that is written so, among those that carry gradients. */
    public static Precision precision(String key) {
        List<Precision> allowed =
                Arrays.stream(Precision.values()).filter(Precision::trains).toList();
        return allowed.stream()
                .filter(precision -> precision.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown precision [" + key + "], allowed are "
                        + allowed.stream().map(Precision::key).toList()));
    }

    /** 32 bits, nothing frozen, no dropout, everything kept, on the processor. */
    public static ModelSettings plain() {
        return new ModelSettings(Precision.FP32, 0, false, 0, Optional.empty(), Memory.ALL, 2048, "cpu");
    }
}

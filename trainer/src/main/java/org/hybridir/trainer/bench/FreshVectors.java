package org.hybridir.trainer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.trainer.load.SearchServer;

/** Makes vectors of passages, to be compared with those in an index. */
public interface FreshVectors {
    /** One vector for each text. */
    List<float[]> of(List<String> texts) throws IOException;

    /** By the node's encoder. */
    static FreshVectors node(SearchServer server, String encoder) {
        return texts -> {
            JsonNode answer =
                    server.post("/_hybrid_ir/_encode", Map.of("encoder", encoder, "role", "passage", "texts", texts));
            List<float[]> vectors = new ArrayList<>();
            answer.path("encodings").forEach(encoding -> vectors.add(VectorCheck.numbers(encoding.path("vector"))));
            return vectors;
        };
    }

    /** By an encoder that is open here. */
    static FreshVectors offline(Encoder encoder) {
        return texts -> encoder.encode(texts, TextRole.PASSAGE).stream()
                .map(Encoding::vector)
                .toList();
    }
}

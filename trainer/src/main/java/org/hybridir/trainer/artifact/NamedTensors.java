package org.hybridir.trainer.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hybridir.weights.DType;
import org.hybridir.weights.TensorSource;

/** Tensors of one or several files, under the names that {@link org.hybridir.program.TransformerWeights} asks for. */
final class NamedTensors implements TensorSource {
    private static final List<String> PREFIXES = List.of("bert.", "roberta.");

    private record Place(TensorSource source, String name) {}

    private final Map<String, Place> places = new LinkedHashMap<>();

    private NamedTensors() {}

    /** As they are named there. */
    static NamedTensors of(TensorSource source) {
        NamedTensors tensors = new NamedTensors();
        source.names().forEach(name -> tensors.places.put(name, new Place(source, name)));
        return tensors;
    }

    /**
     * A transformer's: {@code bert.encoder...} and {@code roberta.encoder...} become {@code encoder...}, and the gamma and
     * beta of the first BERT files the weight and bias of today.
     */
    static NamedTensors ofTransformer(List<? extends TensorSource> sources) {
        NamedTensors tensors = new NamedTensors();
        for (TensorSource source : sources) {
            for (String name : source.names()) {
                tensors.places.put(presentName(name), new Place(source, name));
            }
        }
        return tensors;
    }

    private static String presentName(String name) {
        return withoutPrefix(name)
                .replaceFirst("LayerNorm\\.gamma$", "LayerNorm.weight")
                .replaceFirst("LayerNorm\\.beta$", "LayerNorm.bias");
    }

    private static String withoutPrefix(String name) {
        for (String prefix : PREFIXES) {
            if (name.startsWith(prefix)) {
                return name.substring(prefix.length());
            }
        }
        return name;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(places.keySet());
    }

    @Override
    public DType type(String name) {
        return place(name).source.type(place(name).name);
    }

    @Override
    public long[] shape(String name) {
        return place(name).source.shape(place(name).name);
    }

    @Override
    public ByteBuffer bytes(String name) throws IOException {
        return place(name).source.bytes(place(name).name);
    }

    private Place place(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new IllegalArgumentException("no tensor [" + name + "]");
        }
        return place;
    }
}

package org.hybridir.trainer.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hybridir.weights.DType;
import org.hybridir.weights.Float32;
import org.hybridir.weights.SafetensorsFile;
import org.hybridir.weights.SafetensorsWriter;
import org.hybridir.weights.TensorSource;

/**
 * LoRA's matrices alone, on disk: a folder with {@code adapter.safetensors} (tensors {@code NAME.lora_A} [rank, in] and
 * {@code NAME.lora_B} [out, rank], NAME being the base's tensor) and {@code adapter.json} (rank, scale, targets, and the
 * SHA-256 of the base's {@code model.safetensors}). It is some megabytes where the merged encoder is hundreds.
 *
 * @param lora rank, scale, targets
 * @param base SHA-256 in hex of the weights that it was trained on
 * @param matrices A and B of each target
 */
public record Adapter(Lora lora, String base, TensorSource matrices) {
    /** Folder inside an artifact that was trained with LoRA. */
    public static final String FOLDER = "adapter";

    private static final String MATRICES = "adapter.safetensors";
    private static final String SETTINGS = "adapter.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes the folder, which must not exist. */
    public void write(Path folder) throws IOException {
        Path draft = folder.resolveSibling("." + folder.getFileName() + ".part");
        Files.createDirectories(draft);
        SafetensorsWriter.write(draft.resolve(MATRICES), matrices);
        ObjectNode settings = JSON.createObjectNode();
        settings.put("rank", lora.rank()).put("scale", lora.scale()).put("base_sha256", base);
        lora.targets().forEach(settings.putArray("targets")::add);
        JSON.writerWithDefaultPrettyPrinter().writeValue(draft.resolve(SETTINGS).toFile(), settings);
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What is done with an adapter while its file is open. */
    public interface Use {
        void with(Adapter adapter) throws IOException;
    }

    /** Opens a folder for as long as the use takes. */
    public static void read(Path folder, Use use) throws IOException {
        if (!Files.isRegularFile(folder.resolve(SETTINGS)) || !Files.isRegularFile(folder.resolve(MATRICES))) {
            throw new IllegalArgumentException("[" + folder + "] is no adapter: it lacks [" + SETTINGS + "] or ["
                    + MATRICES + "]; training with LoRA writes both to the folder [" + FOLDER + "] of its artifact");
        }
        JsonNode settings = JSON.readTree(folder.resolve(SETTINGS).toFile());
        List<String> targets = new ArrayList<>();
        settings.path("targets").forEach(target -> targets.add(target.asText()));
        Lora lora =
                new Lora(settings.path("rank").asInt(), settings.path("scale").asDouble(), targets);
        try (SafetensorsFile matrices = SafetensorsFile.open(folder.resolve(MATRICES))) {
            use.with(new Adapter(lora, settings.path("base_sha256").asText(), matrices));
        }
    }

    /**
     * The base's weights with the products added: W + (scale / rank) B A, rounded once, to 32 bits.
     *
     * @param weights of the base, as in its artifact
     */
    public TensorSource mergedInto(TensorSource weights) {
        return new Merged(weights);
    }

    private final class Merged implements TensorSource {
        private final TensorSource weights;

        private Merged(TensorSource weights) {
            this.weights = weights;
        }

        @Override
        public Set<String> names() {
            return weights.names();
        }

        @Override
        public DType type(String name) {
            return isAdapted(name) ? DType.F32 : weights.type(name);
        }

        @Override
        public long[] shape(String name) {
            return weights.shape(name);
        }

        private boolean isAdapted(String name) {
            return matrices.names().contains(name + DualEncoder.A);
        }

        @Override
        public ByteBuffer bytes(String name) throws IOException {
            return isAdapted(name) ? merge(name) : weights.bytes(name);
        }

        private ByteBuffer merge(String name) throws IOException {
            ByteBuffer base = Float32.of(weights, name);
            ByteBuffer sum = ByteBuffer.allocateDirect(base.remaining()).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer a = Float32.of(matrices, name + DualEncoder.A);
            ByteBuffer b = Float32.of(matrices, name + DualEncoder.B);
            int inputs = (int) weights.shape(name)[1];
            int outputs = (int) weights.shape(name)[0];
            for (int out = 0; out < outputs; out++) {
                for (int in = 0; in < inputs; in++) {
                    double product = 0;
                    for (int r = 0; r < lora.rank(); r++) {
                        product += (double) b.getFloat(Float.BYTES * (out * lora.rank() + r))
                                * a.getFloat(Float.BYTES * (r * inputs + in));
                    }
                    int at = Float.BYTES * (out * inputs + in);
                    sum.putFloat(at, (float) (base.getFloat(at) + lora.factor() * product));
                }
            }
            return sum;
        }
    }
}

package org.hybridir.trainer.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.program.HuggingFaceConfig;
import org.hybridir.weights.DType;
import org.hybridir.weights.InMemoryTensors;
import org.hybridir.weights.SafetensorsWriter;
import org.hybridir.weights.TensorSource;

/** Writes folders as HuggingFace's hub gives them, of tiny models. */
final class ModelFolder {
    private final Path folder;

    ModelFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    Path path() {
        return folder;
    }

    /** config.json, tokenizer.json, and the weights of the given type under names with the given prefix. */
    ModelFolder model(ArtifactSpec spec, String prefix, DType type) throws IOException {
        text("config.json", HuggingFaceConfig.write(spec.config()));
        text("tokenizer.json", spec.tokenizerJson());
        SafetensorsWriter.write(folder.resolve("model.safetensors"), converted(spec.weights(), prefix, type));
        return this;
    }

    /** sentence-transformers' modules: pooling by the given flag, a dense layer or none. */
    ModelFolder modules(String poolingFlag, int width, boolean dense) throws IOException {
        String format = "{\"idx\":%d,\"name\":\"%d\",\"path\":\"%s\",\"type\":\"sentence_transformers.models.%s\"}";
        String list = String.format(Locale.ROOT, format, 0, 0, "", "Transformer") + ","
                + String.format(Locale.ROOT, format, 1, 1, "1_Pooling", "Pooling");
        if (dense) {
            list += "," + String.format(Locale.ROOT, format, 2, 2, "2_Dense", "Dense");
        }
        text("modules.json", "[" + list + "]");
        text("1_Pooling/config.json", "{\"word_embedding_dimension\":" + width + ",\"" + poolingFlag + "\":true}");
        return this;
    }

    ModelFolder text(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    ModelFolder without(String path) throws IOException {
        Files.delete(folder.resolve(path));
        return this;
    }

    static InMemoryTensors converted(TensorSource source, String prefix, DType type) throws IOException {
        InMemoryTensors tensors = new InMemoryTensors();
        for (String name : source.names()) {
            ByteBuffer from = source.bytes(name).order(ByteOrder.LITTLE_ENDIAN);
            int count = from.remaining() / Float.BYTES;
            ByteBuffer to = ByteBuffer.allocate(count * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                put(to, type, from.getFloat(i * Float.BYTES));
            }
            tensors.put(prefix + name, type, source.shape(name), to.flip());
        }
        return tensors;
    }

    private static void put(ByteBuffer to, DType type, float number) {
        switch (type) {
            case F32 -> to.putFloat(number);
            case F16 -> to.putShort(Float.floatToFloat16(number));
            case BF16 -> to.putShort((short) (Float.floatToRawIntBits(number) >>> 16));
        }
    }
}

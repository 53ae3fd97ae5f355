package org.hybridir.encoder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What sentence-transformers' {@code modules.json} and the configurations of its modules say: how tokens become a
 * vector. The modules must be Transformer, Pooling, and then Dense and Normalize in this order, either of which may
 * be absent.
 *
 * @param pooling how tokens become one vector
 * @param poolingPath the folder that says so, such as {@code 1_Pooling}
 * @param poolingWidth length of that vector
 * @param dense the layer after pooling, if any
 * @param densePath the folder of that layer, if any, such as {@code 2_Dense}
 * @param normalized whether vectors are brought to length one
 */
public record SentenceTransformersLayout(
        Pooling pooling,
        String poolingPath,
        int poolingWidth,
        Optional<Dense> dense,
        Optional<String> densePath,
        boolean normalized) {
    static final String MODULES = "modules.json";
    private static final String PACKAGE = "sentence_transformers.models.";
    private static final String TANH = "torch.nn.modules.activation.Tanh";
    private static final String IDENTITY = "torch.nn.modules.linear.Identity";

    /**
     * Reads a folder's layout.
     *
     * @throws ArtifactException if a module, a pooling or an activation is of another kind
     */
    public static SentenceTransformersLayout read(ArtifactFolder folder) throws IOException {
        Json modules = folder.json(MODULES);
        List<String> kinds = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < modules.size(); i++) {
            String type = modules.at(i).string("type");
            kinds.add(type.substring(type.lastIndexOf('.') + 1));
            paths.add(modules.at(i).string("path"));
        }
        requireOrder(kinds, paths);
        boolean dense = kinds.contains("Dense");
        Json pooling = folder.json(paths.get(1) + "/config.json");
        return new SentenceTransformersLayout(
                readPooling(paths.get(1), pooling),
                paths.get(1),
                pooling.integer("word_embedding_dimension"),
                dense ? Optional.of(readDense(folder, paths.get(2))) : Optional.empty(),
                dense ? Optional.of(paths.get(2)) : Optional.empty(),
                kinds.contains("Normalize"));
    }

    private static void requireOrder(List<String> kinds, List<String> paths) throws ArtifactException {
        List<String> rest = new ArrayList<>(kinds);
        boolean begins = rest.size() >= 2
                && rest.get(0).equals("Transformer")
                && rest.get(1).equals("Pooling");
        if (begins) {
            rest = rest.subList(2, rest.size());
            begins = rest.equals(List.of())
                    || rest.equals(List.of("Dense"))
                    || rest.equals(List.of("Normalize"))
                    || rest.equals(List.of("Dense", "Normalize"));
        }
        if (!begins || !paths.get(0).isEmpty()) {
            throw new ArtifactException("[" + MODULES + "] lists the modules " + kinds + " in " + paths
                    + "; supported are [Transformer, Pooling], then [Dense] or not, then [Normalize] or not, with the"
                    + " Transformer in the folder itself");
        }
    }

    private static Pooling readPooling(String path, Json json) throws ArtifactException {
        List<String> set = new ArrayList<>();
        json.node().properties().forEach(field -> {
            if (field.getKey().startsWith("pooling_mode_") && field.getValue().asBoolean()) {
                set.add(field.getKey());
            }
        });
        for (Pooling pooling : Pooling.values()) {
            if (set.equals(List.of(pooling.flag()))) {
                return pooling;
            }
        }
        throw new ArtifactException("[" + path + "/config.json] sets " + set + "; supported is exactly one of ["
                + Pooling.MEAN.flag() + "] and [" + Pooling.CLS.flag() + "]");
    }

    private static Dense readDense(ArtifactFolder folder, String path) throws IOException {
        Json json = folder.json(path + "/config.json");
        String activation = json.string("activation_function");
        if (!activation.equals(TANH) && !activation.equals(IDENTITY)) {
            throw new ArtifactException("[" + path + "/config.json]: [activation_function] is [" + activation
                    + "]; supported are [" + TANH + "] and [" + IDENTITY + "]");
        }
        if (!json.bool("bias")) {
            throw new ArtifactException("[" + path + "/config.json]: [bias] is [false]; supported is only [true]");
        }
        return new Dense(json.integer("in_features"), json.integer("out_features"), activation.equals(TANH));
    }

    /** Writes {@code modules.json} and the folders of pooling, dense layer and normalisation. */
    void write(Path folder) throws IOException {
        ArrayNode modules = Json.MAPPER.createArrayNode();
        add(modules, "", "Transformer");
        writePooling(Files.createDirectory(folder.resolve(add(modules, poolingPath, "Pooling"))));
        if (dense.isPresent()) {
            add(modules, densePath.orElseThrow(), "Dense");
            writeDense(Files.createDirectory(folder.resolve(densePath.orElseThrow())), dense.get());
        }
        if (normalized) {
            Files.createDirectory(folder.resolve(add(modules, modules.size() + "_Normalize", "Normalize")));
        }
        Json.write(folder.resolve(MODULES), modules);
    }

    private static String add(ArrayNode modules, String path, String kind) {
        int index = modules.size();
        modules.addObject()
                .put("idx", index)
                .put("name", Integer.toString(index))
                .put("path", path)
                .put("type", PACKAGE + kind);
        return path;
    }

    private void writePooling(Path folder) throws IOException {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("word_embedding_dimension", poolingWidth);
        for (String mode : List.of("cls_token", "mean_tokens", "max_tokens", "mean_sqrt_len_tokens")) {
            String flag = "pooling_mode_" + mode;
            node.put(flag, flag.equals(pooling.flag()));
        }
        node.put("include_prompt", true);
        Json.write(folder.resolve("config.json"), node);
    }

    private static void writeDense(Path folder, Dense dense) throws IOException {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("in_features", dense.inputs());
        node.put("out_features", dense.outputs());
        node.put("bias", true);
        node.put("activation_function", dense.tanh() ? TANH : IDENTITY);
        Json.write(folder.resolve("config.json"), node);
    }
}

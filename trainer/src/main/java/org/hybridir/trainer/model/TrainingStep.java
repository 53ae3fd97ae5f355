package org.hybridir.trainer.model;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.hybridir.encoder.BatchPlan;
import org.hybridir.encoder.TokenBatch;
import org.hybridir.encoder.Tokens;
import org.hybridir.program.TransformerConfig;

/**
 * One step of training: batches go forward and back, {@link #accumulate} by {@link #accumulate}, and their gradients add
 * up; {@link AdamW#update} then changes the weights. Closing it frees all that the step made.
 *
 * <p>A batch goes in three parts: texts to vectors, in chunks of like length; vectors to loss and to the loss's gradient
 * by each vector; and these gradients back through the chunks. So it makes no difference to the result what the chunks
 * keep in memory (Gao et al. 2021).
 */
public final class TrainingStep implements AutoCloseable {
    private final DualEncoder encoder;
    private final Runner runner;
    private final PtNDManager scope;
    private final TransformerConfig config;
    private final PtNDArray rowIds;
    private final PtNDArray rows;
    private final Map<Long, Long> rowOf = new HashMap<>();
    private final List<PtNDArray> weights;
    private long seed;

    /** @param runner the encoder's program, with dropout or without */
    TrainingStep(DualEncoder encoder, Runner runner, List<Tokens> texts, long seed) {
        this.encoder = encoder;
        this.runner = runner;
        this.seed = seed;
        scope = (PtNDManager) encoder.manager().newSubManager();
        config = encoder.artifact().config();
        long[] used = usedIds(texts);
        for (int row = 0; row < used.length; row++) {
            rowOf.put(used[row], (long) row);
        }
        rowIds = (PtNDArray) scope.create(used);
        rows = runner.run("rows", false, scope, List.of(encoder.table(), rowIds), List.of());
        if (encoder.trainsTable()) {
            JniUtils.attachGradient(rows, true);
        }
        weights = encoder.programWeights(rows);
    }

    /** All ids of the texts, ascending; those up to the padding's come first, so that they keep their numbers. */
    private long[] usedIds(List<Tokens> texts) {
        TreeSet<Long> ids = new TreeSet<>();
        for (long id = 0; id <= config.padId(); id++) {
            ids.add(id);
        }
        for (Tokens text : texts) {
            for (long id : text.ids()) {
                ids.add(id);
            }
        }
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * Takes a batch forward and back.
     *
     * @param queries n
     * @param passages m >= n: the i-th is relevant to the i-th query, those behind the n-th are hard negatives
     * @param weight of its loss
     * @return its loss, not weighted
     */
    public double accumulate(List<Tokens> queries, List<Tokens> passages, double weight) {
        List<Part> queryParts = parts(queries);
        List<Part> passageParts = parts(passages);
        float[][] q = forward(queryParts, queries.size());
        float[][] p = forward(passageParts, passages.size());
        try (PtNDArray queryVectors = leaf(q);
                PtNDArray passageVectors = leaf(p)) {
            double loss = loss(queryVectors, passageVectors, weight);
            backward(queryParts, queryVectors);
            backward(passageParts, passageVectors);
            return loss;
        }
    }

    /** Texts of like length, and which of the batch they are. */
    private record Part(int[] places, ChunkPass pass) {}

    private List<Part> parts(List<Tokens> texts) {
        return parts(texts, encoder.settings().memory());
    }

    private List<Part> parts(List<Tokens> texts, ModelSettings.Memory memory) {
        int[] lengths = texts.stream().mapToInt(text -> text.ids().length).toArray();
        List<Part> parts = new ArrayList<>();
        for (int[] places : BatchPlan.of(lengths, encoder.settings().chunkTokens())) {
            List<Tokens> chunk =
                    Arrays.stream(places).mapToObj(texts::get).map(this::byRow).toList();
            // 64 apart: a chunk that runs layer by layer has a seed for each
            seed += 64 + config.layers();
            parts.add(new Part(places, pass(memory, TokenBatch.of(chunk, config.padId()), seed)));
        }
        return parts;
    }

    private Tokens byRow(Tokens text) {
        long[] ids = Arrays.stream(text.ids()).map(rowOf::get).toArray();
        return new Tokens(ids, text.truncated());
    }

    private ChunkPass pass(ModelSettings.Memory memory, TokenBatch texts, long chunkSeed) {
        return switch (memory) {
            case ALL -> new ChunkPass.Whole(runner, scope, weights, texts, chunkSeed);
            case VECTORS -> new ChunkPass.Again(runner, scope, weights, texts, chunkSeed);
            case LAYERS ->
                new ChunkPass.Layers(
                        runner, scope, weights, texts, chunkSeed, config.layers(), encoder.lowestTrained());
        };
    }

    private static float[][] forward(List<Part> parts, int texts) {
        float[][] vectors = new float[texts][];
        for (Part part : parts) {
            float[] rows = part.pass.forward();
            int width = rows.length / part.places.length;
            for (int i = 0; i < part.places.length; i++) {
                vectors[part.places[i]] = Arrays.copyOfRange(rows, i * width, (i + 1) * width);
            }
        }
        return vectors;
    }

    private PtNDArray leaf(float[][] vectors) {
        PtNDArray leaf = DualEncoder.array(vectors, scope);
        JniUtils.attachGradient(leaf, true);
        return leaf;
    }

    /** The vectors of texts, with nothing kept to go back. */
    float[][] vectors(List<Tokens> texts) {
        List<Part> parts = parts(texts, ModelSettings.Memory.VECTORS);
        return forward(parts, texts.size());
    }

    private double loss(PtNDArray queries, PtNDArray passages, double weight) {
        try (PtNDArray loss = runner.run("loss", true, scope, List.of(queries, passages), List.of());
                PtNDArray factor = (PtNDArray) scope.create((float) weight)) {
            float value = loss.getFloat();
            if (!Float.isFinite(value)) {
                throw new IllegalStateException(
                        "the loss is [" + value + "]: lower the learning rate, or raise the temperature");
            }
            JniUtils.backward(loss, factor, false, false);
            return value;
        }
    }

    private static void backward(List<Part> parts, PtNDArray vectors) {
        int width = (int) vectors.getShape().get(1);
        float[] all;
        try (PtNDArray gradient = JniUtils.getGradient(vectors)) {
            all = gradient.toFloatArray();
        }
        for (Part part : parts) {
            float[] gradient = new float[part.places.length * width];
            for (int i = 0; i < part.places.length; i++) {
                System.arraycopy(all, part.places[i] * width, gradient, i * width, width);
            }
            part.pass.backward(gradient, part.places.length);
        }
    }

    PtNDManager scope() {
        return scope;
    }

    PtNDArray rowIds() {
        return rowIds;
    }

    /** The gradient of the rows that the step used; absent if the embeddings are frozen. */
    PtNDArray rowGradient() {
        return JniUtils.getGradient(rows);
    }

    /** Parameter to gradient, but for the table. Owned by the step. */
    Map<Parameter, PtNDArray> gradients() {
        Map<Parameter, PtNDArray> gradients = new LinkedHashMap<>();
        trained().forEach(parameter -> gradients.put(parameter, JniUtils.getGradient(parameter.value())));
        return gradients;
    }

    /** All but the table. */
    private List<Parameter> trained() {
        return encoder.parameters().values().stream()
                .filter(parameter -> parameter != encoder.tableParameter())
                .toList();
    }

    @Override
    public void close() {
        trained().forEach(parameter -> JniUtils.zeroGrad(parameter.value()));
        scope.close();
        encoder.freedMemory().stepped();
    }
}

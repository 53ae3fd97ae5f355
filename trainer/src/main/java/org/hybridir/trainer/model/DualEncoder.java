package org.hybridir.trainer.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.EncoderProgram;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.OfflineMode;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.TextTokenizer;
import org.hybridir.encoder.Tokens;
import org.hybridir.program.ProgramArchive;
import org.hybridir.program.TransformerConfig;
import org.hybridir.program.TransformerWeights;
import org.hybridir.trainer.loss.Loss;
import org.hybridir.weights.Float16;
import org.hybridir.weights.InMemoryTensors;
import org.hybridir.weights.TensorSource;

/**
 * One encoder for queries and passages, with weights that can be trained: the tokenizer, program and pooling that serve,
 * under gradients. {@link TrainingStep} runs a step over it, {@link AdamW} changes it.
 *
 * <p>Not thread-safe: one thread opens, trains and closes it.
 */
public final class DualEncoder implements AutoCloseable {
    private static final String TABLE = "embeddings.word_embeddings.weight";
    /** Texts that are validated at once: their rows of the table are copied. */
    private static final int AT_ONCE = 512;

    static final String A = ".lora_A";
    static final String B = ".lora_B";

    private final Artifact artifact;
    private final Manifest manifest;
    private final ModelSettings settings;
    private final TextTokenizer tokenizer;
    private final PtNDManager manager;
    private final Runner runner;
    /** The same program without dropout. */
    private final Runner serving;

    /** In the place of a weight's adapter where it has none. */
    private final PtNDArray none;

    private final Map<String, PtNDArray> weights = new LinkedHashMap<>();
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final int lowestTrained;
    private final FreedMemory freedMemory = new FreedMemory();
    private Optional<Manifest> began = Optional.empty();

    private DualEncoder(
            Artifact artifact, Manifest manifest, ModelSettings settings, Loss loss, PtNDManager manager, long seed)
            throws IOException {
        this.artifact = artifact;
        this.manifest = manifest;
        this.settings = settings;
        this.manager = manager;
        tokenizer = TextTokenizer.open(artifact);
        runner = runner(settings.dropout(), loss);
        serving = runner(0, loss);
        none = (PtNDArray) manager.zeros(new Shape(0));
        loadWeights();
        lowestTrained = settings.lora().isPresent() ? 0 : settings.freezeEmbeddings() ? settings.frozenLayers() : -1;
        if (settings.lora().isPresent()) {
            addAdapters(settings.lora().get(), new SplittableRandom(seed));
        } else {
            addParameters();
        }
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("the embeddings and all [" + settings.frozenLayers()
                    + "] layers are frozen, so nothing is left to train; freeze less");
        }
    }

    /**
     * Opens a base to train.
     *
     * @param threads of each operator of PyTorch
     * @param seed of LoRA's first weights
     */
    public static DualEncoder open(Path base, ModelSettings settings, Loss loss, int threads, long seed)
            throws IOException {
        return open(base, own -> own, settings, loss, threads, seed);
    }

    /**
     * Opens a base to train on other prefixes and lengths than its own.
     *
     * @param texts gives, for the base's manifest, one with the prefixes and lengths to train on
     */
    public static DualEncoder open(
            Path base, UnaryOperator<Manifest> texts, ModelSettings settings, Loss loss, int threads, long seed)
            throws IOException {
        OfflineMode.enter();
        Device device = device(settings.device());
        Artifact artifact = Artifact.open(new ArtifactFolder(base));
        PtNDManager manager = (PtNDManager) NDManager.newBaseManager(device, "PyTorch");
        try {
            requireLayers(settings, artifact.config());
            JniUtils.setNumThreads(threads);
            // batches differ in shape, and the optimiser would compile for each shape anew
            JniUtils.setGraphExecutorOptimize(false);
            return new DualEncoder(artifact, texts.apply(artifact.manifest()), settings, loss, manager, seed);
        } catch (IOException | RuntimeException e) {
            manager.close();
            artifact.close();
            throw e;
        }
    }

    private Runner runner(double dropout, Loss loss) throws IOException {
        String text = TrainingProgram.text(artifact, settings, dropout, loss.method());
        return new Runner(
                JniUtils.loadModule(manager, new ByteArrayInputStream(ProgramArchive.of(text)), false, false));
    }

    private static Device device(String name) {
        if (!name.matches("cpu|gpu\\d*")) {
            throw new IllegalArgumentException("unknown device [" + name + "], known ones [cpu, gpu, gpu0, gpu1, ...]");
        }
        Device device = Device.fromName(name);
        int count = Engine.getEngine("PyTorch").getGpuCount();
        if (device.isGpu() && device.getDeviceId() >= count) {
            throw new IllegalArgumentException("the device [" + name + "] was asked for, and PyTorch sees [" + count
                    + "] GPUs here; take [cpu], or name the folder of a libtorch with CUDA in PYTORCH_LIBRARY_PATH");
        }
        return device;
    }

    private static void requireLayers(ModelSettings settings, TransformerConfig config) {
        if (settings.frozenLayers() > config.layers()) {
            throw new IllegalArgumentException("frozen layers are [" + settings.frozenLayers()
                    + "], and the base has only [" + config.layers() + "]");
        }
    }

    private void loadWeights() throws IOException {
        try (NDManager views = manager.newSubManager()) {
            List<String> names = new ArrayList<>(EncoderProgram.shapes(artifact).keySet());
            NDList loaded = EncoderProgram.weights(artifact, views);
            for (int i = 0; i < names.size(); i++) {
                // loaded arrays may be views of the mapped file, which is read-only
                NDArray own = loaded.get(i).duplicate();
                own.attach(manager);
                weights.put(names.get(i), (PtNDArray) own);
            }
        }
    }

    private void addParameters() {
        weights.forEach((name, array) -> {
            if (isTrained(name)) {
                addParameter(name, array);
            }
        });
    }

    private boolean isTrained(String name) {
        if (name.startsWith("embeddings.")) {
            return !settings.freezeEmbeddings();
        }
        if (name.startsWith("encoder.layer.")) {
            return Integer.parseInt(name.split("\\.")[2]) >= settings.frozenLayers();
        }
        return true;
    }

    private void addAdapters(Lora lora, SplittableRandom random) {
        weights.forEach((name, array) -> {
            if (lora.adapts(name)) {
                Shape shape = array.getShape();
                Shape a = new Shape(lora.rank(), shape.get(1));
                addParameter(name + A, uniform(a, 1 / Math.sqrt(shape.get(1)), random));
                addParameter(name + B, (PtNDArray) manager.zeros(new Shape(shape.get(0), lora.rank())));
            }
        });
    }

    private void addParameter(String name, PtNDArray value) {
        parameters.put(name, Parameter.of(name, value, manager));
        if (!name.equals(TABLE)) {
            JniUtils.attachGradient(value, true);
        }
    }

    private PtNDArray uniform(Shape shape, double bound, SplittableRandom random) {
        float[] values = new float[(int) shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return (PtNDArray) manager.create(values, shape);
    }

    /**
     * Takes an adapter's matrices for LoRA's first ones: training goes on from the encoder that it makes of this base, with
     * all directions of its vectors.
     *
     * @throws IllegalArgumentException if it is of another base, or of another LoRA than is trained
     */
    public void begin(Adapter adapter) throws IOException {
        AdapterMerge.requireBase(artifact, adapter);
        if (!settings.lora().equals(Optional.of(adapter.lora()))) {
            throw new IllegalArgumentException("the adapter ["
                    + adapter.manifest().name() + "] is [" + adapter.lora() + "], and what is trained is ["
                    + settings.lora().map(Lora::toString).orElse("no LoRA")
                    + "]; give --lora-rank, --lora-scale and --lora-targets as it has them");
        }
        restoreValues(adapter.matrices());
        began = Optional.of(adapter.manifest());
    }

    /** Of the encoder that training began at, if that is not the base. */
    public Optional<Manifest> began() {
        return began;
    }

    /** What is trained, opened: its configuration, layout, manifest. */
    public Artifact artifact() {
        return artifact;
    }

    /** The prefixes and lengths that it is trained on. */
    public Manifest manifest() {
        return manifest;
    }

    /** A text as queries or passages are given to the encoder, prefix included. */
    public Tokens tokenize(String text, TextRole role) {
        return tokenizer.tokenize(manifest.prefix(role) + text, manifest.maxTokens(role));
    }

    /** How many numbers are trained. */
    public long trainedNumbers() {
        return parameters.values().stream()
                .mapToLong(parameter -> parameter.value().getShape().size())
                .sum();
    }

    /** How many numbers there are. */
    public long allNumbers() {
        return weights.values().stream()
                .mapToLong(array -> array.getShape().size())
                .sum();
    }

    /**
     * Begins a step over these texts.
     *
     * @param texts all that the step will see
     * @param seed of the step's dropout
     */
    public TrainingStep step(List<Tokens> texts, long seed) {
        return new TrainingStep(this, runner, texts, seed);
    }

    /** The vectors of texts as the encoder is now, without dropout. */
    public float[][] vectors(List<Tokens> texts) {
        float[][] vectors = new float[texts.size()][];
        for (int from = 0; from < vectors.length; from += AT_ONCE) {
            List<Tokens> some = texts.subList(from, Math.min(vectors.length, from + AT_ONCE));
            try (TrainingStep step = new TrainingStep(this, serving, some, 0)) {
                float[][] theirs = step.vectors(some);
                System.arraycopy(theirs, 0, vectors, from, theirs.length);
            }
        }
        return vectors;
    }

    /** The loss of vectors: n queries and at least n passages. */
    public double loss(float[][] queries, float[][] passages) {
        try (PtNDManager scope = (PtNDManager) manager.newSubManager()) {
            return serving.run("loss", false, scope, List.of(array(queries, scope), array(passages, scope)), List.of())
                    .getFloat();
        }
    }

    /** Rows as one array. */
    static PtNDArray array(float[][] rows, NDManager scope) {
        int width = rows[0].length;
        float[] flat = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * width, width);
        }
        return (PtNDArray) scope.create(flat, new Shape(rows.length, width));
    }

    FreedMemory freedMemory() {
        return freedMemory;
    }

    ModelSettings settings() {
        return settings;
    }

    PtNDManager manager() {
        return manager;
    }

    Runner runner() {
        return runner;
    }

    Map<String, Parameter> parameters() {
        return parameters;
    }

    PtNDArray table() {
        return weights.get(TABLE);
    }

    boolean trainsTable() {
        return parameters.containsKey(TABLE);
    }

    Parameter tableParameter() {
        return parameters.get(TABLE);
    }

    int lowestTrained() {
        return lowestTrained;
    }

    /**
     * What the program takes.
     *
     * @param rows of the table that a step uses
     */
    List<PtNDArray> programWeights(PtNDArray rows) {
        List<PtNDArray> all = new ArrayList<>();
        weights.forEach((name, array) -> all.add(name.equals(TABLE) ? rows : array));
        if (settings.lora().isPresent()) {
            weights.keySet().forEach(name -> all.add(adapter(name + A)));
            weights.keySet().forEach(name -> all.add(adapter(name + B)));
        }
        return all;
    }

    private PtNDArray adapter(String name) {
        return parameters.containsKey(name) ? parameters.get(name).value() : none;
    }

    /** The transformer's weights as they are now, as an artifact gets them; copied when read. Names as in the artifact. */
    TensorSource transformer() {
        return adapter(manifest)
                .map(adapter -> adapter.mergedInto(artifact.weights()))
                .orElseGet(() -> new ArrayTensors(
                        TransformerWeights.shapes(artifact.config()), name -> bytes(weights.get(name))));
    }

    /** The dense layer's weights as they are now. */
    private TensorSource dense() {
        Map<String, long[]> shapes = artifact.layout().dense().orElseThrow().shapes();
        return new ArrayTensors(shapes, name -> bytes(weights.get(EncoderProgram.DENSE + name)));
    }

    /**
     * LoRA's matrices as they are now, rounded to 16 bits; valid until this is closed; empty if it trains without.
     *
     * @param manifest of the trained encoder
     */
    public Optional<Adapter> adapter(Manifest manifest) {
        return settings.lora().map(lora -> new Adapter(lora, artifact.weightsHash(), manifest, new Float16(values())));
    }

    /**
     * All that the trained encoder is written from; valid until this is closed. With LoRA it is the base and {@link #adapter},
     * rounded as it is, so that whoever adds them up later gets the same weights.
     */
    public ArtifactSpec spec(Manifest manifest) throws IOException {
        return new ArtifactSpec(
                artifact.config(),
                artifact.tokenizerJson(),
                transformer(),
                artifact.layout().pooling(),
                artifact.layout().dense(),
                artifact.layout().dense().map(layer -> dense()),
                manifest);
    }

    /** The values of all parameters, copied when read. */
    public TensorSource values() {
        return ArrayTensors.of(parameters, Parameter::value);
    }

    /** AdamW's running means: {@code mean.NAME} and {@code square.NAME}, copied when read. */
    public TensorSource moments() {
        Map<String, PtNDArray> moments = new LinkedHashMap<>();
        parameters.forEach((name, parameter) -> {
            moments.put("mean." + name, parameter.mean());
            moments.put("square." + name, parameter.square());
        });
        return ArrayTensors.of(moments, array -> array);
    }

    /** Takes parameters over from what {@link #values()} gave. */
    public void restoreValues(TensorSource saved) throws IOException {
        for (Parameter parameter : parameters.values()) {
            restore(parameter.value(), parameter.name(), saved);
        }
    }

    /** Takes running means over from what {@link #moments()} gave. */
    public void restoreMoments(TensorSource saved) throws IOException {
        for (Parameter parameter : parameters.values()) {
            restore(parameter.mean(), "mean." + parameter.name(), saved);
            restore(parameter.square(), "square." + parameter.name(), saved);
        }
    }

    private void restore(PtNDArray array, String name, TensorSource saved) throws IOException {
        TransformerWeights.check(Map.of(name, array.getShape().getShape()), saved);
        try (PtNDManager scope = (PtNDManager) manager.newSubManager()) {
            NDList loaded =
                    TransformerWeights.load(Map.of(name, array.getShape().getShape()), saved, scope);
            runner.change("copy", IValue.from(array), IValue.from((PtNDArray) loaded.singletonOrThrow()));
        }
    }

    static ByteBuffer bytes(PtNDArray array) {
        return array.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A copy in memory, for tests over small encoders. */
    InMemoryTensors snapshot() throws IOException {
        InMemoryTensors copy = new InMemoryTensors();
        TensorSource now = values();
        for (String name : now.names()) {
            copy.put(name, now.type(name), now.shape(name), now.bytes(name));
        }
        return copy;
    }

    @Override
    public void close() throws IOException {
        runner.close();
        serving.close();
        manager.close();
        tokenizer.close();
        artifact.close();
    }
}

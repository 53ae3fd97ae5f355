package org.hybridir.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.hybridir.weights.Float32;
import org.hybridir.weights.InMemoryTensors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class PackedLayersTests {
    private static final TransformerConfig BERT = new TransformerConfig(Family.BERT, 20, 8, 2, 2, 16, 10, 2, 1e-12, 0);
    private static final TransformerConfig XLM_ROBERTA =
            new TransformerConfig(Family.XLM_ROBERTA, 20, 8, 2, 2, 16, 12, 1, 1e-5, 1);

    private static final Processor VNNI = new Processor("Vnni", Set.of("avx2", "avx512_vnni"));

    private static PtNDManager manager;

    @BeforeAll
    static void open() {
        manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    /** A program with its weights, plain and packed. */
    private record Loaded(PtSymbolBlock program, IValue weights, IValue packed) {
        float[] run(String method, IValue... arguments) {
            try (NDArray result =
                    IValueUtils.runMethod(program, method, arguments).toTensor(manager)) {
                return result.toFloatArray();
            }
        }

        float[] product(float[] x, int rows, int at) {
            return run("product" + at, tensor(x, rows), packed);
        }

        float[] forward(IValue ids, IValue mask) {
            return run("forward", ids, mask, weights);
        }

        float[] serve(IValue ids, IValue mask) {
            return run("serve", ids, mask, weights, packed);
        }
    }

    private static Loaded load(TransformerConfig config, InMemoryTensors tensors, LayerArithmetic arithmetic)
            throws IOException {
        String text = TransformerProgram.text(
                config,
                arithmetic.precision(),
                0,
                PackedLayers.methods(config, arithmetic),
                product("encoder.layer.0.attention.output.dense", 4, config, arithmetic),
                product("encoder.layer.0.intermediate.dense", 10, config, arithmetic));
        PtSymbolBlock program =
                JniUtils.loadModule(manager, new ByteArrayInputStream(ProgramArchive.of(text)), false, false);
        IValue weights = IValue.listFrom(TransformerWeights.load(TransformerWeights.shapes(config), tensors, manager)
                .toArray(new PtNDArray[0]));
        return new Loaded(program, weights, IValueUtils.runMethod(program, "packed", weights));
    }

    /** A product of a layer as a method of its own. */
    private static String product(String name, int at, TransformerConfig config, LayerArithmetic arithmetic) {
        return """
                  def product{at}(self: __torch__.Transformer, x: Tensor, packed: {packed}) -> Tensor:
                {unpacked}
                    few = torch.lt(torch.size(x, 0), 128)
                    none = annotate(List[Optional[number]], [])
                {product}
                    return y
                """.replace("{at}", Integer.toString(at))
                .replace("{packed}", PackedLayers.PACKED)
                .replace("{unpacked}", PackedLayers.unpacked(config))
                .replace(
                        "{product}\n",
                        PackedLayers.product("x", at, "none", PackedLayers.template(name, arithmetic, false)))
                .replace("{reduced_range}", arithmetic.reducedRange() ? "True" : "False")
                .replace("{floats}", Integer.toString(arithmetic.floats().type()));
    }

    private static LayerArithmetic plain(Precision precision) {
        return LayerArithmetic.of(precision, VNNI, List.of());
    }

    private static IValue tensor(float[] values, int rows) {
        return IValue.from((PtNDArray) manager.create(values, new Shape(rows, values.length / rows)));
    }

    /** Two texts. */
    private static IValue integers(long... values) {
        return IValue.from((PtNDArray) manager.create(values, new Shape(2, values.length / 2)));
    }

    private static IValue text(long... values) {
        return IValue.from((PtNDArray) manager.create(values, new Shape(1, values.length)));
    }

    /**
     * Inputs -1, 0, 3 have the scale 4 / 255 and the zero 63.75, which is 64: levels 0, 64, 255. The weights 2, -1, .5 have
     * the scale 2 / 127: levels 127, -64 (63.5 is rounded to even), 32 (31.75). So the sum of (0 - 64) 127, 0 and
     * (255 - 64) 32 is -2016, times both scales, plus the bias.
     */
    @Test
    void productOfEightBitsByHand() throws IOException {
        TransformerConfig config = new TransformerConfig(Family.BERT, 2, 4, 1, 1, 4, 4, 1, 1e-12, 0);
        InMemoryTensors tensors = random(config);
        tensors.put("encoder.layer.0.attention.output.dense.weight", new long[] {4, 4}, new float[] {
            2, -1, .5f, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1
        });
        tensors.put("encoder.layer.0.attention.output.dense.bias", new long[] {4}, new float[] {.25f, 7, 0, 0});
        float[] found = load(config, tensors, plain(Precision.INT8)).product(new float[] {-1, 0, 3, 0}, 1, 4);
        double first = -2016 * (4 / 255.0) * (2 / 127.0) + .25;
        double third = (-64 + 191) * 127 * (4 / 255.0) * (1 / 127.0);
        assertArrayEquals(new float[] {(float) first, 7, (float) third, 0}, found, 1e-5f);
    }

    /** Few rows and many go different ways. */
    @ParameterizedTest
    @CsvSource({"3, false", "3, true", "127, false", "128, false", "128, true", "300, false"})
    void productOfEightBitsAgreesWithPlainJava(int rows, boolean reducedRange) throws IOException {
        Random random = new Random(5);
        for (int round = 0; round < 10; round++) {
            InMemoryTensors tensors = random(BERT);
            float[] x = new float[rows * BERT.hidden()];
            double shift = 2 * random.nextGaussian();
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (random.nextGaussian() + shift);
            }
            float[] found = load(
                            BERT, tensors, new LayerArithmetic(Precision.INT8, reducedRange, List.of(), Precision.FP32))
                    .product(x, rows, 10);
            String name = "encoder.layer.0.intermediate.dense.";
            float[] expected = new PlainInt8(reducedRange ? 127 : 255)
                    .product(x, rows, floats(tensors, name + "weight"), floats(tensors, name + "bias"));
            assertArrayEquals(expected, found, 1e-4f);
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void servesWhatItTrains(Family family) throws IOException {
        Loaded loaded = load(config(family), random(config(family)), plain(Precision.FP32));
        IValue ids = integers(2, 7, 11, 3, 5, padId(family));
        IValue mask = integers(1, 1, 1, 1, 1, 0);
        assertArrayEquals(loaded.forward(ids, mask), loaded.serve(ids, mask), 1e-5f);
    }

    /** A short text that is alone takes another way through attention than a long one. */
    @ParameterizedTest
    @CsvSource({"FP32, 1e-5", "BF16, .1", "INT8, .3"})
    void servesOneTextAsItTrains(Precision precision, float difference) throws IOException {
        TransformerConfig config = new TransformerConfig(Family.BERT, 20, 8, 2, 2, 16, 200, 2, 1e-12, 0);
        Loaded loaded = load(config, random(config), plain(precision));
        Random random = new Random(4);
        for (int tokens : new int[] {1, 2, 12, 127, 128, 150}) {
            IValue ids = text(random.longs(tokens, 1, 20).toArray());
            IValue mask = text(LongStream.generate(() -> 1).limit(tokens).toArray());
            assertArrayEquals(loaded.forward(ids, mask), loaded.serve(ids, mask), difference, tokens + " tokens");
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void servesOneTextWithPaddingAsItTrains(Family family) throws IOException {
        Loaded loaded = load(config(family), random(config(family)), plain(Precision.FP32));
        IValue ids = text(2, 7, 11, padId(family));
        IValue mask = text(1, 1, 1, 0);
        assertArrayEquals(loaded.forward(ids, mask), loaded.serve(ids, mask), 1e-5f);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void narrowFormatsServeNearlyTheSame(Family family) throws IOException {
        TransformerConfig config = config(family);
        InMemoryTensors tensors = random(config);
        IValue ids = integers(2, 7, 11, 3, 5, 9);
        IValue mask = integers(1, 1, 1, 1, 1, 1);
        float[] exact = load(config, tensors, plain(Precision.FP32)).serve(ids, mask);
        Map<Precision, Double> least = Map.of(Precision.BF16, .999, Precision.INT8, .99);
        least.forEach((precision, cosine) -> {
            float[] found = serve(config, tensors, plain(precision), ids, mask);
            double measured = cosine(exact, found);
            assertTrue(measured > cosine && measured < 1 - 1e-9, precision + " " + measured);
        });
    }

    @Test
    void keptProductsHaveThirtyTwoBitsWithoutFastBfloat16() throws IOException {
        InMemoryTensors tensors = random(BERT);
        IValue ids = integers(2, 7, 11, 3, 5, 9);
        IValue mask = integers(1, 1, 1, 1, 1, 1);
        float[] exact = load(BERT, tensors, plain(Precision.FP32)).serve(ids, mask);
        List<String> all = PackedLayers.products(BERT);
        assertArrayEquals(exact, serve(BERT, tensors, LayerArithmetic.of(Precision.INT8, VNNI, all), ids, mask));
        List<String> allButOne = all.subList(1, all.size());
        float[] found = serve(BERT, tensors, LayerArithmetic.of(Precision.INT8, VNNI, allButOne), ids, mask);
        float[] none = serve(BERT, tensors, plain(Precision.INT8), ids, mask);
        assertTrue(cosine(exact, found) < 1 - 1e-9);
        assertTrue(cosine(exact, found) > cosine(exact, none));
    }

    /** Rounded weights and inputs of the products alone: nearer than 8 bits, and than bfloat16 throughout. */
    @Test
    void keptProductsHaveBfloat16WhereThatIsFast() throws IOException {
        InMemoryTensors tensors = random(BERT);
        IValue ids = integers(2, 7, 11, 3, 5, 9);
        IValue mask = integers(1, 1, 1, 1, 1, 1);
        float[] exact = serve(BERT, tensors, plain(Precision.FP32), ids, mask);
        LayerArithmetic kept = new LayerArithmetic(Precision.INT8, false, PackedLayers.products(BERT), Precision.BF16);
        float[] found = serve(BERT, tensors, kept, ids, mask);
        assertTrue(cosine(exact, found) < 1 - 1e-9);
        assertTrue(cosine(exact, found) > cosine(exact, serve(BERT, tensors, plain(Precision.INT8), ids, mask)));
        assertTrue(cosine(exact, found) > cosine(exact, serve(BERT, tensors, plain(Precision.BF16), ids, mask)));
    }

    @Test
    void productsAreNamedAsTheWeights() {
        assertEquals(
                List.of(
                        "encoder.layer.0.attention.self",
                        "encoder.layer.0.attention.output.dense",
                        "encoder.layer.0.intermediate.dense",
                        "encoder.layer.0.output.dense"),
                PackedLayers.products(BERT).subList(0, 4));
        assertEquals(8, PackedLayers.products(BERT).size());
    }

    @Test
    void unknownProductIsRefused() {
        LayerArithmetic arithmetic = LayerArithmetic.of(Precision.INT8, VNNI, List.of("encoder.layer.2.output.dense"));
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> PackedLayers.methods(BERT, arithmetic));
        assertEquals(
                "the transformer has no products [encoder.layer.2.output.dense] to keep; it has"
                        + " [encoder.layer.0.attention.self] to [encoder.layer.1.output.dense]",
                e.getMessage());
    }

    private static float[] serve(
            TransformerConfig config, InMemoryTensors tensors, LayerArithmetic arithmetic, IValue ids, IValue mask) {
        try {
            return load(config, tensors, arithmetic).serve(ids, mask);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static float[] floats(InMemoryTensors tensors, String name) throws IOException {
        FloatBuffer buffer =
                Float32.of(tensors, name).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    private static TransformerConfig config(Family family) {
        return family == Family.BERT ? BERT : XLM_ROBERTA;
    }

    private static int padId(Family family) {
        return config(family).padId();
    }

    private static double cosine(float[] a, float[] b) {
        double product = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            product += (double) a[i] * b[i];
            aa += (double) a[i] * a[i];
            bb += (double) b[i] * b[i];
        }
        return product / Math.sqrt(aa * bb);
    }

    private static InMemoryTensors random(TransformerConfig config) {
        Random random = new Random(3);
        InMemoryTensors tensors = new InMemoryTensors();
        TransformerWeights.shapes(config).forEach((name, shape) -> {
            float[] values = new float[(int) new Shape(shape).size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (name.endsWith("LayerNorm.weight") ? 1 : 0) + 0.5f * (float) random.nextGaussian();
            }
            tensors.put(name, shape, values);
        });
        return tensors;
    }
}

package org.hybridir.trainer.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.OfflineMode;
import org.hybridir.program.ProgramArchive;
import org.hybridir.weights.Float16;
import org.hybridir.weights.Float32;
import org.hybridir.weights.InMemoryTensors;

/**
 * The mean of what several adapters add to one base (Wortsman et al. 2022, model soups), as one adapter. Encoders that were
 * trained apart, with other seeds or data, err differently; their mean often errs less than each, and costs no more than one.
 *
 * <p>For each matrix, the mean of the products B A has at most the sum of their ranks. Of its singular value decomposition the
 * largest values are kept (Eckart and Young 1936: no matrix of that rank is nearer).
 *
 * @param adapter the mean; prefixes and lengths are the first one's; what int8 keeps and what {@link LanguageDirections} it
 *     goes without are to be chosen anew
 * @param kept the share, over all matrices, of the mean's squared norm that the rank holds, 0 to 1
 */
public record AdapterAverage(Adapter adapter, double kept) {
    /** B A as rows [v, u], one for each singular value, the largest first: B A is the sum of u v^T over them. */
    private static final String PROGRAM = """
            class Transformer(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def ordered(self: __torch__.Transformer, a: Tensor, b: Tensor) -> Tensor:
                a_base, a_rest = torch.linalg_qr(torch.t(a), "reduced")
                b_base, b_rest = torch.linalg_qr(b, "reduced")
                left, values, right = torch.linalg_svd(torch.matmul(b_rest, torch.t(a_rest)), False, driver=None)
                ins = torch.matmul(right, torch.t(a_base))
                outs = torch.t(torch.matmul(b_base, left))
                return torch.cat([ins, outs], 1) * torch.unsqueeze(torch.sqrt(values), 1)
            """;

    /**
     * The mean of at least two.
     *
     * @param name of the new adapter
     * @param rank of the new adapter; else the sum of theirs, which loses nothing
     * @throws IllegalArgumentException if they have not one base, the same targets and the same prefixes, or there is no such
     *     rank
     */
    public static AdapterAverage of(List<Adapter> adapters, String name, Optional<Integer> rank) throws IOException {
        requireAlike(adapters);
        int most = adapters.stream().mapToInt(adapter -> adapter.lora().rank()).sum();
        int chosen = rank.orElse(most);
        if (chosen < 1 || chosen > most) {
            throw new IllegalArgumentException("the rank of the average is [" + chosen + "]; it may be from [1] to ["
                    + most + "], the sum of theirs");
        }
        OfflineMode.enter();
        try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
                Runner runner = new Runner(JniUtils.loadModule(
                        manager, new ByteArrayInputStream(ProgramArchive.of(PROGRAM)), false, false))) {
            return new Mean(adapters, most, chosen, manager, runner).of(name);
        }
    }

    private static void requireAlike(List<Adapter> adapters) {
        if (adapters.size() < 2) {
            throw new IllegalArgumentException(
                    "an average is of at least 2 adapters, not of [" + adapters.size() + "]");
        }
        requireSame(adapters, "base, by its SHA-256", Adapter::base);
        requireSame(adapters, "targets", adapter -> adapter.lora().targets());
        requireSame(adapters, "query prefix", adapter -> adapter.manifest().queryPrefix());
        requireSame(adapters, "passage prefix", adapter -> adapter.manifest().passagePrefix());
    }

    private static void requireSame(List<Adapter> adapters, String what, Function<Adapter, Object> of) {
        List<Object> found = adapters.stream().map(of).distinct().toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException(
                    "adapters of which an average is taken must have the same " + what + ", but ["
                            + adapters.get(0).manifest().name() + "] has [" + found.get(0) + "] and another has ["
                            + found.get(1)
                            + "]; take those that were trained alike");
        }
    }

    /** The work on one matrix after the other. */
    private static final class Mean {
        private final List<Adapter> adapters;
        private final int allRanks;
        private final int rank;
        private final PtNDManager manager;
        private final Runner runner;
        private final InMemoryTensors matrices = new InMemoryTensors();
        private double norm;
        private double keptNorm;

        private Mean(List<Adapter> adapters, int allRanks, int rank, PtNDManager manager, Runner runner) {
            this.adapters = adapters;
            this.allRanks = allRanks;
            this.rank = rank;
            this.manager = manager;
            this.runner = runner;
        }

        private AdapterAverage of(String name) throws IOException {
            Adapter first = adapters.get(0);
            for (String matrix : first.matrices().names()) {
                if (matrix.endsWith(DualEncoder.A)) {
                    add(matrix.substring(0, matrix.length() - DualEncoder.A.length()));
                }
            }
            Map<String, Object> provenance = new LinkedHashMap<>();
            provenance.put(
                    "average_of",
                    adapters.stream().map(each -> each.manifest().provenance()).toList());
            Manifest manifest = first.manifest().forArtifact(name, provenance);
            Lora lora = new Lora(rank, rank, first.lora().targets());
            double kept = norm == 0 ? 1 : keptNorm / norm;
            return new AdapterAverage(new Adapter(lora, first.base(), manifest, new Float16(matrices)), kept);
        }

        private void add(String name) throws IOException {
            int inputs = (int) adapters.get(0).matrices().shape(name + DualEncoder.A)[1];
            int outputs = (int) adapters.get(0).matrices().shape(name + DualEncoder.B)[0];
            float[] rows = ordered(a(name, inputs), b(name, outputs));
            float[] a = new float[rank * inputs];
            float[] b = new float[outputs * rank];
            int width = inputs + outputs;
            for (int i = 0; i < rows.length / width; i++) {
                double value = squaredNorm(rows, i * width, inputs);
                norm += value * value;
                if (i < rank) {
                    keptNorm += value * value;
                    System.arraycopy(rows, i * width, a, i * inputs, inputs);
                    for (int out = 0; out < outputs; out++) {
                        b[out * rank + i] = rows[i * width + inputs + out];
                    }
                }
            }
            matrices.put(name + DualEncoder.A, new long[] {rank, inputs}, a);
            matrices.put(name + DualEncoder.B, new long[] {outputs, rank}, b);
        }

        private float[] ordered(PtNDArray a, PtNDArray b) {
            try (a;
                    b;
                    PtNDArray rows = runner.tensor("ordered", manager, IValue.from(a), IValue.from(b))) {
                return rows.toFloatArray();
            }
        }

        /** All A, one below the other: [sum of ranks, in]. */
        private PtNDArray a(String name, int inputs) throws IOException {
            FloatBuffer all = FloatBuffer.allocate(allRanks * inputs);
            for (Adapter adapter : adapters) {
                all.put(Float32.of(adapter.matrices(), name + DualEncoder.A).asFloatBuffer());
            }
            return (PtNDArray) manager.create(all.array(), new Shape(allRanks, inputs));
        }

        /** All B side by side, each times its factor and its share of the mean: [out, sum of ranks]. */
        private PtNDArray b(String name, int outputs) throws IOException {
            float[] all = new float[outputs * allRanks];
            int from = 0;
            for (Adapter adapter : adapters) {
                FloatBuffer one =
                        Float32.of(adapter.matrices(), name + DualEncoder.B).asFloatBuffer();
                int width = adapter.lora().rank();
                for (int i = 0; i < outputs * width; i++) {
                    all[i / width * allRanks + from + i % width] =
                            (float) (one.get(i) * adapter.lora().factor() / adapters.size());
                }
                from += width;
            }
            return (PtNDArray) manager.create(all, new Shape(outputs, allRanks));
        }

        private static double squaredNorm(float[] values, int from, int count) {
            double sum = 0;
            for (int i = from; i < from + count; i++) {
                sum += (double) values[i] * values[i];
            }
            return sum;
        }
    }
}

package org.hybridir.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.hybridir.encoder.Manifest;
import org.hybridir.trainer.batch.BatchKind;
import org.hybridir.trainer.batch.SamplerSettings;
import org.hybridir.trainer.batch.Strategy;
import org.hybridir.trainer.data.DataSet;
import org.hybridir.trainer.data.TrainingData;
import org.hybridir.trainer.model.DualEncoder;
import org.hybridir.weights.DType;
import org.hybridir.weights.InMemoryTensors;
import org.hybridir.weights.TensorSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TrainingRunTest {
    @TempDir
    private Path temp;

    private Path base;

    @BeforeEach
    void write() throws IOException {
        base = ToyWorld.encoder(temp, "base", 0);
    }

    private static RunSettings settings(Strategy strategy, long steps) {
        RunSettings plain = ToyWorld.settings(strategy, steps, 7);
        return new RunSettings(
                strategy,
                plain.sampler(),
                plain.loss(),
                plain.model(),
                plain.optimiser(),
                plain.schedule(),
                2,
                1,
                20,
                4,
                OptionalInt.empty(),
                5);
    }

    private static final class Recorder implements TrainingListener {
        private final List<StepReport> steps = new ArrayList<>();
        private final List<ValidationReport> validations = new ArrayList<>();

        @Override
        public void stepped(StepReport report) {
            steps.add(report);
        }

        @Override
        public void validated(ValidationReport report) {
            validations.add(report);
        }

        private List<List<StepReport.BatchLoss>> losses() {
            return steps.stream().map(StepReport::losses).toList();
        }
    }

    private TrainingRun.Outcome run(RunSettings settings, Path work, Recorder recorder, long stopAfter)
            throws IOException {
        try (DualEncoder encoder = DualEncoder.open(base, settings.model(), settings.loss(), 1, 7)) {
            return new TrainingRun(settings, encoder, ToyWorld.data(60, 7), work, recorder)
                    .run(() -> recorder.steps.get(recorder.steps.size() - 1).step() == stopAfter);
        }
    }

    /** The sum of a stopped and a resumed run is the run that was never stopped, to the last digit. */
    @ParameterizedTest
    @EnumSource
    void resumedRunsAreTheSame(Strategy strategy) throws IOException {
        RunSettings settings = settings(strategy, 12);
        Recorder whole = new Recorder();
        TrainingRun.Outcome outcome = run(settings, temp.resolve("whole"), whole, -1);
        assertEquals(TrainingRun.End.COMPLETE, outcome.end());
        assertEquals(12, whole.steps.size());

        Path work = temp.resolve("parts");
        Recorder parts = new Recorder();
        assertEquals(TrainingRun.End.STOPPED, run(settings, work, parts, 3).end());
        assertEquals(3, parts.steps.size());
        assertEquals(TrainingRun.End.STOPPED, run(settings, work, parts, 9).end());
        TrainingRun.Outcome resumed = run(settings, work, parts, -1);
        assertEquals(whole.losses(), parts.losses());
        assertEquals(outcome.best(), resumed.best());
        assertEquals(outcome.first(), resumed.first());
        assertEquals(whole.validations, parts.validations);
    }

    @Test
    void stepsAreOfTheStrategysKind() throws IOException {
        Recorder recorder = new Recorder();
        run(settings(Strategy.MULTI_TASK, 2), temp.resolve("work"), recorder, -1);
        StepReport first = recorder.steps.get(0);
        // two draws a step, each of a monolingual and a cross-lingual batch of 16
        assertEquals(64, first.pairs());
        assertEquals(
                List.of(BatchKind.MONOLINGUAL, BatchKind.CROSS_LINGUAL, BatchKind.MONOLINGUAL, BatchKind.CROSS_LINGUAL),
                first.losses().stream().map(StepReport.BatchLoss::kind).toList());
    }

    @Test
    void onlyTheLastAndTheBestCheckpointStay() throws IOException {
        Path work = temp.resolve("work");
        run(settings(Strategy.HYBRID, 12), work, new Recorder(), -1);
        try (var files = Files.list(work)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(2, names.size(), names.toString());
            assertTrue(names.get(0).matches("best-\\d{8}"), names.toString());
            assertEquals("last-00000012", names.get(1));
        }
    }

    /** The last step may be one after which a checkpoint is due anyway; and a finished run may be asked to go on. */
    @Test
    void aStepMayBeSavedTwice() throws IOException {
        Path work = temp.resolve("work");
        RunSettings settings = settings(Strategy.HYBRID, 10);
        TrainingRun.Outcome first = run(settings, work, new Recorder(), -1);
        assertEquals(TrainingRun.End.COMPLETE, first.end());
        assertEquals(first, run(settings, work, new Recorder(), -1));
    }

    @Test
    void otherSettingsAreRefusedOnResumption() throws IOException {
        Path work = temp.resolve("work");
        run(settings(Strategy.HYBRID, 12), work, new Recorder(), 3);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> run(settings(Strategy.MIXED, 12), work, new Recorder(), -1));
        assertTrue(
                refused.getMessage()
                        .startsWith(
                                "the checkpoint of step [3] was made with another base, other settings or other data; resume with"
                                        + " the same ones, or begin a new run"),
                refused.getMessage());
    }

    @Test
    void otherLengthsOrWeightsAreRefusedOnResumption() throws IOException {
        Path work = temp.resolve("work");
        RunSettings settings = settings(Strategy.HYBRID, 12);
        run(settings, work, new Recorder(), 3);
        try (DualEncoder shorter = DualEncoder.open(
                base,
                own -> new Manifest("x", "", "", 16, 8, own.files(), own.provenance()),
                settings.model(),
                settings.loss(),
                1,
                7)) {
            assertRefused(settings, shorter, ToyWorld.data(60, 7), work, "query [] 16 tokens, passage [] 8 tokens");
        }
        try (DualEncoder same = DualEncoder.open(base, settings.model(), settings.loss(), 1, 7)) {
            DataSet heavier = new DataSet("toy", ToyWorld.pairs(60, 7), OptionalDouble.of(5));
            assertRefused(settings, same, TrainingData.of(List.of(heavier)), work, "resume with the same ones");
        }
    }

    private static void assertRefused(
            RunSettings settings, DualEncoder encoder, TrainingData data, Path work, String message) {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> new TrainingRun(settings, encoder, data, work, new TrainingListener() {}));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    /** A rate that destroys: the best of the steps is still told from the base. */
    @Test
    void theBestIsAStepThoughTheBaseWasBetter() throws IOException {
        RunSettings plain = settings(Strategy.HYBRID, 4);
        RunSettings destroying = new RunSettings(
                plain.strategy(),
                plain.sampler(),
                plain.loss(),
                plain.model(),
                plain.optimiser(),
                new Schedule(Schedule.Shape.CONSTANT, 5, 0, 4),
                1,
                1,
                20,
                1,
                OptionalInt.empty(),
                100);
        TrainingRun.Outcome outcome = run(destroying, temp.resolve("work"), new Recorder(), -1);
        assertTrue(outcome.bestStep() >= 1 && outcome.bestStep() <= 4, outcome::toString);
        assertEquals(0, outcome.first().orElseThrow().step());
        assertEquals(
                outcome.best().orElseThrow().score()
                        <= outcome.first().orElseThrow().score(),
                outcome.isNoBetter());
    }

    /** Weights that cannot be written stand for a full disk. */
    @Test
    void theCheckpointBeforeStaysIfOneCannotBeWritten() throws IOException {
        Path folder = temp.resolve("checkpoints");
        Checkpoints checkpoints = new Checkpoints(folder);
        InMemoryTensors good = new InMemoryTensors().put("a", new long[] {1}, 5f);
        IOException none =
                assertThrows(IOException.class, () -> checkpoints.saveLast(1, new FullDisk(), good, Map.of()));
        assertEquals(
                "the checkpoint of step [1] could not be written to [" + folder
                        + "]: No space left on device; there is none before it: make room there and resume",
                none.getMessage());
        checkpoints.saveLast(2, good, good, Map.of("step", 2));
        IOException failed =
                assertThrows(IOException.class, () -> checkpoints.saveLast(3, good, new FullDisk(), Map.of()));
        assertEquals(
                "the checkpoint of step [3] could not be written to [" + folder
                        + "]: No space left on device; that of step [2] stays: make room there and resume",
                failed.getMessage());
        assertEquals(2, checkpoints.lastStep().getAsLong());
        checkpoints.restoreLast((values, moments) -> assertEquals(
                5f, values.bytes("a").order(java.nio.ByteOrder.LITTLE_ENDIAN).getFloat(0)));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("last-00000002")), files.toList());
        }
    }

    private record FullDisk() implements TensorSource {
        @Override
        public Set<String> names() {
            return Set.of("a");
        }

        @Override
        public DType type(String name) {
            return DType.F32;
        }

        @Override
        public long[] shape(String name) {
            return new long[] {1};
        }

        @Override
        public ByteBuffer bytes(String name) throws IOException {
            throw new IOException("No space left on device");
        }
    }

    @Test
    void unfinishedCheckpointsAreRemoved() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("checkpoints"));
        Path half = Files.createDirectory(folder.resolve(".last-00000005.part"));
        Files.writeString(half.resolve("values.safetensors"), "half");
        Checkpoints checkpoints = new Checkpoints(folder);
        assertFalse(Files.exists(half));
        assertTrue(checkpoints.lastStep().isEmpty());
    }

    @Test
    void patienceEndsARun() throws IOException {
        RunSettings plain = settings(Strategy.HYBRID, 400);
        RunSettings impatient = new RunSettings(
                plain.strategy(),
                new SamplerSettings(4, 1, .5, 7, false, 1),
                plain.loss(),
                plain.model(),
                plain.optimiser(),
                new Schedule(Schedule.Shape.CONSTANT, .3, 0, 400),
                1,
                1,
                20,
                1,
                OptionalInt.of(3),
                100);
        Recorder recorder = new Recorder();
        // a rate that destroys: nothing is ever better than the base
        TrainingRun.Outcome outcome = run(impatient, temp.resolve("work"), recorder, -1);
        assertEquals(TrainingRun.End.EARLY, outcome.end());
        assertEquals(outcome.best().orElseThrow().step() + 3, outcome.steps());
        // asked again, it trains no further
        assertEquals(outcome, run(impatient, temp.resolve("work"), new Recorder(), -1));
    }

    @Test
    void ratesByHand() {
        Schedule linear = new Schedule(Schedule.Shape.LINEAR, 1, .2, 10);
        assertEquals(.5, linear.rate(1), 1e-12);
        assertEquals(1, linear.rate(2), 1e-12);
        assertEquals(1, linear.rate(3), 1e-12);
        assertEquals(.125, linear.rate(10), 1e-12);
        Schedule cosine = new Schedule(Schedule.Shape.COSINE, 2, 0, 4);
        assertEquals(2, cosine.rate(1), 1e-12);
        assertEquals(1, cosine.rate(3), 1e-12);
        assertEquals(3, new Schedule(Schedule.Shape.CONSTANT, 3, .5, 4).rate(4), 1e-12);
    }
}

package org.hybridir.trainer.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.TextRole;
import org.hybridir.encoder.Tokens;
import org.hybridir.trainer.batch.Batch;
import org.hybridir.trainer.batch.BatchSampler;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData;
import org.hybridir.trainer.model.DualEncoder;
import org.hybridir.trainer.model.TrainingStep;

/**
 * A run: draws batches, trains on them, validates, saves, and goes on where a run before it was stopped.
 *
 * <p>Everything random follows from the seed and the number of the step, so a run that was stopped and resumed gives the
 * same losses as one that was not, to the last digit, on the same machine with the same threads.
 */
public final class TrainingRun {
    private final RunSettings settings;
    private final DualEncoder encoder;
    private final TrainingData.Split data;
    private final Checkpoints checkpoints;
    private final TrainingListener listener;
    private final String identity;
    private final Optional<Validation> validation;

    private long step;
    private Optional<ValidationReport> first = Optional.empty();
    private Optional<ValidationReport> best = Optional.empty();
    private int validationsSinceBest;

    /**
     * @param encoder as its base is
     * @param data what is trained on; held-out pairs are taken from it
     * @param work folder of the checkpoints; a run that has one there goes on from it
     * @throws IllegalArgumentException if that one was begun with another base, other settings or other data
     */
    public TrainingRun(
            RunSettings settings, DualEncoder encoder, TrainingData data, Path work, TrainingListener listener)
            throws IOException {
        this.settings = settings;
        this.encoder = encoder;
        this.data = data.split(settings.validationPairs(), settings.seed());
        this.checkpoints = new Checkpoints(work);
        this.listener = listener;
        this.identity = settings + " on " + data.fingerprint() + " from " + begin(encoder);
        this.validation = this.data.validation().isEmpty()
                ? Optional.empty()
                : Optional.of(new Validation(
                        this.data.validation(), settings.sampler().batchSize()));
        requireSame();
    }

    /** Base, adapter, prefixes and lengths. */
    private static String begin(DualEncoder encoder) {
        Manifest texts = encoder.manifest();
        StringBuilder begin = new StringBuilder(encoder.artifact().weightsHash());
        encoder.began().ifPresent(first -> begin.append(" and adapter ").append(first));
        for (TextRole role : TextRole.values()) {
            begin.append(", ")
                    .append(role.key())
                    .append(" [")
                    .append(texts.prefix(role))
                    .append("] ");
            begin.append(texts.maxTokens(role)).append(" tokens");
        }
        return begin.toString();
    }

    private void requireSame() throws IOException {
        if (checkpoints.lastStep().isEmpty()) {
            return;
        }
        String then = checkpoints.lastState().path("run").asText();
        if (!then.equals(identity)) {
            throw new IllegalArgumentException(
                    "the checkpoint of step [" + checkpoints.lastStep().getAsLong()
                            + "] was made with another base, other settings or other data; resume with the same ones, or begin"
                            + " a new run\n  then: " + then + "\n  now:  " + identity);
        }
    }

    /** How a run ended. */
    public enum End {
        /** All steps are done. */
        COMPLETE,
        /** Validation got no better for long enough. */
        EARLY,
        /** It was asked to stop, and can go on. */
        STOPPED
    }

    /**
     * What a run came to.
     *
     * @param end how it ended
     * @param steps that were trained
     * @param first validation, of the base
     * @param best validation after a step, better than the base's or not; the encoder has its weights now, unless the run was
     *     stopped
     */
    public record Outcome(End end, long steps, Optional<ValidationReport> first, Optional<ValidationReport> best) {
        /** The step whose weights a finished run ends with. */
        public long bestStep() {
            return best.map(ValidationReport::step).orElse(steps);
        }

        /** Whether training made the encoder no better, as far as validation tells. */
        public boolean isNoBetter() {
            return best.isPresent() && best.get().score() <= first.orElseThrow().score();
        }
    }

    /** The step from which a run with this folder of checkpoints would go on; 0 if there is none. */
    public static long reached(Path work) throws IOException {
        return Files.isDirectory(work) ? new Checkpoints(work).lastStep().orElse(0) : 0;
    }

    /**
     * Trains until the end, or until asked to stop: then the step is finished and a checkpoint written.
     *
     * @param stop asked after each step
     */
    public Outcome run(BooleanSupplier stop) throws IOException {
        BatchSampler sampler = settings.strategy().sampler(data.training(), settings.sampler());
        resume();
        sampler.skip(step * settings.accumulate());
        if (step == 0) {
            validate();
        }
        if (isOutOfPatience()) {
            // it had ended, and is asked for its best weights again
            return finish(End.EARLY);
        }
        while (step < settings.schedule().steps()) {
            train(sampler);
            boolean last = step == settings.schedule().steps();
            if (last || step % settings.validateEvery() == 0) {
                validate();
            }
            if (isOutOfPatience()) {
                return finish(End.EARLY);
            }
            boolean stopped = !last && stop.getAsBoolean();
            if (stopped || step % settings.checkpointEvery() == 0) {
                save();
            }
            if (stopped) {
                return new Outcome(End.STOPPED, step, first, best);
            }
        }
        return finish(End.COMPLETE);
    }

    private boolean isOutOfPatience() {
        return settings.patience().isPresent()
                && validationsSinceBest >= settings.patience().getAsInt();
    }

    /** The best weights are those to keep. */
    private Outcome finish(End end) throws IOException {
        save();
        if (best.isPresent() && best.get().step() != step) {
            checkpoints.restoreBest((values, moments) -> encoder.restoreValues(values));
        }
        return new Outcome(end, step, first, best);
    }

    private void train(BatchSampler sampler) throws IOException {
        long started = System.nanoTime();
        step++;
        List<Batch> batches = new ArrayList<>();
        for (int draw = 0; draw < settings.accumulate(); draw++) {
            batches.addAll(sampler.next());
        }
        List<TokenizedBatch> tokenized = batches.stream().map(this::tokenize).toList();
        List<Tokens> texts = tokenized.stream().flatMap(TokenizedBatch::texts).toList();
        double rate = settings.schedule().rate(step);
        List<StepReport.BatchLoss> losses = new ArrayList<>();
        double norm;
        try (TrainingStep training = encoder.step(texts, stepSeed())) {
            for (TokenizedBatch batch : tokenized) {
                double weight = batch.source.weight() / settings.accumulate();
                double loss = training.accumulate(batch.queries, batch.passages, weight);
                losses.add(new StepReport.BatchLoss(batch.source.kind(), loss));
            }
            norm = settings.optimiser().update(encoder, training, step, rate);
        }
        listener.stepped(new StepReport(
                step,
                losses,
                rate,
                norm,
                batches.stream().mapToInt(batch -> batch.pairs().size()).sum(),
                texts.stream().mapToInt(text -> text.ids().length).sum(),
                (System.nanoTime() - started) / 1e9));
    }

    /** Far from that of the next step, since a step counts its chunks from it. */
    private long stepSeed() {
        return settings.seed() * 1_000_003 + step * 1_000_000_007L;
    }

    private record TokenizedBatch(Batch source, List<Tokens> queries, List<Tokens> passages) {
        Stream<Tokens> texts() {
            return Stream.concat(queries.stream(), passages.stream());
        }
    }

    private TokenizedBatch tokenize(Batch batch) {
        List<Tokens> queries = new ArrayList<>();
        List<Tokens> passages = new ArrayList<>();
        for (Pair pair : batch.pairs()) {
            queries.add(encoder.tokenize(pair.query(), TextRole.QUERY));
            passages.add(encoder.tokenize(pair.passage(), TextRole.PASSAGE));
        }
        for (Pair pair : batch.pairs()) {
            pair.negatives().forEach(negative -> passages.add(encoder.tokenize(negative, TextRole.PASSAGE)));
        }
        return new TokenizedBatch(batch, queries, passages);
    }

    private void validate() throws IOException {
        if (validation.isEmpty()) {
            return;
        }
        ValidationReport report = validation.get().measure(encoder, step);
        if (step == 0) {
            first = Optional.of(report);
        } else if (best.isEmpty() || report.score() > best.get().score()) {
            best = Optional.of(report);
            validationsSinceBest = 0;
            checkpoints.saveBest(step, encoder.values(), report.toMap());
        } else {
            validationsSinceBest++;
        }
        listener.validated(report);
    }

    private void save() throws IOException {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("step", step);
        state.put("run", identity);
        state.put("validations_since_best", validationsSinceBest);
        first.ifPresent(report -> state.put("first", stored(report)));
        best.ifPresent(report -> state.put("best", stored(report)));
        checkpoints.saveLast(step, encoder.values(), encoder.moments(), state);
        listener.saved(step);
    }

    private static Map<String, Object> stored(ValidationReport report) {
        return Map.of(
                "step", report.step(), "loss", report.loss(), "batch_map", report.batchMap(), "map", report.map());
    }

    private static ValidationReport loaded(JsonNode node) {
        Map<String, Double> map = new LinkedHashMap<>();
        node.path("map")
                .properties()
                .forEach(one -> map.put(one.getKey(), one.getValue().asDouble()));
        return new ValidationReport(
                node.path("step").asLong(),
                node.path("loss").asDouble(),
                node.path("batch_map").asDouble(),
                map);
    }

    private void resume() throws IOException {
        if (checkpoints.lastStep().isEmpty()) {
            return;
        }
        JsonNode state = checkpoints.lastState();
        checkpoints.restoreLast((values, moments) -> {
            encoder.restoreValues(values);
            encoder.restoreMoments(moments.orElseThrow());
        });
        step = state.path("step").asLong();
        validationsSinceBest = state.path("validations_since_best").asInt();
        first = state.has("first") ? Optional.of(loaded(state.get("first"))) : Optional.empty();
        best = state.has("best") ? Optional.of(loaded(state.get("best"))) : Optional.empty();
    }
}

package org.hybridir.trainer.run;

import java.util.OptionalInt;
import org.hybridir.trainer.batch.SamplerSettings;
import org.hybridir.trainer.batch.Strategy;
import org.hybridir.trainer.loss.Loss;
import org.hybridir.trainer.model.AdamW;
import org.hybridir.trainer.model.ModelSettings;

/**
 * All that decides a run, besides the base and the data.
 *
 * @param strategy which pairs make a batch
 * @param sampler batch size, alpha, seed
 * @param loss what a batch is judged by
 * @param model what is trained, and how it computes
 * @param optimiser AdamW
 * @param schedule the learning rate over the steps
 * @param accumulate how many draws of the sampler make a step
 * @param threads of each operator of PyTorch
 * @param validationPairs how many pairs are held out; 0 for none
 * @param validateEvery steps between two validations
 * @param patience validations without a better one after which training ends; empty: it never ends early
 * @param checkpointEvery steps between two checkpoints
 */
public record RunSettings(
        Strategy strategy,
        SamplerSettings sampler,
        Loss loss,
        ModelSettings model,
        AdamW optimiser,
        Schedule schedule,
        int accumulate,
        int threads,
        int validationPairs,
        int validateEvery,
        OptionalInt patience,
        int checkpointEvery) {
    public RunSettings {
        requirePositive("accumulation", accumulate);
        requirePositive("threads", threads);
        requirePositive("steps between validations", validateEvery);
        requirePositive("steps between checkpoints", checkpointEvery);
        patience.ifPresent(validations -> requirePositive("patience", validations));
        if (validationPairs < 0 || validationPairs == 1) {
            throw new IllegalArgumentException("validation pairs are [" + validationPairs
                    + "]; give [0] for none, or [2] or more, for one alone is compared with nothing");
        }
        if (patience.isPresent() && validationPairs == 0) {
            throw new IllegalArgumentException("patience is [" + patience.getAsInt()
                    + "], and nothing validates: give validation pairs, or no patience");
        }
    }

    private static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + ": [" + value + "] given; it must be at least [1]");
        }
    }

    /** The same but for what a sweep compares. */
    public RunSettings with(Strategy otherStrategy, double alpha, long seed) {
        return new RunSettings(
                otherStrategy,
                new SamplerSettings(
                        sampler.batchSize(),
                        alpha,
                        sampler.monolingualWeight(),
                        seed,
                        sampler.allowDuplicates(),
                        sampler.neighbours()),
                loss,
                model,
                optimiser,
                schedule,
                accumulate,
                threads,
                validationPairs,
                validateEvery,
                patience,
                checkpointEvery);
    }

    /** The run's seed. */
    public long seed() {
        return sampler.seed();
    }
}

package org.hybridir.trainer.model;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * AdamW (Loshchilov and Hutter 2019) by PyTorch's fused kernel, with beta 0.9 and 0.999; decay on matrices only.
 *
 * <p>Of the word embeddings it changes the rows that a step used, and only their running means: the rest neither moves
 * nor decays. That is what frameworks call sparse or lazy Adam.
 *
 * @param decay of the weights, as a share of the learning rate; at least 0
 * @param clip the largest norm of all gradients together; longer ones are shortened to it
 */
public record AdamW(double decay, double clip) {
    public AdamW {
        if (!(decay >= 0) || !(clip > 0)) {
            throw new IllegalArgumentException(
                    "weight decay must be at least [0] and the clipping norm above [0], not [" + decay + "] and ["
                            + clip + "]");
        }
    }

    /**
     * Changes the encoder by a step's gradients.
     *
     * @param done how many updates there have been, this one included
     * @param rate the learning rate
     * @return the norm of all gradients before clipping
     */
    public double update(DualEncoder encoder, TrainingStep step, long done, double rate) {
        Map<Parameter, PtNDArray> gradients = step.gradients();
        List<PtNDArray> all = new ArrayList<>(gradients.values());
        PtNDArray rows = encoder.trainsTable() ? step.rowGradient() : null;
        if (rows != null) {
            all.add(rows);
        }
        double norm = clip(encoder, step, all);
        update(encoder, gradients, true, done, rate);
        update(encoder, gradients, false, done, rate);
        if (rows != null) {
            updateRows(encoder, step, rows, done, rate);
        }
        gradients.values().forEach(PtNDArray::close);
        return norm;
    }

    private double clip(DualEncoder encoder, TrainingStep step, List<PtNDArray> gradients) {
        try (PtNDArray norm =
                encoder.runner().tensor("clip", step.scope(), Runner.list(gradients), IValue.from(clip))) {
            return norm.getFloat();
        }
    }

    private void update(
            DualEncoder encoder, Map<Parameter, PtNDArray> gradients, boolean decays, long done, double rate) {
        List<Parameter> some =
                gradients.keySet().stream().filter(p -> p.decays() == decays).toList();
        if (some.isEmpty()) {
            return;
        }
        encoder.runner()
                .change(
                        "adam",
                        Runner.list(some.stream().map(Parameter::value).toList()),
                        Runner.list(some.stream().map(gradients::get).toList()),
                        Runner.list(some.stream().map(Parameter::mean).toList()),
                        Runner.list(some.stream().map(Parameter::square).toList()),
                        IValue.from(done),
                        IValue.from(rate),
                        IValue.from(decays ? decay : 0.0));
    }

    private void updateRows(DualEncoder encoder, TrainingStep step, PtNDArray gradient, long done, double rate) {
        Parameter table = encoder.tableParameter();
        encoder.runner()
                .change(
                        "adam_rows",
                        IValue.from(table.value()),
                        IValue.from(table.mean()),
                        IValue.from(table.square()),
                        IValue.from(step.rowIds()),
                        IValue.from(gradient),
                        IValue.from(done),
                        IValue.from(rate),
                        IValue.from(decay));
    }
}

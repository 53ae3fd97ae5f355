package org.hybridir.trainer.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.List;

/** Calls the program's methods, with gradient or without. */
final class Runner implements AutoCloseable {
    private final PtSymbolBlock program;

    Runner(PtSymbolBlock program) {
        this.program = program;
    }

    /**
     * A method that returns one tensor.
     *
     * @param gradient whether the result can be derived
     * @param inputs single tensors, in order
     * @param weights the list that comes last, if any
     * @return an array of {@code scope}
     */
    PtNDArray run(String method, boolean gradient, NDManager scope, List<PtNDArray> inputs, List<PtNDArray> weights) {
        NDList arguments = new NDList(inputs.size() + weights.size() + 1);
        // DJL finds the method, and the list, by the arrays' names; the result belongs to the first array's manager
        try (NDArray marker = scope.create(0f)) {
            marker.setName(TrainingProgram.marker(method));
            arguments.add(marker);
            arguments.addAll(inputs);
            for (PtNDArray weight : weights) {
                weight.setName("weights[]");
                arguments.add(weight);
            }
            return forward(arguments, gradient);
        }
    }

    /** DJL's own way to run without gradient gives tensors that can never have one. */
    private PtNDArray forward(NDList arguments, boolean gradient) {
        JniUtils.setGradMode(gradient);
        try {
            return (PtNDArray) IValueUtils.forward(program, arguments, true).singletonOrThrow();
        } finally {
            JniUtils.setGradMode(true);
        }
    }

    /** A method that returns one tensor, which can never have a gradient. */
    PtNDArray tensor(String method, PtNDManager scope, IValue... arguments) {
        try (IValue result = call(method, arguments)) {
            return (PtNDArray) result.toTensor(scope);
        }
    }

    /** A method that changes its arguments. */
    void change(String method, IValue... arguments) {
        call(method, arguments).close();
    }

    private IValue call(String method, IValue... arguments) {
        try {
            return IValueUtils.runMethod(program, method, arguments);
        } finally {
            Arrays.stream(arguments).forEach(IValue::close);
        }
    }

    static IValue list(List<PtNDArray> arrays) {
        return IValue.listFrom(arrays.toArray(new PtNDArray[0]));
    }

    @Override
    public void close() {
        program.close();
    }
}

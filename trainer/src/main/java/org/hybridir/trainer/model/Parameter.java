package org.hybridir.trainer.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;

/**
 * One tensor that is trained, with AdamW's running means of its gradients and of their squares, all with 32 bits.
 *
 * @param name unique among an encoder's parameters
 * @param value changed in place
 * @param mean of the gradients
 * @param square mean of the gradients' squares
 * @param decays whether weight decay applies: to matrices, not to biases and layer norms
 */
record Parameter(String name, PtNDArray value, PtNDArray mean, PtNDArray square, boolean decays) {
    static Parameter of(String name, PtNDArray value, NDManager manager) {
        return new Parameter(
                name,
                value,
                (PtNDArray) manager.zeros(value.getShape(), DataType.FLOAT32),
                (PtNDArray) manager.zeros(value.getShape(), DataType.FLOAT32),
                value.getShape().dimension() == 2);
    }
}

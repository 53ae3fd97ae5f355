package org.hybridir.encoder;

/** The number format in which the encoder's layers run. */
public enum Precision {
    /** 32-bit floating point, the reference that every other precision is compared with. */
    FP32
}

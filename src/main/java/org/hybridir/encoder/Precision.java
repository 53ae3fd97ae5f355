package org.hybridir.encoder;

/** The number format in which the encoder's layers run. */
public enum Precision {
    /** 32-bit floating point, the reference that every other precision is compared with. */
    FP32("fp32");

    private final String key;

    Precision(String key) {
        this.key = key;
    }

    /** How settings and REST write it. */
    public String key() {
        return key;
    }
}

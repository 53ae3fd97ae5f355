package org.hybridir.program;

/** The number format in which a transformer's layers run. */
public enum Precision {
    /** 32-bit floating point, the reference that every other precision is compared with. */
    FP32("fp32", "torch.linear(x, weights[at], weights[at + 1])", 6),
    /**
     * bfloat16: half the bytes, and on processors with AVX512_BF16 or AMX about twice the speed. Weights of 32 bits are
     * rounded where they are used, so that training keeps and updates all their bits.
     */
    BF16("bf16", "torch.linear(x, torch.to(weights[at], 15), torch.to(weights[at + 1], 15))", 15);

    private final String key;
    private final String linear;
    private final int type;

    Precision(String key, String linear, int type) {
        this.key = key;
        this.linear = linear;
        this.type = type;
    }

    /** How settings and REST write it. */
    public String key() {
        return key;
    }

    /** TorchScript of a linear layer over {@code x}, {@code weights} and {@code at}. */
    String linear() {
        return linear;
    }

    /** PyTorch's number of the type. */
    int type() {
        return type;
    }
}

package org.hybridir.program;

/** The number format in which a transformer's layers run. */
public enum Precision {
    /** 32-bit floating point, the reference that every other precision is compared with. */
    FP32("fp32", "torch.linear(x, weights[at], weights[at + 1])", 6, 4, 1e-3, .9999),
    /**
     * bfloat16: half the bytes, and on processors with AVX512_BF16 or AMX about twice the speed. Weights of 32 bits are
     * rounded where they are used, so that training keeps and updates all their bits.
     */
    BF16("bf16", "torch.linear(x, torch.to(weights[at], 15), torch.to(weights[at + 1], 15))", 15, 2, 1e-2, .999),

    /**
     * 8-bit integers, to serve only: the weights of each output have a scale of their own and the inputs of a product one
     * scale, taken from the numbers themselves. All between the products has 32 bits. The scale is of all texts of a batch,
     * so that a text's vector depends a little on the texts that run beside it.
     */
    INT8("int8", FP32.linear, FP32.type, 2, .2, .9);

    private final String key;
    private final String linear;
    private final int type;
    private final int bytes;
    private final double largestDifference;
    private final double leastCosine;

    Precision(String key, String linear, int type, int bytes, double largestDifference, double leastCosine) {
        this.key = key;
        this.linear = linear;
        this.type = type;
        this.bytes = bytes;
        this.largestDifference = largestDifference;
        this.leastCosine = leastCosine;
    }

    /** How settings and REST write it. */
    public String key() {
        return key;
    }

    /** Whether gradients pass through it, so that an encoder can train in it. */
    public boolean trains() {
        return this != INT8;
    }

    /** TorchScript of a linear layer over {@code x}, {@code weights} and {@code at}. */
    String linear() {
        return linear;
    }

    /** PyTorch's number of the type. */
    int type() {
        return type;
    }

    /** Of a weight in a product; one of 8 bits is held twice, see {@link PackedLayers}. */
    public int bytes() {
        return bytes;
    }

    /**
     * By how much a number of a unit vector may differ from the 32-bit reference on another processor: those add up in
     * different orders, and narrower formats round.
     */
    public double largestDifference() {
        return largestDifference;
    }

    /**
     * The least cosine to the 32-bit reference. In {@code int8} golden texts of multilingual BERT measured .96 to .99, with
     * numbers up to .035 apart; what belongs to another model or another tokenizer stays far below .9.
     */
    public double leastCosine() {
        return leastCosine;
    }
}

package org.hybridir.program;

/** The families of transformers whose program we write. */
public enum Family {
    /** BERT, mBERT, LaBSE, multilingual MiniLM: positions from 0, two token types. */
    BERT("bert"),
    /** XLM-R, multilingual-e5: positions from padding id + 1, one token type. */
    XLM_ROBERTA("xlm-roberta");

    private final String modelType;

    Family(String modelType) {
        this.modelType = modelType;
    }

    /** {@code model_type} of HuggingFace's {@code config.json}. */
    public String modelType() {
        return modelType;
    }
}

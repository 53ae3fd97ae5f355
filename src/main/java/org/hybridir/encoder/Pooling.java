package org.hybridir.encoder;

import java.util.Locale;

/** How the vectors of a text's tokens become one vector. */
public enum Pooling {
    /** The mean over all tokens that are not padding, special tokens included. */
    MEAN("pooling_mode_mean_tokens", "torch.sum(tokens * real, [1]) / torch.sum(real, [1])", "torch.mean(tokens, [1])"),
    /** The vector of the first token, {@code [CLS]} or {@code <s>}. */
    CLS("pooling_mode_cls_token", "torch.select(tokens, 1, 0)", "torch.select(tokens, 1, 0)");

    private final String flag;
    private final String expression;
    private final String expressionOfOne;

    Pooling(String flag, String expression, String expressionOfOne) {
        this.flag = flag;
        this.expression = expression;
        this.expressionOfOne = expressionOfOne;
    }

    /** How REST and people write it. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field that says so in sentence-transformers' {@code 1_Pooling/config.json}. */
    String flag() {
        return flag;
    }

    /** TorchScript over {@code tokens} [b,t,h] and {@code real} [b,t,1], which is 1 for a token and 0 for padding. */
    public String expression() {
        return expression;
    }

    /** TorchScript over {@code tokens} [1,t,h] of one text, which has no padding. */
    String expressionOfOne() {
        return expressionOfOne;
    }
}

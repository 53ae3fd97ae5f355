package org.hybridir.encoder;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Text to token ids by HuggingFace's tokenizers, cut to a limit. The library tokenizes the whole of a text before it
 * truncates, so a long text is cut first, to {@value #CODE_POINTS_PER_TOKEN} code points for each token allowed.
 */
public final class TextTokenizer implements AutoCloseable {
    /** No language's tokens are so long on average; English has 4 to 5. */
    private static final int CODE_POINTS_PER_TOKEN = 8;

    private final HuggingFaceTokenizer tokenizer;
    private final int vocabulary;
    private final int closingTokens;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, int vocabulary) throws ArtifactException {
        this.tokenizer = tokenizer;
        this.vocabulary = vocabulary;
        int special = tokenizer.encode("").getIds().length;
        if (special == 0) {
            throw new ArtifactException("[tokenizer.json] adds no special tokens, so an empty text would have no token;"
                    + " it needs a post-processor that puts the model's first and last token around a text");
        }
        // all but the first: a text begins with [CLS] or <s>, and what else is added closes it
        this.closingTokens = special - 1;
    }

    /** The tokenizer of an artifact. */
    public static TextTokenizer open(Artifact artifact) throws IOException {
        return open(artifact.tokenizerJson(), artifact.config().vocabulary());
    }

    /**
     * @param json the text of {@code tokenizer.json}
     * @param vocabulary how many ids the transformer knows
     */
    static TextTokenizer open(String json, int vocabulary) throws IOException {
        HuggingFaceTokenizer tokenizer = library(json);
        try {
            return new TextTokenizer(tokenizer, vocabulary);
        } catch (ArtifactException | RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static HuggingFaceTokenizer library(String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        try {
            // truncation is ours, since it must be counted; padding is the batch's
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(bytes), Map.of("truncation", "false", "padding", "false"));
        } catch (RuntimeException e) {
            throw new ArtifactException(
                    "[tokenizer.json] is none that the tokenizers library reads: " + e.getMessage(), e);
        }
    }

    /** Tokenizes a text; the closing special tokens are kept when it is cut to {@code maxTokens}. */
    public Tokens tokenize(String text, int maxTokens) {
        String head = head(text, maxTokens);
        long[] ids = tokenizer.encode(wellFormed(head)).getIds();
        requireKnown(ids);
        boolean cut = head.length() < text.length();
        return ids.length > maxTokens ? new Tokens(truncate(ids, maxTokens), true) : new Tokens(ids, cut);
    }

    private static String head(String text, int maxTokens) {
        long limit = (long) maxTokens * CODE_POINTS_PER_TOKEN;
        if (text.length() <= limit || text.codePointCount(0, text.length()) <= limit) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, (int) limit));
    }

    /** Half a surrogate pair is no character; the native library must not see it. */
    private static String wellFormed(String text) {
        StringBuilder changed = null;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                changed = changed == null ? new StringBuilder(text) : changed;
                changed.setCharAt(i, '\uFFFD');
            }
        }
        return changed == null ? text : changed.toString();
    }

    private long[] truncate(long[] ids, int maxTokens) {
        long[] kept = Arrays.copyOf(ids, maxTokens);
        System.arraycopy(ids, ids.length - closingTokens, kept, maxTokens - closingTokens, closingTokens);
        return kept;
    }

    private void requireKnown(long[] ids) {
        for (long id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw new IllegalStateException(
                        "the tokenizer gave the id [" + id + "], and the model knows only ids below [" + vocabulary
                                + "]: tokenizer.json belongs to another model");
            }
        }
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}

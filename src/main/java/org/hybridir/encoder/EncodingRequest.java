package org.hybridir.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The texts of one call on their way through a lane; equal ones are one. Its result is complete when the last has its vector. */
final class EncodingRequest {
    /** One text that waits or runs. */
    record Text(EncodingRequest request, int place, Tokens tokens) {
        int length() {
            return tokens.ids().length;
        }
    }

    private final List<Text> texts;
    /** For each text of the call, which of {@link #texts} it is. */
    private final int[] places;

    private final float[][] vectors;
    private final AtomicInteger left;
    private final CompletableFuture<List<Encoding>> result = new CompletableFuture<>();
    private final long since = System.nanoTime();

    EncodingRequest(List<String> call, Function<String, Tokens> tokenizer) {
        Map<String, Integer> seen = new HashMap<>();
        this.texts = new ArrayList<>();
        this.places = new int[call.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = seen.computeIfAbsent(call.get(i), text -> add(tokenizer.apply(text)));
        }
        this.vectors = new float[texts.size()][];
        this.left = new AtomicInteger(texts.size());
        if (texts.isEmpty()) {
            result.complete(List.of());
        }
    }

    private int add(Tokens tokens) {
        texts.add(new Text(this, texts.size(), tokens));
        return texts.size() - 1;
    }

    /** Without repetitions, in the order of the call. */
    List<Text> texts() {
        return texts;
    }

    /** How many texts of the call are the same as an earlier one. */
    int repeated() {
        return places.length - texts.size();
    }

    long tokens() {
        return texts.stream().mapToLong(Text::length).sum();
    }

    /** {@link System#nanoTime} when it came. */
    long since() {
        return since;
    }

    CompletableFuture<List<Encoding>> result() {
        return result;
    }

    /** A text has its vector. The last one completes the result. */
    void encoded(Text text, float[] vector) {
        vectors[text.place()] = vector;
        // the counter also makes the vectors of other threads visible to the one that ends it
        if (left.decrementAndGet() == 0) {
            result.complete(encodings());
        }
    }

    private List<Encoding> encodings() {
        return Arrays.stream(places).mapToObj(this::encoding).toList();
    }

    private Encoding encoding(int place) {
        Tokens tokens = texts.get(place).tokens();
        return new Encoding(vectors[place], tokens.ids().length, tokens.truncated());
    }
}

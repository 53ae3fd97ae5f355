package org.hybridir.trainer.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How fast a contestant encoded texts.
 *
 * @param peer as of {@link Contestant#peer()}
 * @param texts of one run
 * @param computed in one run
 * @param seconds of each run, at least one
 */
record Throughput(String name, Optional<String> peer, int texts, Contestant.Computed computed, double[] seconds) {
    Throughput {
        seconds = seconds.clone();
        Arrays.sort(seconds);
    }

    /** Texts a second in the run in the middle. */
    double median() {
        int middle = seconds.length / 2;
        double median = seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2;
        return texts / median;
    }

    /** Texts a second in the slowest run. */
    double slowest() {
        return texts / seconds[seconds.length - 1];
    }

    /** Texts a second in the fastest run. */
    double fastest() {
        return texts / seconds[0];
    }

    /** Tokens a second, without padding. */
    double tokens() {
        return median() * computed.tokens() / texts;
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("texts", texts);
        map.put("tokens", computed.tokens());
        map.put("padded_tokens", computed.padded());
        map.put("padded_share", computed.paddedShare());
        map.put("texts_per_second", median());
        map.put("texts_per_second_slowest", slowest());
        map.put("texts_per_second_fastest", fastest());
        map.put("tokens_per_second", tokens());
        map.put("seconds", seconds);
        return map;
    }
}

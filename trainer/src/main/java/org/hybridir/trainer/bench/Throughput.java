package org.hybridir.trainer.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How fast a contestant encoded texts. Turns have different texts, so their speeds are compared in tokens; texts a second are
 * worked out from these with the mean length of all texts.
 *
 * @param peer as of {@link Contestant#peer()}
 * @param texts that were encoded, each once a round
 * @param turns at least one
 */
record Throughput(String name, Optional<String> peer, int texts, List<Turn> turns) {
    Throughput {
        turns = List.copyOf(turns);
    }

    /**
     * Texts encoded at once.
     *
     * @param computed for them
     */
    record Turn(int texts, Contestant.Computed computed, double seconds) {
        private double secondsPerToken() {
            return seconds / computed.tokens();
        }

        private Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("texts", texts);
            map.put("tokens", computed.tokens());
            map.put("padded_tokens", computed.padded());
            map.put("seconds", seconds);
            return map;
        }
    }

    /** Texts a second in the turn in the middle. */
    double median() {
        return tokens() / tokensOfText();
    }

    /** Texts a second in the slowest turn. */
    double slowest() {
        double[] seconds = secondsPerToken();
        return 1 / seconds[seconds.length - 1] / tokensOfText();
    }

    /** Texts a second in the fastest turn. */
    double fastest() {
        return 1 / secondsPerToken()[0] / tokensOfText();
    }

    /** Tokens a second in the turn in the middle, without padding. */
    double tokens() {
        double[] seconds = secondsPerToken();
        int middle = seconds.length / 2;
        return 1 / (seconds.length % 2 == 1 ? seconds[middle] : (seconds[middle - 1] + seconds[middle]) / 2);
    }

    /** How much of what was computed is padding. */
    double paddedShare() {
        return computed().paddedShare();
    }

    private double[] secondsPerToken() {
        return turns.stream().mapToDouble(Turn::secondsPerToken).sorted().toArray();
    }

    private double tokensOfText() {
        return (double) computed().tokens()
                / turns.stream().mapToInt(Turn::texts).sum();
    }

    private Contestant.Computed computed() {
        return turns.stream().map(Turn::computed).reduce(new Contestant.Computed(0, 0), Contestant.Computed::plus);
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("texts", texts);
        map.put("padded_share", paddedShare());
        map.put("texts_per_second", median());
        map.put("texts_per_second_slowest", slowest());
        map.put("texts_per_second_fastest", fastest());
        map.put("tokens_per_second", tokens());
        map.put("turns", turns.stream().map(Turn::toMap).toList());
        return map;
    }
}

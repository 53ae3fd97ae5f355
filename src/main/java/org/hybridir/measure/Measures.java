package org.hybridir.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The measures by name. */
public final class Measures {
    private static final Map<String, Measure> PLAIN = new LinkedHashMap<>();
    private static final Map<String, IntFunction<Measure>> WITH_CUT_OFF = new LinkedHashMap<>();
    /** At most nine digits, so that the number is an int. */
    private static final Pattern CUT_OFF = Pattern.compile("(\\w+)@([1-9][0-9]{0,8})");

    static {
        for (Measure measure : List.of(
                new AveragePrecision(),
                new ReciprocalRank(),
                new Ndcg(Integer.MAX_VALUE),
                new RankDistance(),
                new RelativeRankDistance(),
                new MaxRank())) {
            PLAIN.put(measure.name(), measure);
        }
        WITH_CUT_OFF.put("nDCG", Ndcg::new);
        WITH_CUT_OFF.put("P", Precision::new);
        WITH_CUT_OFF.put("R", Recall::new);
        WITH_CUT_OFF.put("Success", Success::new);
        WITH_CUT_OFF.put("TLR", TranslationRecall::new);
        WITH_CUT_OFF.put("PEER", EqualExpectedRank::new);
    }

    private Measures() {}

    /** Throws IllegalArgumentException: unknown measure [x], known ones [...]. */
    public static Measure parse(String name) {
        Matcher cut = CUT_OFF.matcher(name);
        if (cut.matches() && WITH_CUT_OFF.containsKey(cut.group(1))) {
            return WITH_CUT_OFF.get(cut.group(1)).apply(Integer.parseInt(cut.group(2)));
        }
        if (PLAIN.containsKey(name)) {
            return PLAIN.get(name);
        }
        throw new IllegalArgumentException(
                "unknown measure [" + name + "], known ones [" + known() + "], where k is a whole number from 1 on");
    }

    /** The names of all measures, for messages and help. */
    public static String known() {
        return Stream.concat(
                        PLAIN.keySet().stream(), WITH_CUT_OFF.keySet().stream().map(name -> name + "@k"))
                .collect(Collectors.joining(", "));
    }

    /** AP, RR, nDCG@10, R@1, R@10, RankDistance. */
    public static List<Measure> defaults() {
        return List.of(
                new AveragePrecision(),
                new ReciprocalRank(),
                new Ndcg(10),
                new Recall(1),
                new Recall(10),
                new RankDistance());
    }

    /** @throws IllegalArgumentException if the cut-off is none */
    static void checkCutOff(String measure, int k) {
        if (k < 1) {
            throw new IllegalArgumentException("the cut-off of " + measure + " must be at least 1, not [" + k + "]");
        }
    }
}

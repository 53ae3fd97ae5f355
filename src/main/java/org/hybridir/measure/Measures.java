package org.hybridir.measure;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The measures by name. */
public final class Measures {
    private static final String KNOWN = "AP, RR, nDCG, nDCG@k, R@k, RankDistance";
    /** At most nine digits, so that the number is an int. */
    private static final Pattern WITH_CUT_OFF = Pattern.compile("(nDCG|R)@([1-9][0-9]{0,8})");

    private Measures() {}

    /** Throws IllegalArgumentException: unknown measure [x], known ones [...]. */
    public static Measure parse(String name) {
        Matcher cut = WITH_CUT_OFF.matcher(name);
        if (cut.matches()) {
            int k = Integer.parseInt(cut.group(2));
            return cut.group(1).equals("R") ? new Recall(k) : new Ndcg(k);
        }
        return switch (name) {
            case "AP" -> new AveragePrecision();
            case "RR" -> new ReciprocalRank();
            case "nDCG" -> new Ndcg(Integer.MAX_VALUE);
            case "RankDistance" -> new RankDistance();
            default ->
                throw new IllegalArgumentException("unknown measure [" + name + "], known ones [" + KNOWN
                        + "], where k is a whole number from 1 on");
        };
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
}

package org.hybridir.measure;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Gathers {@link Report.Detail} question by question; what comes out does not depend on their order. */
final class DetailTally {
    /** How many of the worst questions are kept. */
    private static final int WORST = 10;

    private record Answered(RankedQuestion question, double averagePrecision) {}

    private final List<String> languages;
    private final int[] poolSizes;
    private final TopTally top;
    /** [gold's language][bucket] */
    private final int[][] goldRanks;

    private final TreeSet<Answered> worst = new TreeSet<>(Comparator.comparingDouble(Answered::averagePrecision)
            .thenComparing(answered -> answered.question.id())
            .thenComparing(this::language));

    /**
     * @param languages codes by ordinal
     * @param cutOff how many first places are looked at
     */
    DetailTally(List<String> languages, int[] poolSizes, int cutOff) {
        this.languages = languages;
        this.poolSizes = poolSizes;
        this.top = new TopTally(cutOff, languages.size());
        this.goldRanks = new int[languages.size()][GoldRanks.BOUNDS.size() + 1];
    }

    private String language(Answered answered) {
        return languages.get(answered.question.language());
    }

    void add(RankedQuestion question, Ranking ranking) {
        top.add(question);
        for (int gold = 0; gold < question.golds().size(); gold++) {
            goldRanks[question.golds().get(gold).language()][GoldRanks.bucket(question.ranks()[gold])]++;
        }
        worst.add(new Answered(question, new AveragePrecision().of(ranking)));
        if (worst.size() > WORST) {
            worst.pollLast();
        }
    }

    Report.Detail detail() {
        Map<String, List<Integer>> ranks = new LinkedHashMap<>();
        for (int language = 0; language < goldRanks.length; language++) {
            ranks.put(
                    languages.get(language),
                    IntStream.of(goldRanks[language]).boxed().toList());
        }
        return new Report.Detail(
                top.languages(languages, poolSizes),
                new GoldRanks(ranks),
                worst.stream()
                        .map(one -> WorstQuestion.of(one.question, one.averagePrecision, languages))
                        .toList());
    }
}

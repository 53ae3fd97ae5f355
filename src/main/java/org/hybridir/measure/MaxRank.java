package org.hybridir.measure;

/**
 * Max@R: how far down one must read to find all relevant passages, that is, the rank of the last one, in the multilingual
 * pool. The relevant passages are one answer in several languages, so the worst of them shows what the language that is
 * served worst has to bear. Lower is better; R is the least possible.
 *
 * <p>A relevant passage that was not retrieved takes the place behind the depth of the ranking: a lower bound.
 */
public record MaxRank() implements Measure {
    @Override
    public String name() {
        return "MaxRank";
    }

    @Override
    public double of(Ranking ranking) {
        return ranking.rank(ranking.relevant() - 1);
    }

    @Override
    public boolean in(Setting setting) {
        return setting == Setting.MULTILINGUAL;
    }
}

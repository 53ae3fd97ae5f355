package org.hybridir.measure;

/**
 * Language bias: the rank of the last relevant passage minus the rank of the first, in the multilingual pool (Elmahdy et
 * al., 2024, arXiv 2408.10536). The relevant passages are one answer in several languages, so an encoder without bias ranks
 * them together. Lower is better; it is not normalised by the pool ({@link RelativeRankDistance} is), nor by the number of
 * relevant passages, R - 1 being the least possible; a question with one relevant passage has distance 0.
 *
 * <p>A relevant passage that was not retrieved takes the place behind the depth of the ranking: the distance is then a lower
 * bound, and 0 if none was retrieved.
 *
 * <p>In a pool of one language it would measure something else, so the other settings do not report it.
 */
public record RankDistance() implements Measure {
    @Override
    public String name() {
        return "RankDistance";
    }

    @Override
    public double of(Ranking ranking) {
        return ranking.rank(ranking.relevant() - 1) - ranking.rank(0);
    }

    @Override
    public boolean in(Setting setting) {
        return setting == Setting.MULTILINGUAL;
    }
}

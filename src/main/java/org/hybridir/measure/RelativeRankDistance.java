package org.hybridir.measure;

/**
 * {@link RankDistance} divided by the size of the pool, so that collections of different sizes can be compared: 0 to less
 * than 1, lower is better. A lower bound where a relevant passage was not retrieved.
 */
public record RelativeRankDistance() implements Measure {
    private static final RankDistance ABSOLUTE = new RankDistance();

    @Override
    public String name() {
        return "RelativeRankDistance";
    }

    @Override
    public double of(Ranking ranking) {
        return ABSOLUTE.of(ranking) / ranking.poolSize();
    }

    @Override
    public boolean in(Setting setting) {
        return ABSOLUTE.in(setting);
    }
}

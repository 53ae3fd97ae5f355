package org.hybridir.trainer.sweep;

/** One run of a sweep. */
public record SweepRun(Variant variant, long seed) {
    /** Also its folder's name: {@code hybrid-0.5-seed-1}. */
    public String key() {
        return variant.key() + "-seed-" + seed;
    }
}

package org.hybridir.measure;

/** Is told of each question when its golds' ranks are known; {@link Evaluation} is one. */
@FunctionalInterface
public interface RankingListener {
    /** One question was ranked. Called from several threads, once for each question, in any order. */
    void ranked(RankedQuestion question);

    /** How many of the first passages of all languages it wants to know of each question; 0 for none. */
    default int hits() {
        return 0;
    }
}

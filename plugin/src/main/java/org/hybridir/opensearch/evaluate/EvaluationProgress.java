package org.hybridir.opensearch.evaluate;

import org.hybridir.opensearch.evaluate.EvaluationStatus.Phase;
import org.opensearch.common.Nullable;

/** What an {@link EvaluationRun} tells of itself while it runs. Thread-safe. */
final class EvaluationProgress {
    private Phase phase;
    private long started;
    private long documents = EvaluationStatus.UNKNOWN;
    private long leftOut;
    private long encoded;
    private long ranked;
    private int blocks;

    /** The first phase starts the clock. */
    synchronized void enter(Phase next) {
        if (phase == null) {
            started = System.nanoTime();
        }
        phase = next;
    }

    /** How many documents the index of questions has. */
    synchronized void found(long documents) {
        this.documents = documents;
    }

    synchronized void leftOut(long questions) {
        leftOut += questions;
    }

    synchronized void encoded(long questions) {
        encoded += questions;
    }

    synchronized void ranked(long questions) {
        ranked += questions;
    }

    synchronized void blockDone() {
        blocks++;
    }

    /** How far it is; null before the first phase. */
    @Nullable
    synchronized EvaluationStatus status() {
        if (phase == null) {
            return null;
        }
        long total = documents == EvaluationStatus.UNKNOWN ? documents : documents - leftOut;
        return new EvaluationStatus(phase, total, encoded, ranked, blocks, (System.nanoTime() - started) / 1_000_000);
    }
}

package org.hybridir.trainer.evaluate;

/** Told how far an evaluation is; called from several threads. */
public interface PhaseProgress {
    void begin(Phase phase, int total);

    /** @param more texts or questions done since it was last told */
    void advance(int more);

    void end();

    /** Tells nobody. */
    PhaseProgress SILENT = new PhaseProgress() {
        @Override
        public void begin(Phase phase, int total) {}

        @Override
        public void advance(int more) {}

        @Override
        public void end() {}
    };
}

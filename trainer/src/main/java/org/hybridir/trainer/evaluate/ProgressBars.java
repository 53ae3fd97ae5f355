package org.hybridir.trainer.evaluate;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar a phase, on the standard error stream. */
public final class ProgressBars implements PhaseProgress {
    private static final int REFRESH_MS = 500;

    private ProgressBar bar;

    @Override
    public void begin(Phase phase, int total) {
        bar = new ProgressBarBuilder()
                .setTaskName(phase.title())
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REFRESH_MS)
                .build();
    }

    @Override
    public void advance(int more) {
        bar.stepBy(more);
    }

    @Override
    public void end() {
        bar.close();
    }
}

package org.hybridir.trainer.evaluate;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar a phase, on the standard error stream. */
public final class ProgressBars implements PhaseProgress {
    private static final int REFRESH_MS = 500;
    /** In a log, where a bar is a line each time. */
    private static final int LOG_REFRESH_MS = 10_000;
    /** Characters in a log; a terminal tells its own width. */
    private static final int LOG_WIDTH = 140;

    private ProgressBar bar;

    /**
     * A bar of the look that all of ours have.
     *
     * @param unit what is counted, with a space before it
     */
    public static ProgressBar of(String task, String unit, long size) {
        boolean terminal = System.console() != null;
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(task)
                .setUnit(unit, 1)
                .setInitialMax(size)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? REFRESH_MS : LOG_REFRESH_MS)
                .showSpeed();
        return terminal
                ? builder.build()
                : builder.setMaxRenderedLength(LOG_WIDTH).build();
    }

    @Override
    public void begin(Phase phase, int total) {
        bar = of(phase.title(), "", total);
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

package org.hybridir.trainer;

import me.tongfei.progressbar.ProgressBar;

/** How far a command is, on the terminal. */
final class Progress {
    private Progress() {}

    static ProgressBar bar(String task, String unit, long size) {
        return ProgressBar.builder()
                .setTaskName(task)
                .setUnit(unit, 1)
                .setInitialMax(size)
                .showSpeed()
                .build();
    }
}

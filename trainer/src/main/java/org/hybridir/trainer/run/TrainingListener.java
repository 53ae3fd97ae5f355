package org.hybridir.trainer.run;

import java.io.IOException;

/** Is told how a run goes, on the run's thread. */
public interface TrainingListener {
    /** After each step. */
    default void stepped(StepReport report) throws IOException {}

    /** After each validation. */
    default void validated(ValidationReport report) throws IOException {}

    /** After each checkpoint; what was told until then is kept with it. */
    default void saved(long step) throws IOException {}
}

package org.hybridir.trainer;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Evaluates an encoder on a test collection, without OpenSearch.")
final class EvaluateCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new UnsupportedOperationException();
    }
}

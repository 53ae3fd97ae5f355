package org.hybridir.trainer;

import org.hybridir.trainer.bench.RankingBenchmark;
import org.hybridir.trainer.bench.TrainingBenchmark;
import picocli.CommandLine.Command;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchEncodingCommand.class,
            BenchNodeCommand.class,
            RankingBenchmark.class,
            TrainingBenchmark.class
        },
        description = "Measures speed beside a peer, in the same run on the same machine.")
final class BenchCommand {}

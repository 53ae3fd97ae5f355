package org.hybridir.trainer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hybridir.collection.Passages;
import org.hybridir.collection.TestCollection;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.program.PrecisionRequest;
import org.hybridir.trainer.bench.FreshVectors;
import org.hybridir.trainer.bench.NodeBenchmark;
import org.hybridir.trainer.bench.NodeResult;
import org.hybridir.trainer.bench.ResidentMemory;
import org.hybridir.trainer.bench.SoakResult;
import org.hybridir.trainer.load.SearchServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "node",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "A running node at work: passages written in bulk through the ingest pipeline, hybrid_ir queries, and both"
                        + " at once. Or for long, with --soak. The index that it makes is deleted at the end, also after"
                        + " Ctrl-C.")
final class BenchNodeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--url", defaultValue = "http://127.0.0.1:9200", description = "Default: ${DEFAULT-VALUE}.")
    private URI url;

    @Option(names = "--encoder", defaultValue = "mbert", description = "A node's encoder. Default: ${DEFAULT-VALUE}.")
    private String encoder;

    @Mixin
    private CollectionOptions collection;

    @Option(names = "--passages", defaultValue = "0", paramLabel = "N", description = "Draw so many (default: all).")
    private int passages;

    @Option(
            names = "--clients",
            split = ",",
            paramLabel = "N",
            description = "Clients that search at the same time, in one run after the other (default: 1,4,16).")
    private List<Integer> clients = List.of(1, 4, 16);

    @Option(
            names = "--mixed-clients",
            defaultValue = "4",
            paramLabel = "N",
            description = "Clients that search while passages are written (default: ${DEFAULT-VALUE}).")
    private int mixedClients;

    @Option(
            names = "--writers",
            defaultValue = "2",
            paramLabel = "N",
            description = "Bulk requests at a time (default: ${DEFAULT-VALUE}).")
    private int writers;

    @Option(
            names = "--seconds",
            defaultValue = "20",
            paramLabel = "N",
            description = "Of each run of searches (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--offline-rate",
            defaultValue = "0",
            paramLabel = "DOCS_PER_S",
            description = "Passages a second of `bench encoding`, to be compared with.")
    private double offlineRate;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--soak",
            paramLabel = "MINUTES",
            description = "Instead: write and search at once for so long, and watch the memory of --pid.")
    private Double soak;

    @Option(names = "--pid", paramLabel = "PID", description = "The node's process on this machine, for --soak.")
    private Long pid;

    @Option(
            names = "--artifact",
            paramLabel = "DIR",
            description = "For --soak: makes the fresh vectors here with this artifact (default: on the node).")
    private Path artifact;

    @Option(
            names = "--precision",
            defaultValue = "fp32",
            paramLabel = "NAME",
            description = "Of --artifact: the node's (default: ${DEFAULT-VALUE}).")
    private String precision;

    @Mixin
    private JsonOutput json;

    @Override
    public Integer call() throws IOException {
        json.requireFolder();
        NodeBenchmark.Settings settings = Arguments.read(
                spec,
                () -> new NodeBenchmark.Settings(
                        encoder, passages, clients, mixedClients, writers, seconds, offlineRate, seed));
        PrecisionRequest parsed = Arguments.read(spec, "--precision", () -> PrecisionRequest.of(precision));
        requireSoak();
        TestCollection read = collection.read(Passages.WHOLE);
        try (StopSignal stop = new StopSignal();
                SearchServer server = Arguments.read(spec, "--url", () -> SearchServer.at(url))) {
            stop.listen();
            NodeBenchmark benchmark =
                    new NodeBenchmark(server, settings, read, spec.commandLine().getOut(), stop::asked);
            if (soak == null) {
                NodeResult result = benchmark.run();
                json.write(result::toMap);
            } else {
                SoakResult result = soak(server, benchmark, parsed);
                json.write(result::toMap);
            }
        }
        return 0;
    }

    private void requireSoak() throws IOException {
        if (soak == null) {
            return;
        }
        if (!(soak > 0)) {
            throw new ParameterException(spec.commandLine(), "--soak must be above 0 minutes, not [" + soak + "]");
        }
        if (pid == null) {
            throw new ParameterException(
                    spec.commandLine(), "--soak needs --pid, the id of the node's process, whose memory it watches");
        }
        // refused before the minutes of loading
        new ResidentMemory(pid).look(0);
    }

    private SoakResult soak(SearchServer server, NodeBenchmark benchmark, PrecisionRequest artifactPrecision)
            throws IOException {
        ResidentMemory memory = new ResidentMemory(pid);
        if (artifact == null) {
            return benchmark.soak(soak, memory, FreshVectors.node(server, encoder));
        }
        try (Encoder offline = Encoder.open(artifact, EncoderOptions.defaults().withPrecision(artifactPrecision))) {
            return benchmark.soak(soak, memory, FreshVectors.offline(offline));
        }
    }
}

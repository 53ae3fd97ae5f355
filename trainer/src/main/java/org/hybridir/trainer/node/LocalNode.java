package org.hybridir.trainer.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hybridir.trainer.artifact.Folders;

/**
 * An OpenSearch node in a process of its own. It is stopped by {@link #close()}, and at the latest when its installation
 * is closed or this program ends. Thread-safe.
 */
public final class LocalNode implements AutoCloseable {
    /** Three nodes on two cores need about 35 seconds; a slow disk gets the rest. */
    private static final Duration START_LIMIT = Duration.ofSeconds(180);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final int SHOWN_LINES = 40;

    private final NodeSettings settings;
    private final Path folder;
    private final Process process;

    private LocalNode(NodeSettings settings, Path folder, Process process) {
        this.settings = settings;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts a node and returns while it starts: see {@link #awaitStarted()}.
     *
     * @throws NodeException if an encoder's folder is missing or a port is taken
     */
    public static LocalNode launch(Installation installation, NodeSettings settings) throws IOException {
        Path folder = installation.work().resolve("nodes").resolve(settings.name());
        settings.checkPorts();
        prepare(installation, settings, folder);
        ProcessBuilder builder = new ProcessBuilder(installation
                        .user()
                        .command(List.of(
                                installation.home().resolve("bin/opensearch").toString())))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("logs/console.log").toFile())
                .redirectInput(Subprocess.NO_INPUT);
        Installation.environment(builder, folder);
        Map<String, String> environment = builder.environment();
        environment.put("OPENSEARCH_PATH_CONF", folder.resolve("config").toString());
        environment.put("OPENSEARCH_TMPDIR", folder.resolve("tmp").toString());
        String heap = settings.heapMegabytes() + "m";
        environment.put("OPENSEARCH_JAVA_OPTS", "-Xms" + heap + " -Xmx" + heap);
        LocalNode node = new LocalNode(settings, folder, builder.start());
        installation.started(node);
        return node;
    }

    /** Starts a node alone and waits until it serves. */
    public static LocalNode start(Installation installation, NodeSettings settings) throws IOException {
        LocalNode node = launch(installation, settings);
        try {
            return node.awaitStarted();
        } catch (IOException | RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /** Where it answers, such as {@code http://127.0.0.1:9200}. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + settings.httpPort());
    }

    /** What it was started with. */
    public NodeSettings settings() {
        return settings;
    }

    /** The log of the node; it goes with the installation. */
    public Path log() {
        return folder.resolve("logs").resolve(settings.cluster() + ".log");
    }

    /** Whether its process is there. */
    public boolean alive() {
        return process.isAlive();
    }

    /**
     * Waits until the cluster is yellow or green, with all its members.
     *
     * @return this
     * @throws NodeException if the process ended or the time is over, with the last lines of the log
     */
    public LocalNode awaitStarted() throws IOException {
        Instant limit = Instant.now().plus(START_LIMIT);
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            while (!serves(client)) {
                if (!process.isAlive()) {
                    throw failed("ended with exit code [" + process.exitValue() + "] while it started");
                }
                if (Instant.now().isAfter(limit)) {
                    throw failed("did not become ready within " + START_LIMIT.toSeconds() + " s");
                }
                Thread.sleep(250);
            }
            return this;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was waited for until an interrupt");
        }
    }

    /** Waits until the process has ended. */
    public void awaitEnd() throws NodeException {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException("interrupted while the node [" + settings.name() + "] ran");
        }
    }

    /** The last lines of its log, or of its console if there is no log yet. */
    public List<String> lastLines() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : List.of(folder.resolve("logs/console.log"), log())) {
            if (Files.isReadable(file)) {
                lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            }
        }
        return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
    }

    /** Stops the node: asks it to end, and ends it by force if it does not within half a minute. */
    @Override
    public synchronized void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
                process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private boolean serves(HttpClient client) throws InterruptedException {
        int nodes = Math.max(1, settings.members().size());
        URI health = url().resolve("/_cluster/health?wait_for_status=yellow&timeout=1s&wait_for_nodes=%3E%3D" + nodes);
        try {
            HttpRequest request = HttpRequest.newBuilder(health)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private NodeException failed(String what) throws IOException {
        return new NodeException("the node [" + settings.name() + "] " + what + "; the end of its log [" + log()
                + "]:\n" + String.join("\n", lastLines()));
    }

    private static void prepare(Installation installation, NodeSettings settings, Path folder) throws IOException {
        Folders.delete(folder);
        for (String child : List.of("data", "logs", "tmp")) {
            Files.createDirectories(folder.resolve(child));
        }
        Path config = folder.resolve("config");
        Folders.copy(installation.home().resolve("config"), config);
        Files.write(config.resolve("opensearch.yml"), settings.yaml(folder), StandardCharsets.UTF_8);
        Path encoders = config.resolve("opensearch-hybrid-ir/encoders");
        Files.createDirectories(encoders);
        installation.user().own(folder);
        // After the change of owner: a linked file is also the original, which must keep its owner.
        for (Map.Entry<String, Path> encoder : settings.encoders().entrySet()) {
            if (!Files.isDirectory(encoder.getValue())) {
                throw new NodeException("the encoder [" + encoder.getKey() + "] is no folder: [" + encoder.getValue()
                        + "]; [hybrid-ir import] writes one");
            }
            Folders.link(encoder.getValue(), encoders.resolve(encoder.getKey()));
        }
    }
}

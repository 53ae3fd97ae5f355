package org.hybridir.trainer.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hybridir.trainer.artifact.Folders;
import org.hybridir.trainer.run.Interruption;

/**
 * An unpacked OpenSearch with its plugins, in a folder of its own. When it is closed, and at the latest when this program
 * ends, its nodes are stopped and the folder goes. Thread-safe.
 */
public final class Installation implements AutoCloseable {
    private final Path work;
    private final Path home;
    private final NodeUser user;
    private final Interruption.Action onInterruption;
    private final List<LocalNode> nodes = new ArrayList<>();

    private Installation(Path work, Path home, NodeUser user) {
        this.work = work;
        this.home = home;
        this.user = user;
        onInterruption = Interruption.ofProcess().add(this::stop);
    }

    /**
     * Unpacks the distribution below a new folder in {@code java.io.tmpdir} and installs the plugins by its own
     * {@code opensearch-plugin}.
     *
     * @param distribution a zip of OpenSearch
     * @param plugins zips of plugins, those that others need first
     * @throws NodeException if a zip is missing, or a plugin is refused: with what {@code opensearch-plugin} said
     */
    public static Installation install(Path distribution, List<Path> plugins) throws IOException {
        checkFile(distribution, "the distribution");
        for (Path plugin : plugins) {
            checkFile(plugin, "the plugin");
        }
        NodeUser user = NodeUser.current();
        user.checkReaches(Path.of(System.getProperty("java.home"), "bin", "java"), "the Java");
        Path work = Files.createTempDirectory("hybrid-ir-node-").toRealPath();
        try {
            user.checkReaches(work, "the work folder");
            unpack(distribution, work);
            Installation installation = new Installation(work, onlyFolder(work), user);
            for (Path plugin : plugins) {
                installation.add(plugin);
            }
            user.own(work);
            return installation;
        } catch (IOException | RuntimeException e) {
            Folders.delete(work);
            throw e;
        }
    }

    /** Where OpenSearch lies. */
    public Path home() {
        return home;
    }

    /** Where the installation and its nodes keep their files. */
    public Path work() {
        return work;
    }

    NodeUser user() {
        return user;
    }

    synchronized void started(LocalNode node) {
        nodes.add(node);
    }

    /** Stops the nodes and deletes everything. */
    @Override
    public void close() {
        stop();
        onInterruption.close();
    }

    private synchronized void stop() {
        nodes.forEach(LocalNode::close);
        nodes.clear();
        try {
            Folders.delete(work);
        } catch (IOException e) {
            throw new UncheckedIOException("the work folder [" + work + "] could not be deleted", e);
        }
    }

    /** The environment of OpenSearch's scripts: the Java that runs this program, and nothing that would override it. */
    static void environment(ProcessBuilder process, Path userHome) {
        process.environment()
                .keySet()
                .removeIf(name -> name.startsWith("OPENSEARCH_") || name.equals("JAVA_TOOL_OPTIONS"));
        process.environment().put("OPENSEARCH_JAVA_HOME", System.getProperty("java.home"));
        process.environment().put("HOME", userHome.toString());
    }

    private void add(Path plugin) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("bin/opensearch-plugin").toString(),
                "install",
                "--batch",
                plugin.toAbsolutePath().toUri().toString());
        environment(builder, work);
        Subprocess.run(builder, "opensearch-plugin refuses [" + plugin + "]");
    }

    private static void unpack(Path zip, Path to) throws IOException {
        // With this, the zip's file system tells which files are executable, which java.util.zip does not.
        Map<String, ?> withPermissions = Map.of("enablePosixFileAttributes", "true");
        try (FileSystem files = FileSystems.newFileSystem(zip, withPermissions)) {
            Folders.copy(files.getPath("/"), to);
        }
    }

    private static Path onlyFolder(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> Files.isRegularFile(child.resolve("bin/opensearch")))
                    .findFirst()
                    .orElseThrow(() -> new NodeException("the distribution's zip has no [bin/opensearch] in it"));
        }
    }

    private static void checkFile(Path zip, String purpose) throws NodeException {
        if (!Files.isRegularFile(zip)) {
            throw new NodeException(purpose + " [" + zip + "] is no file; [mvn package] brings or makes it");
        }
    }
}

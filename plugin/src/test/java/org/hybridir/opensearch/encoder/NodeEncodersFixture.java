package org.hybridir.opensearch.encoder;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hybridir.opensearch.HybridIrSettings;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.env.TestEnvironment;
import org.opensearch.indices.breaker.HierarchyCircuitBreakerService;
import org.opensearch.tasks.TaskManager;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;

/** A node's encoders without the node; each is a {@link HashEncoder}, unless an opener says otherwise. */
public final class NodeEncodersFixture implements AutoCloseable {
    private final Path folders;
    private final ThreadPool threadPool;
    private final ClusterSettings clusterSettings;
    private final EncoderMemory memory;
    private final NodeEncoders encoders;

    public NodeEncodersFixture(Path home, Settings more) {
        this(home, more, HashEncoder::open);
    }

    NodeEncodersFixture(Path home, Settings more, NodeEncoder.Opener opener) {
        Settings settings = Settings.builder()
                .put("path.home", home)
                .put("node.name", "the-node")
                .put("plugins.hybrid_ir.encoder.open_at_start", false)
                .put(more)
                .build();
        Environment environment = TestEnvironment.newEnvironment(settings);
        folders = environment.configDir().resolve("opensearch-hybrid-ir").resolve("encoders");
        threadPool =
                new ThreadPool(settings, NodeEncoders.executorBuilders(settings).toArray(ExecutorBuilder<?>[]::new));
        clusterSettings = clusterSettings(settings);
        memory = new EncoderMemory(new HierarchyCircuitBreakerService(
                        settings, List.of(EncoderMemory.breakerSettings(settings)), clusterSettings)
                .getBreaker(EncoderMemory.BREAKER));
        encoders = new NodeEncoders(environment, null, opener, memory, threadPool, clusterSettings);
        encoders.setTaskManager(new TaskManager(settings, threadPool, Set.of()));
        encoders.start();
    }

    private static ClusterSettings clusterSettings(Settings settings) {
        Set<Setting<?>> known =
                HybridIrSettings.all().stream().filter(Setting::hasNodeScope).collect(Collectors.toSet());
        known.addAll(ClusterSettings.BUILT_IN_CLUSTER_SETTINGS);
        return new ClusterSettings(settings, known);
    }

    public NodeEncoders encoders() {
        return encoders;
    }

    ThreadPool threadPool() {
        return threadPool;
    }

    EncoderMemory memory() {
        return memory;
    }

    /** Changes dynamic settings. */
    void apply(Settings changed) {
        clusterSettings.applySettings(changed);
    }

    /** Where the folder of that encoder belongs. */
    public Path folder(String name) {
        return folders.resolve(name);
    }

    @Override
    public void close() {
        encoders.close();
        ThreadPool.terminate(threadPool, 10, TimeUnit.SECONDS);
    }
}

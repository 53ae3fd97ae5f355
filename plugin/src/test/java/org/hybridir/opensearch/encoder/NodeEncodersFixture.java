package org.hybridir.opensearch.encoder;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.env.TestEnvironment;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;

/** A node's encoders without the node; each is a {@link HashEncoder}. */
public final class NodeEncodersFixture implements AutoCloseable {
    private final Path folders;
    private final ThreadPool threadPool;
    private final NodeEncoders encoders;

    public NodeEncodersFixture(Path home, Settings more) {
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
        encoders = new NodeEncoders(environment, null, HashEncoder::open, threadPool);
        encoders.start();
    }

    public NodeEncoders encoders() {
        return encoders;
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

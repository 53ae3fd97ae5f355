package org.hybridir.opensearch.encoder;

import org.hybridir.opensearch.HybridIrPlugin;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.env.Environment;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.threadpool.ThreadPool;

/** The plugin, with {@link HashEncoder}s. */
public class HashEncodersPlugin extends HybridIrPlugin {
    @Override
    protected NodeEncoders nodeEncoders(
            Environment environment,
            NodeEnvironment nodeEnvironment,
            EncoderMemory memory,
            ThreadPool threadPool,
            ClusterSettings clusterSettings) {
        return new NodeEncoders(environment, null, HashEncoder::open, memory, threadPool, clusterSettings);
    }
}

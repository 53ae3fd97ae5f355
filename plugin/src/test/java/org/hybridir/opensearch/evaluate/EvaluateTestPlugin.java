package org.hybridir.opensearch.evaluate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.hybridir.encoder.Encoding;
import org.hybridir.opensearch.EvaluationThreads;
import org.hybridir.opensearch.HybridIrSettings;
import org.hybridir.opensearch.evaluate.QuestionEncoders.QuestionEncoder;
import org.hybridir.opensearch.result.EvaluationStore;
import org.opensearch.action.ActionRequest;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.env.Environment;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.repositories.RepositoriesService;
import org.opensearch.script.ScriptService;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;
import org.opensearch.watcher.ResourceWatcherService;

/** The evaluation's actions with an encoder whose vectors the test decides: a text is a key of {@link #VECTORS}. */
public final class EvaluateTestPlugin extends Plugin implements ActionPlugin {
    /** By text. */
    static final Map<String, float[]> VECTORS = new ConcurrentHashMap<>();
    /** Texts that the encoder saw only in part. */
    static final Collection<String> TRUNCATED = ConcurrentHashMap.newKeySet();
    /** If set, encoding says so and waits. */
    static volatile CountDownLatch encoding;

    static volatile CountDownLatch goOn;

    static volatile int dimension;
    /** The encoder refuses more. */
    static volatile int maxTexts;

    static void reset(int newDimension) {
        dimension = newDimension;
        maxTexts = 1000;
        VECTORS.clear();
        TRUNCATED.clear();
        encoding = null;
        goOn = null;
    }

    private record TestEncoder(int dimension, ThreadPool threads) implements QuestionEncoder {
        @Override
        public Map<String, Object> describe() {
            return Map.of("name", "test", "fingerprint", "f00d");
        }

        @Override
        public int maxTexts() {
            return maxTexts;
        }

        @Override
        public void encode(List<String> texts, Task task, ActionListener<List<Encoding>> listener) {
            if (texts.size() > maxTexts) {
                listener.onFailure(new IllegalArgumentException("[" + texts.size() + "] texts are too many"));
                return;
            }
            threads.generic()
                    .execute(() -> ActionListener.completeWith(
                            listener, () -> texts.stream().map(this::encode).toList()));
        }

        private Encoding encode(String text) {
            if (encoding != null) {
                encoding.countDown();
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return new Encoding(VECTORS.get(text), 1, TRUNCATED.contains(text));
        }
    }

    @Override
    public Collection<Object> createComponents(
            Client client,
            ClusterService clusterService,
            ThreadPool threadPool,
            ResourceWatcherService resourceWatcherService,
            ScriptService scriptService,
            NamedXContentRegistry xContentRegistry,
            Environment environment,
            NodeEnvironment nodeEnvironment,
            NamedWriteableRegistry namedWriteableRegistry,
            IndexNameExpressionResolver indexNameExpressionResolver,
            Supplier<RepositoriesService> repositoriesServiceSupplier) {
        return List.of(
                new QuestionEncoders((name, listener) -> open(name, threadPool, listener)),
                new EvaluationStore(client, clusterService, EvaluateAction.NAME));
    }

    private static void open(String name, ThreadPool threads, ActionListener<QuestionEncoder> listener) {
        if (name.equals("test") == false) {
            listener.onFailure(new IllegalArgumentException("unknown encoder [" + name + "], known ones [test]"));
        } else {
            listener.onResponse(new TestEncoder(dimension, threads));
        }
    }

    @Override
    public List<Setting<?>> getSettings() {
        return List.of(
                HybridIrSettings.INDEX_ENCODER,
                HybridIrSettings.EVALUATE_RETENTION,
                HybridIrSettings.EVALUATE_MAX_KEPT);
    }

    @Override
    public List<ExecutorBuilder<?>> getExecutorBuilders(Settings settings) {
        return List.of(EvaluationThreads.builder(settings));
    }

    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> getActions() {
        return List.of(
                new ActionHandler<>(EvaluateAction.INSTANCE, TransportEvaluateAction.class),
                new ActionHandler<>(PassAction.INSTANCE, TransportPassAction.class));
    }
}

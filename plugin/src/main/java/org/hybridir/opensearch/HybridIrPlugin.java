package org.hybridir.opensearch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hybridir.opensearch.encoder.CallingTask;
import org.hybridir.opensearch.encoder.EncodeAction;
import org.hybridir.opensearch.encoder.EncoderMemory;
import org.hybridir.opensearch.encoder.EncodersAction;
import org.hybridir.opensearch.encoder.NodeEncoders;
import org.hybridir.opensearch.encoder.NodeTasks;
import org.hybridir.opensearch.encoder.RestCatEncodersAction;
import org.hybridir.opensearch.encoder.RestEncodeAction;
import org.hybridir.opensearch.encoder.RestEncodersAction;
import org.hybridir.opensearch.encoder.RestStatsAction;
import org.hybridir.opensearch.encoder.StatsAction;
import org.hybridir.opensearch.encoder.TransportEncodeAction;
import org.hybridir.opensearch.encoder.TransportEncodersAction;
import org.hybridir.opensearch.encoder.TransportStatsAction;
import org.hybridir.opensearch.evaluate.EvaluateAction;
import org.hybridir.opensearch.evaluate.EvaluationStatus;
import org.hybridir.opensearch.evaluate.PassAction;
import org.hybridir.opensearch.evaluate.QuestionEncoders;
import org.hybridir.opensearch.evaluate.RestEvaluateAction;
import org.hybridir.opensearch.evaluate.TransportEvaluateAction;
import org.hybridir.opensearch.evaluate.TransportPassAction;
import org.hybridir.opensearch.ingest.HybridIrProcessor;
import org.hybridir.opensearch.query.HybridIrQueryBuilder;
import org.hybridir.opensearch.query.QueryTargets;
import org.hybridir.opensearch.result.CompareEvaluationsAction;
import org.hybridir.opensearch.result.DeleteEvaluationAction;
import org.hybridir.opensearch.result.EvaluationStore;
import org.hybridir.opensearch.result.EvaluationsIndex;
import org.hybridir.opensearch.result.GetEvaluationAction;
import org.hybridir.opensearch.result.ListEvaluationsAction;
import org.hybridir.opensearch.result.RestCompareEvaluationsAction;
import org.hybridir.opensearch.result.RestDeleteEvaluationAction;
import org.hybridir.opensearch.result.RestGetEvaluationAction;
import org.hybridir.opensearch.result.RestListEvaluationsAction;
import org.hybridir.opensearch.result.TransportCompareEvaluationsAction;
import org.hybridir.opensearch.result.TransportDeleteEvaluationAction;
import org.hybridir.opensearch.result.TransportGetEvaluationAction;
import org.hybridir.opensearch.result.TransportListEvaluationsAction;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.node.DiscoveryNodes;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.SetOnce;
import org.opensearch.common.lifecycle.LifecycleComponent;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.IndexScopedSettings;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.settings.SettingsFilter;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.env.Environment;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.indices.SystemIndexDescriptor;
import org.opensearch.indices.breaker.BreakerSettings;
import org.opensearch.ingest.Processor;
import org.opensearch.plugins.CircuitBreakerPlugin;
import org.opensearch.plugins.IngestPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.SearchPlugin;
import org.opensearch.plugins.SystemIndexPlugin;
import org.opensearch.repositories.RepositoriesService;
import org.opensearch.rest.RestController;
import org.opensearch.rest.RestHandler;
import org.opensearch.script.ScriptService;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;
import org.opensearch.watcher.ResourceWatcherService;

/** Registers what the plugin brings; decides nothing. */
public class HybridIrPlugin extends Plugin
        implements SystemIndexPlugin, IngestPlugin, SearchPlugin, CircuitBreakerPlugin {
    /** The plugin's name: of its zip, its folder under plugins/ and its folder under config/. */
    public static final String NAME = "opensearch-hybrid-ir";

    /** Set when the node makes its components, which is after it asks for processors and before it runs any. */
    private final SetOnce<NodeEncoders> encoders = new SetOnce<>();

    private final VectorFields vectorFields = new VectorFields();

    private final SetOnce<QueryTargets> queryTargets = new SetOnce<>();

    private final SetOnce<CallingTask> callingTask = new SetOnce<>();

    /** Set before the components are made. */
    private final SetOnce<EncoderMemory> memory = new SetOnce<>();

    @Override
    public Map<String, Processor.Factory> getProcessors(Processor.Parameters parameters) {
        return Map.of(
                HybridIrProcessor.TYPE,
                HybridIrProcessor.Factory.of(
                        encoders::get,
                        vectorFields,
                        parameters.ingestService.getClusterService(),
                        parameters.threadContext));
    }

    @Override
    public List<QuerySpec<?>> getQueries() {
        return List.of(new QuerySpec<>(
                HybridIrQueryBuilder.NAME,
                in -> new HybridIrQueryBuilder(in, queryTargets::get),
                parser -> HybridIrQueryBuilder.fromXContent(parser, queryTargets::get)));
    }

    @Override
    public List<Setting<?>> getSettings() {
        return HybridIrSettings.all();
    }

    @Override
    public BreakerSettings getCircuitBreaker(Settings settings) {
        return EncoderMemory.breakerSettings(settings);
    }

    @Override
    public void setCircuitBreaker(CircuitBreaker breaker) {
        memory.set(new EncoderMemory(breaker));
    }

    @Override
    public List<ExecutorBuilder<?>> getExecutorBuilders(Settings settings) {
        List<ExecutorBuilder<?>> builders = new ArrayList<>(NodeEncoders.executorBuilders(settings));
        builders.add(EvaluationThreads.builder(settings));
        return builders;
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
        NodeEncoders nodeEncoders = nodeEncoders(
                environment, nodeEnvironment, memory.get(), threadPool, clusterService.getClusterSettings());
        encoders.set(nodeEncoders);
        callingTask.set(new CallingTask(threadPool.getThreadContext()));
        queryTargets.set(new QueryTargets(nodeEncoders, vectorFields, clusterService, indexNameExpressionResolver));
        return List.of(
                nodeEncoders,
                new QuestionEncoders(nodeEncoders),
                new EvaluationStore(client, clusterService, EvaluateAction.NAME));
    }

    /** Tests put encoders in here that need no native library. */
    protected NodeEncoders nodeEncoders(
            Environment environment,
            NodeEnvironment nodeEnvironment,
            EncoderMemory memory,
            ThreadPool threadPool,
            ClusterSettings clusterSettings) {
        return new NodeEncoders(environment, nodeEnvironment.nodeDataPaths()[0], memory, threadPool, clusterSettings);
    }

    @Override
    public Collection<Class<? extends LifecycleComponent>> getGuiceServiceClasses() {
        return List.of(NodeTasks.class);
    }

    @Override
    public List<ActionFilter> getActionFilters() {
        return List.of(callingTask.get());
    }

    @Override
    public List<NamedWriteableRegistry.Entry> getNamedWriteables() {
        return List.of(
                new NamedWriteableRegistry.Entry(Task.Status.class, EvaluationStatus.NAME, EvaluationStatus::new));
    }

    @Override
    public Collection<SystemIndexDescriptor> getSystemIndexDescriptors(Settings settings) {
        return List.of(EvaluationsIndex.descriptor());
    }

    /** One line an action. */
    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> getActions() {
        List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> actions = new ArrayList<>();
        actions.add(new ActionHandler<>(EncodersAction.INSTANCE, TransportEncodersAction.class));
        actions.add(new ActionHandler<>(EncodeAction.INSTANCE, TransportEncodeAction.class));
        actions.add(new ActionHandler<>(StatsAction.INSTANCE, TransportStatsAction.class));
        actions.add(new ActionHandler<>(EvaluateAction.INSTANCE, TransportEvaluateAction.class));
        actions.add(new ActionHandler<>(PassAction.INSTANCE, TransportPassAction.class));
        actions.add(new ActionHandler<>(GetEvaluationAction.INSTANCE, TransportGetEvaluationAction.class));
        actions.add(new ActionHandler<>(ListEvaluationsAction.INSTANCE, TransportListEvaluationsAction.class));
        actions.add(new ActionHandler<>(CompareEvaluationsAction.INSTANCE, TransportCompareEvaluationsAction.class));
        actions.add(new ActionHandler<>(DeleteEvaluationAction.INSTANCE, TransportDeleteEvaluationAction.class));
        return actions;
    }

    /** One line a handler. */
    @Override
    public List<RestHandler> getRestHandlers(
            Settings settings,
            RestController restController,
            ClusterSettings clusterSettings,
            IndexScopedSettings indexScopedSettings,
            SettingsFilter settingsFilter,
            IndexNameExpressionResolver indexNameExpressionResolver,
            Supplier<DiscoveryNodes> nodesInCluster) {
        List<RestHandler> handlers = new ArrayList<>();
        handlers.add(new RestEncodersAction());
        handlers.add(new RestEncodeAction());
        handlers.add(new RestStatsAction());
        handlers.add(new RestCatEncodersAction());
        handlers.add(new RestEvaluateAction());
        handlers.add(new RestGetEvaluationAction());
        handlers.add(new RestListEvaluationsAction());
        handlers.add(new RestCompareEvaluationsAction());
        handlers.add(new RestDeleteEvaluationAction());
        return handlers;
    }
}

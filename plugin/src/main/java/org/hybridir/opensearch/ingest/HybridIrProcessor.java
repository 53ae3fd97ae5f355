package org.hybridir.opensearch.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.TextRole;
import org.hybridir.opensearch.HybridIrSettings;
import org.hybridir.opensearch.VectorFields;
import org.hybridir.opensearch.encoder.NodeEncoders;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.cluster.service.ClusterApplierService;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ingest.AbstractBatchingProcessor;
import org.opensearch.ingest.ConfigurationUtils;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ingest.IngestDocumentWrapper;
import org.opensearch.ingest.Processor;

/**
 * The processor {@code hybrid_ir}:
 *
 * <pre>{@code
 * {"hybrid_ir": {"encoder": "mbert", "field_map": {"text": "embedding"}, "batch_size": 64, "ignore_missing": false}}
 * }</pre>
 *
 * The texts of all documents of a batch are encoded together. A document that cannot be encoded fails alone; every field
 * but the vectors stays as it was. See {@link FieldMap} for paths and {@link DocumentTexts} for what a text may be.
 */
public final class HybridIrProcessor extends AbstractBatchingProcessor {
    /** The processor's type. */
    public static final String TYPE = "hybrid_ir";

    private static final int DEFAULT_BATCH_SIZE = 64;

    private final String encoder;
    private final FieldMap fields;
    private final boolean ignoreMissing;
    private final NodeEncoders encoders;
    private final TargetFields targets;

    HybridIrProcessor(
            String tag,
            String description,
            int batchSize,
            String encoder,
            FieldMap fields,
            boolean ignoreMissing,
            NodeEncoders encoders,
            TargetFields targets) {
        super(tag, description, batchSize);
        this.encoder = encoder;
        this.fields = fields;
        this.ignoreMissing = ignoreMissing;
        this.encoders = encoders;
        this.targets = targets;
    }

    @Override
    public String getType() {
        return TYPE;
    }

    /** Never called by OpenSearch, which hands over a listener. */
    @Override
    public IngestDocument execute(IngestDocument document) {
        throw new UnsupportedOperationException("the processor [" + TYPE + "] works asynchronously");
    }

    @Override
    public void execute(IngestDocument document, BiConsumer<IngestDocument, Exception> handler) {
        IngestDocumentWrapper alone = new IngestDocumentWrapper(0, 0, document, null);
        subBatchExecute(List.of(alone), done -> {
            Exception failure = alone.getException();
            handler.accept(failure == null ? document : null, failure);
        });
    }

    /** A document whose texts are found, waiting for vectors. */
    private record Pending(IngestDocumentWrapper wrapper, DocumentTexts texts) {}

    @Override
    protected void subBatchExecute(List<IngestDocumentWrapper> batch, Consumer<List<IngestDocumentWrapper>> handler) {
        List<List<Pending>> calls = plan(batch);
        if (calls.isEmpty()) {
            handler.accept(batch);
            return;
        }
        AtomicInteger open = new AtomicInteger(calls.size());
        for (List<Pending> call : calls) {
            encode(call, () -> {
                if (open.decrementAndGet() == 0) {
                    handler.accept(batch);
                }
            });
        }
    }

    /** Packs the documents into calls of at most the texts that the node allows at once. */
    private List<List<Pending>> plan(List<IngestDocumentWrapper> batch) {
        int max = encoders.maxTexts();
        List<List<Pending>> calls = new ArrayList<>();
        int room = 0;
        for (IngestDocumentWrapper wrapper : batch) {
            Pending pending = find(wrapper);
            if (pending == null) {
                continue;
            }
            int size = pending.texts.texts().size();
            if (calls.isEmpty() || size > room) {
                calls.add(new ArrayList<>());
                room = max;
            }
            calls.get(calls.size() - 1).add(pending);
            room -= size;
        }
        return calls;
    }

    /** The document's texts, or null if there is nothing to encode: no text, or it failed. */
    private Pending find(IngestDocumentWrapper wrapper) {
        if (wrapper.getException() != null || wrapper.getIngestDocument() == null) {
            return null;
        }
        try {
            IngestDocument document = wrapper.getIngestDocument();
            targets.checkEngines(index(document), fields);
            DocumentTexts texts = DocumentTexts.find(document.getSourceAndMetadata(), fields, ignoreMissing);
            return texts.texts().isEmpty() ? null : new Pending(wrapper, texts);
        } catch (RuntimeException e) {
            fail(wrapper, e);
            return null;
        }
    }

    private void encode(List<Pending> call, Runnable done) {
        List<String> texts = new ArrayList<>();
        call.forEach(pending -> texts.addAll(pending.texts.texts()));
        ActionListener<List<Encoding>> write = ActionListener.wrap(encodings -> write(call, encodings), e -> {
            call.forEach(pending -> fail(pending.wrapper, e));
        });
        encoders.encode(encoder, texts, TextRole.PASSAGE, ActionListener.runAfter(write, done));
    }

    private void write(List<Pending> call, List<Encoding> encodings) {
        int next = 0;
        for (Pending pending : call) {
            int size = pending.texts.texts().size();
            List<float[]> vectors = encodings.subList(next, next + size).stream()
                    .map(Encoding::vector)
                    .toList();
            next += size;
            try {
                targets.checkDimension(
                        index(pending.wrapper.getIngestDocument()), fields, encoder, vectors.get(0).length);
                pending.texts.write(vectors);
            } catch (RuntimeException e) {
                fail(pending.wrapper, e);
            }
        }
    }

    /** Keeps the document beside the failure: a bulk request whose failed document is null never ends. */
    private static void fail(IngestDocumentWrapper wrapper, Exception e) {
        wrapper.update(wrapper.getIngestDocument(), e);
    }

    private static String index(IngestDocument document) {
        return String.valueOf(document.getSourceAndMetadata().get(IngestDocument.Metadata.INDEX.getFieldName()));
    }

    String encoder() {
        return encoder;
    }

    /** Makes processors from pipelines. */
    public static final class Factory extends AbstractBatchingProcessor.Factory {
        private final Supplier<NodeEncoders> encoders;
        private final TargetFields targets;
        private final boolean ingestNode;

        /**
         * @param encoders this node's encoders, not there yet when the node is built
         * @param targets the indices' vector fields
         * @param ingestNode whether documents are processed on this node, so that it must have the encoders
         */
        Factory(Supplier<NodeEncoders> encoders, TargetFields targets, boolean ingestNode) {
            super(TYPE);
            this.encoders = encoders;
            this.targets = targets;
            this.ingestNode = ingestNode;
        }

        /** For the node. */
        public static Factory of(
                Supplier<NodeEncoders> encoders,
                VectorFields fields,
                ClusterService clusterService,
                ThreadContext threadContext) {
            BooleanSupplier allow =
                    () -> clusterService.getClusterSettings().get(HybridIrSettings.ALLOW_NATIVE_ENGINES);
            TargetFields targets = new TargetFields(
                    clusterService::state, new IndexNameExpressionResolver(threadContext), fields, allow);
            return new Factory(encoders, targets, DiscoveryNode.isIngestNode(clusterService.getSettings()));
        }

        /** Batches are large unless the pipeline says otherwise; OpenSearch's own default is one document. */
        @Override
        public AbstractBatchingProcessor create(
                Map<String, Processor.Factory> factories, String tag, String description, Map<String, Object> config)
                throws Exception {
            config.putIfAbsent(BATCH_SIZE_FIELD, DEFAULT_BATCH_SIZE);
            return super.create(factories, tag, description, config);
        }

        @Override
        protected AbstractBatchingProcessor newProcessor(
                String tag, String description, int batchSize, Map<String, Object> config) {
            String encoder = ConfigurationUtils.readStringProperty(TYPE, tag, config, "encoder");
            Map<String, Object> fieldMap = ConfigurationUtils.readMap(TYPE, tag, config, "field_map");
            boolean ignoreMissing = ConfigurationUtils.readBooleanProperty(TYPE, tag, config, "ignore_missing", false);
            FieldMap fields = fields(tag, fieldMap);
            NodeEncoders ofNode = encoders.get();
            if (ingestNode && !applyingClusterState() && !ofNode.names().contains(encoder)) {
                throw ConfigurationUtils.newConfigurationException(
                        TYPE, tag, "encoder", ofNode.unknown(encoder).getMessage());
            }
            return new HybridIrProcessor(tag, description, batchSize, encoder, fields, ignoreMissing, ofNode, targets);
        }

        private static FieldMap fields(String tag, Map<String, Object> config) {
            try {
                return FieldMap.parse(config);
            } catch (IllegalArgumentException e) {
                throw ConfigurationUtils.newConfigurationException(TYPE, tag, "field_map", e.getMessage());
            }
        }

        /**
         * Whether the node takes over a pipeline that was accepted already, as every node does when the cluster's state
         * changes and when it starts. A node that lacks the encoder then must still get a pipeline: its documents fail,
         * one by one and with the reason, until the encoder's folder is there.
         */
        private static boolean applyingClusterState() {
            return Thread.currentThread().getName().contains(ClusterApplierService.CLUSTER_UPDATE_THREAD_NAME);
        }
    }
}

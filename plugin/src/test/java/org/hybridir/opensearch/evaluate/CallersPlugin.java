package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.apache.lucene.codecs.StoredFieldsReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterDirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.opensearch.OpenSearchSecurityException;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.IndicesRequest;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.action.support.ActionFilterChain;
import org.opensearch.action.support.ActionRequestMetadata;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.lucene.index.SequentialStoredFieldsLeafReader;
import org.opensearch.common.util.concurrent.ThreadContext;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.env.Environment;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.index.IndexModule;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.repositories.RepositoriesService;
import org.opensearch.script.ScriptService;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;
import org.opensearch.watcher.ResourceWatcherService;

/**
 * What a security plugin does: writes down who did what, refuses some of it, and hides documents whose field
 * {@code secret} is true from whoever has the header {@link #NO_SECRETS}.
 */
public final class CallersPlugin extends Plugin implements ActionPlugin {
    static final String CALLER = "caller";
    static final String NO_SECRETS = "no_secrets";

    /** An action that a caller started on some node; no caller: the plugin itself. */
    record Call(String action, String caller, List<String> indices) {}

    static final Queue<Call> CALLS = new ConcurrentLinkedQueue<>();
    /** An action, and an index that it must not touch; one without indices is refused whatever it says. */
    static final Map<String, String> REFUSED = new ConcurrentHashMap<>();

    private ThreadContext context;

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
        context = threadPool.getThreadContext();
        return List.of();
    }

    @Override
    public List<ActionFilter> getActionFilters() {
        return List.of(new Filter());
    }

    private final class Filter implements ActionFilter {
        @Override
        public int order() {
            return 0;
        }

        @Override
        public <Request extends ActionRequest, Response extends ActionResponse> void apply(
                Task task,
                String action,
                Request request,
                ActionRequestMetadata<Request, Response> metadata,
                ActionListener<Response> listener,
                ActionFilterChain<Request, Response> chain) {
            List<String> indices = request instanceof IndicesRequest named ? List.of(named.indices()) : List.of();
            CALLS.add(new Call(action, context.getHeader(CALLER), indices));
            String refused = REFUSED.get(action);
            if (refused != null && (indices.isEmpty() || indices.contains(refused))) {
                listener.onFailure(
                        new OpenSearchSecurityException("no permissions for [" + action + "]", RestStatus.FORBIDDEN));
            } else {
                chain.proceed(task, action, request, listener);
            }
        }
    }

    @Override
    public void onIndexModule(IndexModule module) {
        module.setReaderWrapper(
                service -> reader -> context.getHeader(NO_SECRETS) == null ? reader : new Hiding(reader));
    }

    private static final class Hiding extends FilterDirectoryReader {
        private Hiding(DirectoryReader in) throws IOException {
            super(in, new SubReaderWrapper() {
                @Override
                public LeafReader wrap(LeafReader leaf) {
                    return new HidingLeaf(leaf);
                }
            });
        }

        @Override
        protected DirectoryReader doWrapDirectoryReader(DirectoryReader in) throws IOException {
            return new Hiding(in);
        }

        @Override
        public CacheHelper getReaderCacheHelper() {
            return in.getReaderCacheHelper();
        }
    }

    private static final class HidingLeaf extends SequentialStoredFieldsLeafReader {
        private final FixedBitSet visible;

        private HidingLeaf(LeafReader in) {
            super(in);
            visible = new FixedBitSet(in.maxDoc());
            Bits live = in.getLiveDocs();
            for (int doc = 0; doc < in.maxDoc(); doc++) {
                if (live == null || live.get(doc)) {
                    visible.set(doc);
                }
            }
            try {
                PostingsEnum secret = in.postings(new Term("secret", "T"));
                while (secret != null && secret.nextDoc() != PostingsEnum.NO_MORE_DOCS) {
                    visible.clear(secret.docID());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        protected StoredFieldsReader doGetSequentialStoredFieldsReader(StoredFieldsReader reader) {
            return reader;
        }

        @Override
        public Bits getLiveDocs() {
            return visible;
        }

        @Override
        public int numDocs() {
            return visible.cardinality();
        }

        @Override
        public CacheHelper getCoreCacheHelper() {
            return in.getCoreCacheHelper();
        }

        @Override
        public CacheHelper getReaderCacheHelper() {
            return null;
        }
    }
}

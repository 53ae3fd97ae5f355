package org.hybridir.trainer.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hybridir.trainer.load.CollectionLoader;
import org.hybridir.trainer.load.LoadException;
import org.hybridir.trainer.load.LoadTarget;
import org.hybridir.trainer.load.SearchServer;

/** A fresh index of passages with its pipeline, under a name that nobody else has; deleted when it is closed. */
final class BenchIndex implements AutoCloseable {
    private static final int NOT_FOUND = 404;

    private final SearchServer server;
    private final LoadTarget target;

    private BenchIndex(SearchServer server, LoadTarget target) {
        this.server = server;
        this.target = target;
    }

    static BenchIndex create(SearchServer server, String encoder, List<String> languages) throws IOException {
        BenchIndex index = new BenchIndex(server, new LoadTarget("hybrid-ir-bench-" + UUID.randomUUID(), encoder, 1));
        try {
            new CollectionLoader(server, index.target).prepare(languages, false);
            return index;
        } catch (IOException | RuntimeException e) {
            index.close();
            throw e;
        }
    }

    SearchServer server() {
        return server;
    }

    String name() {
        return target.index();
    }

    void refresh() throws LoadException {
        server.post("/" + name() + "/_refresh", null);
    }

    /** A search for the passages nearest to a question; fails also if a shard failed or it was cut short. */
    void search(String question) throws LoadException {
        var answer = server.post(
                "/" + name() + "/_search",
                Map.of(
                        "size",
                        10,
                        "_source",
                        false,
                        "query",
                        Map.of("hybrid_ir", Map.of(LoadTarget.VECTORS, Map.of("query_text", question, "k", 10)))));
        if (answer.path("timed_out").asBoolean()
                || answer.path("_shards").path("failed").asInt() > 0) {
            throw new LoadException("the search was not complete: " + answer.path("_shards"));
        }
    }

    @Override
    public void close() throws LoadException {
        for (String path :
                List.of("/" + target.index(), "/" + target.questions(), "/_ingest/pipeline/" + target.pipeline())) {
            try {
                server.delete(path);
            } catch (LoadException e) {
                if (e.status() != NOT_FOUND) {
                    throw e;
                }
            }
        }
    }
}

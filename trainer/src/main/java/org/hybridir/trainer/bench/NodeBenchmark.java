package org.hybridir.trainer.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.hybridir.collection.Passage;
import org.hybridir.collection.Question;
import org.hybridir.collection.TestCollection;
import org.hybridir.trainer.load.BulkWriter;
import org.hybridir.trainer.load.CollectionLoader;
import org.hybridir.trainer.load.LoadException;
import org.hybridir.trainer.load.SearchServer;

/**
 * A running node at work: passages written in bulk through the ingest pipeline, {@code hybrid_ir} queries of clients that
 * each wait for their answer, and both together. It makes an index of its own and deletes it in the end.
 */
public final class NodeBenchmark {
    /** Passages of a bulk request. */
    private static final int BULK = 128;

    /** Before the first queries that count. */
    private static final double WARM_UP_SECONDS = 2;

    /** Between two looks at the node's memory. */
    private static final double LOOK_SECONDS = 10;

    private final SearchServer server;
    private final Settings settings;
    private final PrintWriter out;
    private final BooleanSupplier stop;
    private final List<Passage> passages;
    private final List<String> questions;
    private final List<String> languages;
    /** Over all runs, so that no query comes again soon: its vector would be in the node's cache. */
    private final AtomicLong asked = new AtomicLong();

    /**
     * What is measured.
     *
     * @param encoder a node's encoder
     * @param passages how many are drawn; 0 for all
     * @param clients of queries, in one run after the other
     * @param mixedClients of queries while passages are written
     * @param writers of bulk requests, side by side
     * @param seconds of each run
     * @param offlineRate passages a second that the same encoder makes without a node; 0 if it is not known
     * @param seed of the draw
     */
    public record Settings(
            String encoder,
            int passages,
            List<Integer> clients,
            int mixedClients,
            int writers,
            int seconds,
            double offlineRate,
            long seed) {
        public Settings {
            clients = List.copyOf(clients);
            clients.forEach(count -> Counts.atLeast(1, "clients", count));
            Counts.atLeast(0, "passages", passages);
            Counts.atLeast(1, "mixed-clients", mixedClients);
            Counts.atLeast(1, "writers", writers);
            Counts.atLeast(1, "seconds", seconds);
            if (!(offlineRate >= 0)) {
                throw new IllegalArgumentException("--offline-rate must be above 0, not [" + offlineRate + "]");
            }
        }
    }

    /** @param stop whether to end early, after what is under way */
    public NodeBenchmark(
            SearchServer server, Settings settings, TestCollection collection, PrintWriter out, BooleanSupplier stop) {
        this.server = server;
        this.settings = settings;
        this.out = out;
        this.stop = stop;
        languages = collection.languages();
        passages = drawn(collection.passages(), settings);
        questions = new ArrayList<>(
                collection.questions().stream().map(Question::text).toList());
        Collections.shuffle(questions, new Random(settings.seed));
    }

    private static List<Passage> drawn(List<Passage> all, Settings settings) {
        if (settings.passages == 0) {
            return all;
        }
        List<Passage> drawn = new ArrayList<>(all);
        Collections.shuffle(drawn, new Random(settings.seed));
        return List.copyOf(drawn.subList(0, Math.min(settings.passages, drawn.size())));
    }

    /** Loads, searches, does both at once, and prints a table. */
    public NodeResult run() throws IOException {
        try (BenchIndex index = BenchIndex.create(server, settings.encoder, languages)) {
            NodeTables tables = new NodeTables(out);
            Crew.Result alone = load(index);
            tables.load("alone", alone, settings.offlineRate);
            search(index, settings.mixedClients, WARM_UP_SECONDS);
            List<Crew.Result> idle = new ArrayList<>();
            TreeSet<Integer> counts = new TreeSet<>(settings.clients);
            counts.add(settings.mixedClients);
            tables.queryHead();
            for (int clients : counts) {
                Crew.Result searched = search(index, clients, settings.seconds);
                tables.queries("idle", searched);
                idle.add(searched);
            }
            Mixed mixed = mixed(index, settings.seconds);
            NodeResult result = new NodeResult(alone, idle, mixed.load, mixed.queries, settings.offlineRate);
            tables.mixed(result);
            return result;
        }
    }

    /** What {@link #run} and {@link #soak} do at once. */
    private record Mixed(Crew.Result load, Crew.Result queries) {}

    private Mixed mixed(BenchIndex index, double seconds) throws IOException {
        CompletableFuture<Crew.Result> load = writers(index).start(until(seconds));
        CompletableFuture<Crew.Result> queries =
                clients(index, settings.mixedClients).start(load::isDone);
        return new Mixed(join(load), join(queries));
    }

    private Crew.Result load(BenchIndex index) throws IOException {
        out.printf(Locale.ROOT, "%,d passages into [%s] at %s%n", passages.size(), index.name(), server.url());
        out.flush();
        AtomicLong begun = new AtomicLong();
        Crew.Result result =
                join(writers(index).start(() -> stop.getAsBoolean() || begun.getAndIncrement() >= requests()));
        if (result.errors() > 0) {
            throw new LoadException(
                    "[" + result.errors() + "] of [" + requests() + "] bulk requests failed: " + result.firstError());
        }
        index.refresh();
        return result;
    }

    private int requests() {
        return (passages.size() + BULK - 1) / BULK;
    }

    /** They write all passages, again and again. */
    private Crew writers(BenchIndex index) {
        return new Crew(settings.writers, number -> {
            int from = (int) (number % requests()) * BULK;
            List<Passage> some = passages.subList(from, Math.min(passages.size(), from + BULK));
            BulkWriter writer = new BulkWriter(server, index.name());
            writer.write(CollectionLoader.documents(some), written -> {});
            if (!writer.failures().isEmpty()) {
                throw new LoadException("[" + writer.failures().size() + "] passages were refused: "
                        + writer.failures().values().iterator().next());
            }
            return some.size();
        });
    }

    private Crew clients(BenchIndex index, int clients) {
        return new Crew(clients, number -> {
            index.search(questions.get((int) (asked.getAndIncrement() % questions.size())));
            return 1;
        });
    }

    private Crew.Result search(BenchIndex index, int clients, double seconds) throws IOException {
        Crew.Result result = join(clients(index, clients).start(until(seconds)));
        if (result.errors() > 0 && result.latencies().count() == 0) {
            throw new LoadException("all searches failed: " + result.firstError());
        }
        return result;
    }

    private BooleanSupplier until(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return () -> stop.getAsBoolean() || System.nanoTime() >= end;
    }

    /** Waits; a benchmark that was told to stop has no result. */
    private Crew.Result join(CompletableFuture<Crew.Result> running) {
        Crew.Result result = running.join();
        if (stop.getAsBoolean()) {
            throw new CancellationException("stopped; the benchmark's index is deleted");
        }
        return result;
    }

    /**
     * Writes and searches at full speed for long.
     *
     * @param minutes how long
     * @param memory of the node's process
     * @param fresh makes the vectors that the index's are compared with
     */
    public SoakResult soak(double minutes, ResidentMemory memory, FreshVectors fresh) throws IOException {
        try (BenchIndex index = BenchIndex.create(server, settings.encoder, languages)) {
            load(index);
            CompletableFuture<Crew.Result> load = writers(index).start(until(60 * minutes));
            CompletableFuture<Crew.Result> queries =
                    clients(index, settings.mixedClients).start(load::isDone);
            watch(memory, load);
            Crew.Result written = join(load);
            Crew.Result searched = join(queries);
            index.refresh();
            VectorCheck check = VectorCheck.of(index, passages, settings.seed, fresh);
            SoakResult result = new SoakResult(written, searched, memory.samples(), check);
            new NodeTables(out).soak(result);
            return result;
        }
    }

    private static void watch(ResidentMemory memory, CompletableFuture<?> until) throws IOException {
        long start = System.nanoTime();
        for (int look = 0; !until.isDone(); look++) {
            memory.look(look * LOOK_SECONDS);
            long next = start + (long) ((look + 1) * LOOK_SECONDS * 1e9);
            while (!until.isDone() && System.nanoTime() < next) {
                sleep();
            }
        }
    }

    private static void sleep() throws IOException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted during the soak test", e);
        }
    }
}

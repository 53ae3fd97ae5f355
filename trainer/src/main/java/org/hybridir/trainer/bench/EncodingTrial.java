package org.hybridir.trainer.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hybridir.encoder.TextRole;

/** Contestants in turns, round by round, so that what else the machine does strikes all of them; a warm-up first. */
final class EncodingTrial {
    /** Texts of the warm-up: enough for every thread to have run. */
    private static final int WARM_UP = 32;

    /** Texts of a turn at most, when all are encoded: enough for batches of texts of one length. */
    static final int TURN_TEXTS = 500;

    /** Queries of a turn: a virtual machine may run by a third slower for some seconds, and then for all alike. */
    private static final int TURN = 20;

    private static final int PAUSE_MILLIS = 100;

    private static final long SEED = 0;

    private final int rounds;

    EncodingTrial(int rounds) {
        this.rounds = rounds;
    }

    /**
     * A contestant, and the texts that it encodes in each round.
     *
     * @param texts fewer for one that is slow
     */
    record Entry(Contestant contestant, List<String> texts) {
        /** One of so many nearly equal parts. */
        List<String> part(int index, int parts) {
            int from = (int) ((long) texts.size() * index / parts);
            int to = (int) ((long) texts.size() * (index + 1) / parts);
            return texts.subList(from, to);
        }
    }

    /** Who comes when: drawn anew for each turn, since a processor that idled through a contestant's turn is slow at first. */
    private static final class Order {
        private final List<Integer> order;
        private final Random random = new Random(SEED);

        Order(int contestants) {
            order = new ArrayList<>(IntStream.range(0, contestants).boxed().toList());
        }

        List<Integer> next() {
            Collections.shuffle(order, random);
            return order;
        }
    }

    /** All texts, so many at once that a turn takes less than a minute: the parts of one round are a turn each. */
    List<Throughput> throughput(List<Entry> entries, TextRole role) throws IOException {
        List<List<Throughput.Turn>> turns = new ArrayList<>();
        for (Entry entry : entries) {
            turns.add(new ArrayList<>());
            entry.contestant.encode(entry.texts.subList(0, Math.min(WARM_UP, entry.texts.size())), role);
        }
        int parts = parts(entries);
        Order order = new Order(entries.size());
        for (int turn = 0; turn < rounds * parts; turn++) {
            for (int i : order.next()) {
                Entry entry = entries.get(i);
                turns.get(i).add(turn(entry.contestant, entry.part(turn % parts, parts), role));
            }
        }
        List<Throughput> results = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Contestant contestant = entries.get(i).contestant;
            results.add(new Throughput(
                    contestant.name(), contestant.peer(), entries.get(i).texts.size(), turns.get(i)));
        }
        return results;
    }

    /** As many as the longest list needs, and no more than the shortest has texts: each has something in each turn. */
    private static int parts(List<Entry> entries) {
        IntSummaryStatistics sizes =
                entries.stream().mapToInt(entry -> entry.texts.size()).summaryStatistics();
        return Math.min(Math.ceilDiv(sizes.getMax(), TURN_TEXTS), sizes.getMin());
    }

    private static Throughput.Turn turn(Contestant contestant, List<String> texts, TextRole role) throws IOException {
        Contestant.Computed before = contestant.computed();
        long start = System.nanoTime();
        contestant.encode(texts, role);
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Throughput.Turn(texts.size(), contestant.computed().since(before), seconds);
    }

    /**
     * One query at a time.
     *
     * @param query encoded as often as there are questions
     */
    List<Latency> latency(List<? extends Contestant> contestants, String query, List<String> questions)
            throws IOException {
        List<Latencies> same = new ArrayList<>();
        List<Latencies> real = new ArrayList<>();
        for (Contestant contestant : contestants) {
            same.add(new Latencies());
            real.add(new Latencies());
            one(contestant, questions.subList(0, Math.min(WARM_UP, questions.size())), new Latencies());
        }
        Order order = new Order(contestants.size());
        for (int round = 0; round < rounds; round++) {
            for (int from = 0; from < questions.size(); from += TURN) {
                List<String> turn = questions.subList(from, Math.min(from + TURN, questions.size()));
                for (int i : order.next()) {
                    pause();
                    one(contestants.get(i), Collections.nCopies(turn.size(), query), same.get(i));
                    one(contestants.get(i), turn, real.get(i));
                }
            }
        }
        List<Latency> results = new ArrayList<>();
        for (int i = 0; i < contestants.size(); i++) {
            Contestant contestant = contestants.get(i);
            results.add(new Latency(
                    contestant.name(),
                    contestant.peer(),
                    same.get(i).percentiles(),
                    real.get(i).percentiles()));
        }
        return results;
    }

    /** Threads of a runtime go on spinning after its last query, and would take the processors from the next contestant. */
    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted between two contestants", e);
        }
    }

    private static void one(Contestant contestant, List<String> queries, Latencies to) throws IOException {
        for (String query : queries) {
            to.time(() -> contestant.encode(List.of(query), TextRole.QUERY));
        }
    }
}

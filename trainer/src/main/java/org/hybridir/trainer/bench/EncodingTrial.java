package org.hybridir.trainer.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hybridir.encoder.TextRole;

/** Contestants in turns, round by round, so that what else the machine does strikes all of them; a warm-up first. */
final class EncodingTrial {
    /** Texts of the warm-up: enough for every thread to have run. */
    private static final int WARM_UP = 32;

    /** Queries of a turn: a virtual machine may run by a third slower for some seconds, and then for all alike. */
    private static final int TURN = 20;

    private static final int PAUSE_MILLIS = 100;

    /** Of the order in a turn: a processor that idled through the turn before is slow at first, whoever comes next. */
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
    record Entry(Contestant contestant, List<String> texts) {}

    /** All texts at once. */
    List<Throughput> throughput(List<Entry> entries, TextRole role) throws IOException {
        for (Entry entry : entries) {
            entry.contestant.encode(entry.texts.subList(0, Math.min(WARM_UP, entry.texts.size())), role);
        }
        double[][] seconds = new double[entries.size()][rounds];
        Contestant.Computed[] computed = new Contestant.Computed[entries.size()];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < entries.size(); i++) {
                Contestant contestant = entries.get(i).contestant;
                Contestant.Computed before = contestant.computed();
                long start = System.nanoTime();
                contestant.encode(entries.get(i).texts, role);
                seconds[i][round] = (System.nanoTime() - start) / 1e9;
                computed[i] = contestant.computed().since(before);
            }
        }
        List<Throughput> results = new ArrayList<>();
        for (int i = 0; i < seconds.length; i++) {
            Entry entry = entries.get(i);
            results.add(new Throughput(
                    entry.contestant.name(), entry.contestant.peer(), entry.texts.size(), computed[i], seconds[i]));
        }
        return results;
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
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, contestants.size()).boxed().toList());
        Random random = new Random(SEED);
        for (int round = 0; round < rounds; round++) {
            for (int from = 0; from < questions.size(); from += TURN) {
                List<String> turn = questions.subList(from, Math.min(from + TURN, questions.size()));
                Collections.shuffle(order, random);
                for (int i : order) {
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

package org.hybridir.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hybridir.encoder.TextRole;
import org.junit.jupiter.api.Test;

final class EncodingTrialTest {
    /** Notes what it is given; a text is one token, and each call pads by one. */
    private static final class Noting implements Contestant {
        private final String name;
        private final List<String> log;
        private final List<List<String>> calls = new ArrayList<>();

        Noting(String name, List<String> log) {
            this.name = name;
            this.log = log;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> peer() {
            return Optional.empty();
        }

        @Override
        public List<float[]> encode(List<String> texts, TextRole role) {
            log.add(name);
            calls.add(List.copyOf(texts));
            return Collections.nCopies(texts.size(), new float[] {1});
        }

        @Override
        public Computed computed() {
            int tokens = calls.stream().mapToInt(List::size).sum();
            return new Computed(tokens, tokens + calls.size());
        }

        @Override
        public void close() {}
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "text " + i).toList();
    }

    private static List<String> joined(List<List<String>> calls) {
        return calls.stream().flatMap(List::stream).toList();
    }

    @Test
    void manyTextsAreEncodedInPartsByTurns() throws IOException {
        List<String> log = new ArrayList<>();
        Noting many = new Noting("many", log);
        Noting few = new Noting("few", log);
        List<Throughput> results = new EncodingTrial(2)
                .throughput(
                        List.of(new EncodingTrial.Entry(many, texts(1_201)), new EncodingTrial.Entry(few, texts(100))),
                        TextRole.PASSAGE);
        List<List<String>> first = many.calls.subList(1, 4); // after the warm-up
        assertEquals(List.of(400, 400, 401), first.stream().map(List::size).toList());
        assertEquals(texts(1_201), joined(first));
        assertEquals(texts(1_201), joined(many.calls.subList(4, 7)), "the second round");
        assertEquals(texts(100), joined(few.calls.subList(1, 4)));
        for (int turn = 1; turn < 7; turn++) {
            assertEquals(
                    2, log.subList(2 * turn, 2 * turn + 2).stream().distinct().count(), "one after the other: " + log);
        }
        assertEquals(1_201, results.get(0).texts());
        assertEquals(6, results.get(0).turns().size());
        assertEquals(
                new Contestant.Computed(400, 401), results.get(0).turns().get(0).computed());
        assertTrue(results.get(0).turns().stream().allMatch(turn -> turn.seconds() > 0));
    }

    @Test
    void textsOfOneTurnAreEncodedAtOnce() throws IOException {
        Noting all = new Noting("all", new ArrayList<>());
        new EncodingTrial(1).throughput(List.of(new EncodingTrial.Entry(all, texts(500))), TextRole.QUERY);
        assertEquals(List.of(texts(32), texts(500)), all.calls);
    }

    @Test
    void aContestantOfFewTextsHasSomeInEachTurn() throws IOException {
        List<String> log = new ArrayList<>();
        Noting two = new Noting("two", log);
        new EncodingTrial(1)
                .throughput(
                        List.of(
                                new EncodingTrial.Entry(new Noting("many", log), texts(5_000)),
                                new EncodingTrial.Entry(two, texts(2))),
                        TextRole.PASSAGE);
        assertEquals(List.of(texts(2), List.of("text 0"), List.of("text 1")), two.calls);
    }
}

package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hybridir.encoder.EncodingRequest.Text;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class TextQueueTests {
    private final TextQueue queue = new TextQueue();

    /** A request with a text of each length. */
    private static EncodingRequest request(int... lengths) {
        List<String> names = IntStream.range(0, lengths.length)
                .mapToObj(i -> i + ":" + lengths[i])
                .toList();
        return new EncodingRequest(
                names, name -> new Tokens(new long[Integer.parseInt(name.substring(name.indexOf(':') + 1))], false));
    }

    private EncodingRequest queued(int... lengths) {
        EncodingRequest request = request(lengths);
        queue.add(request);
        return request;
    }

    private List<Integer> lengths(List<Text> batch) {
        return batch.stream().map(Text::length).toList();
    }

    @Test
    void longestComesFirstAndTheNextInLengthJoin() {
        queued(10, 40, 39, 9, 38, 10);
        assertEquals(6, queue.texts());
        assertEquals(146, queue.tokens());
        assertEquals(List.of(40, 39, 38), lengths(queue.next(1000)), "10 would be three parts in four padding");
        assertEquals(List.of(10, 10, 9), lengths(queue.next(1000)));
        assertTrue(queue.isEmpty());
        assertEquals(0, queue.tokens());
    }

    @Test
    void budgetHoldsWithPadding() {
        queued(10, 10, 9, 9);
        assertEquals(List.of(10, 10, 9), lengths(queue.next(39)), "a fourth text would make it 40");
        assertEquals(List.of(9), lengths(queue.next(39)));
    }

    @Test
    void longerThanTheBudgetIsAlone() {
        queued(50, 50);
        assertEquals(List.of(50), lengths(queue.next(39)));
        assertEquals(List.of(50), lengths(queue.next(39)));
    }

    @Test
    void requestsTakeTurns() {
        EncodingRequest bulk = queued(30, 30, 30, 30, 30);
        EncodingRequest other = queued(100);
        assertEquals(
                List.of(bulk, bulk), queue.next(60).stream().map(Text::request).toList());
        assertEquals(List.of(other), queue.next(60).stream().map(Text::request).toList());
        assertEquals(3, queue.texts());
    }

    @Test
    void textsOfAllRequestsRunTogether() {
        EncodingRequest first = queued(20, 5);
        EncodingRequest second = queued(19);
        EncodingRequest third = queued(21);
        assertEquals(
                List.of(first, second, third),
                queue.next(100).stream().map(Text::request).toList(),
                "of two equally near texts the shorter comes first");
        assertEquals(List.of(5), lengths(queue.next(100)));
    }

    @Test
    void removedRequestLeavesNothing() {
        EncodingRequest gone = queued(10, 10, 80);
        queued(10);
        assertEquals(List.of(80), lengths(queue.next(100)));
        assertEquals(2, queue.remove(gone), "one has left already");
        assertEquals(0, queue.remove(gone));
        assertEquals(1, queue.texts());
        assertEquals(10, queue.tokens());
        assertEquals(List.of(10), lengths(queue.next(100)));
    }

    @Test
    void equalTextsOfARequestAreOne() {
        EncodingRequest request =
                new EncodingRequest(List.of("aa", "b", "aa", "aa"), text -> new Tokens(new long[text.length()], false));
        assertEquals(List.of(2, 1), lengths(request.texts()));
        assertEquals(2, request.repeated());
        assertEquals(3, request.tokens());
        request.encoded(request.texts().get(1), new float[] {1});
        assertTrue(!request.result().isDone());
        request.encoded(request.texts().get(0), new float[] {2});
        List<Encoding> encodings = request.result().join();
        assertEquals(
                List.of(2f, 1f, 2f, 2f),
                encodings.stream().map(encoding -> encoding.vector()[0]).toList());
        assertEquals(
                List.of(2, 1, 2, 2), encodings.stream().map(Encoding::tokens).toList());
    }

    /** Against lists that are searched from one end to the other; no two texts are equally long, so that nothing is chance. */
    @RepeatedTest(50)
    void agreesWithPlainLists(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Integer> lengths =
                new ArrayList<>(IntStream.rangeClosed(1, 100).boxed().toList());
        Collections.shuffle(lengths, random);
        List<List<Text>> naive = new ArrayList<>();
        for (int from = 0; from < 60; from += 10) {
            EncodingRequest request = queued(lengths.subList(from, from + 1 + random.nextInt(10)).stream()
                    .mapToInt(Integer::intValue)
                    .toArray());
            List<Text> texts = new ArrayList<>(request.texts());
            texts.sort(Comparator.comparingInt(Text::length).reversed());
            naive.add(texts);
        }
        while (!queue.isEmpty()) {
            int budget = 1 + random.nextInt(500);
            assertEquals(next(naive, budget), queue.next(budget));
        }
        assertTrue(naive.isEmpty());
    }

    private static List<Text> next(List<List<Text>> requests, int budget) {
        List<Text> turn = requests.get(0);
        List<Text> batch = new ArrayList<>(List.of(turn.remove(0)));
        Text nearest = nearest(requests, batch);
        while (nearest != null && fits(batch, nearest, budget)) {
            batch.add(nearest);
            for (List<Text> request : requests) {
                request.remove(nearest);
            }
            nearest = nearest(requests, batch);
        }
        Collections.rotate(requests, -1);
        requests.removeIf(List::isEmpty);
        return batch;
    }

    private static Text nearest(List<List<Text>> requests, List<Text> batch) {
        int width = batch.stream().mapToInt(Text::length).max().orElseThrow();
        return requests.stream()
                .flatMap(List::stream)
                .min(Comparator.<Text>comparingInt(text -> Math.abs(text.length() - width))
                        .thenComparingInt(Text::length))
                .orElse(null);
    }

    private static boolean fits(List<Text> batch, Text more, int budget) {
        int[] lengths = IntStream.concat(batch.stream().mapToInt(Text::length), IntStream.of(more.length()))
                .toArray();
        int padded = Arrays.stream(lengths).max().orElseThrow() * lengths.length;
        return padded <= budget && padded - Arrays.stream(lengths).sum() <= padded / 8.0;
    }
}

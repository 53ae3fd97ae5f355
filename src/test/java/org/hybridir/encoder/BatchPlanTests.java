package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

final class BatchPlanTests {
    @Test
    void groupsByLengthWithinTheBudget() {
        List<int[]> plan = BatchPlan.of(new int[] {3, 9, 2, 3, 20, 4}, 9);
        assertEquals(4, plan.size());
        assertArrayEquals(new int[] {4}, plan.get(0), "longer than the budget: alone");
        assertArrayEquals(new int[] {1}, plan.get(1));
        assertArrayEquals(new int[] {5, 0}, plan.get(2), "padded to 4: two texts fit into 9");
        assertArrayEquals(new int[] {3, 2}, plan.get(3));
    }

    @Test
    void nothingMakesNoBatch() {
        assertEquals(List.of(), BatchPlan.of(new int[0], 10));
    }

    /** Against a planner that adds one text after the other and pads again each time. */
    @RepeatedTest(50)
    void agreesWithNaivePlanner(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int[] lengths = random.ints(random.nextInt(60), 1, 40).toArray();
        int budget = 1 + random.nextInt(120);
        List<int[]> plan = BatchPlan.of(lengths, budget);
        List<List<Integer>> naive = naive(lengths, budget);
        assertEquals(
                naive, plan.stream().map(b -> Arrays.stream(b).boxed().toList()).toList());
        int[] members = plan.stream().flatMapToInt(Arrays::stream).sorted().toArray();
        assertArrayEquals(IntStream.range(0, lengths.length).toArray(), members, "each text once");
        for (int[] batch : plan) {
            int padded = batch.length
                    * Arrays.stream(batch).map(i -> lengths[i]).max().orElseThrow();
            assertTrue(batch.length == 1 || padded <= budget, padded + " tokens for a budget of " + budget);
        }
    }

    private static List<List<Integer>> naive(int[] lengths, int budget) {
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> left =
                new ArrayList<>(IntStream.range(0, lengths.length).boxed().toList());
        while (!left.isEmpty()) {
            Integer longest = left.get(0);
            for (Integer text : left) {
                longest = lengths[text] > lengths[longest] ? text : longest;
            }
            left.remove(longest);
            List<Integer> last = batches.isEmpty() ? null : batches.get(batches.size() - 1);
            if (last == null || lengths[last.get(0)] * (last.size() + 1) > budget) {
                last = new ArrayList<>();
                batches.add(last);
            }
            last.add(longest);
        }
        return batches;
    }
}

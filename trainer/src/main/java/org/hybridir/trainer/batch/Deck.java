package org.hybridir.trainer.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.hybridir.trainer.data.Parallels;

/**
 * Cards (numbers of pairs) that are drawn in shuffled order, one by one or in runs of neighbours. When none is left they are shuffled anew, by the seed, the
 * deck's name and the epoch. A card that conflicts with one of the batch waits for the next batch, in front of the others,
 * and what still waits when an epoch ends is not put into the deck a second time.
 */
final class Deck {
    /** How many cards are looked at for one that can be in a batch, before the deck counts as unusable. */
    private static final int TRIALS = 1000;

    private final String name;
    private final int[] cards;
    private final Parallels parallels;
    private final SamplerSettings settings;

    private List<Integer> waiting = new ArrayList<>();
    private List<Integer> order = List.of();
    private int position;
    private long epoch;

    /** @throws IllegalArgumentException if not even two cards can stand in a batch */
    Deck(String name, List<Integer> cards, Parallels parallels, SamplerSettings settings) {
        this.name = name;
        this.cards = cards.stream().mapToInt(Integer::intValue).toArray();
        this.parallels = parallels;
        this.settings = settings;
        if (!usable()) {
            throw new IllegalArgumentException("a batch needs 2 pairs that are not parallel to each other, and the ["
                    + cards.size() + "] of " + name + " have no two such; leave them out (languages=), or add data");
        }
    }

    private boolean usable() {
        for (int first = 0; first < Math.min(cards.length, TRIALS); first++) {
            for (int other : cards) {
                if (other != cards[first] && compatible(cards[first], other)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean compatible(int one, int other) {
        return settings.allowDuplicates() || !parallels.conflict(one, other);
    }

    /** The cards of the next batch: as many as the batch size, or fewer if the whole deck has no more without conflict. */
    List<Integer> draw() {
        Hand hand = drawHand();
        // a card that conflicts with all others would hold up the deck: it goes behind them
        while (hand.cards.size() < 2) {
            Integer first = hand.cards.get(0);
            waiting.remove(first);
            waiting.add(first);
            hand = drawHand();
        }
        return hand.cards;
    }

    private Hand drawHand() {
        Hand hand = new Hand();
        List<Integer> passed = new ArrayList<>();
        for (int card : waiting) {
            offer(hand, card, passed);
        }
        boolean shuffled = false;
        while (!hand.full()) {
            if (position == order.size()) {
                if (shuffled) {
                    break;
                }
                shuffle(passed);
                shuffled = true;
            } else {
                offer(hand, order.get(position++), passed);
            }
        }
        waiting = passed;
        return hand;
    }

    private static void offer(Hand hand, int card, List<Integer> passed) {
        if (!hand.take(card)) {
            passed.add(card);
        }
    }

    private void shuffle(List<Integer> left) {
        BitSet present = new BitSet();
        left.forEach(present::set);
        List<Integer> rest = new ArrayList<>();
        for (int card : cards) {
            if (!present.get(card)) {
                rest.add(card);
            }
        }
        Random random = Seeds.random(settings.seed(), name, epoch++);
        Collections.shuffle(rest, random);
        order = settings.neighbours() == 1 ? rest : neighbours(rest, random);
        position = 0;
    }

    /**
     * The same cards in runs of neighbours, the runs in any order. Clusters are numbered as the data has them; in a round, one
     * card of each, the cards beside each other are neighbours, and no two of them conflict.
     */
    private List<Integer> neighbours(List<Integer> shuffled, Random random) {
        List<List<Integer>> runs = new ArrayList<>();
        for (List<Integer> round : Parallels.rounds(shuffled, parallels::cluster)) {
            List<Integer> inOrder = round.stream()
                    .sorted(Comparator.comparingInt(parallels::cluster))
                    .toList();
            for (int from = 0; from < inOrder.size(); from += settings.neighbours()) {
                runs.add(inOrder.subList(from, Math.min(inOrder.size(), from + settings.neighbours())));
            }
        }
        Collections.shuffle(runs, random);
        return runs.stream().flatMap(List::stream).toList();
    }

    /** The batch that is being drawn. */
    private final class Hand {
        private final List<Integer> cards = new ArrayList<>();
        private final Set<Integer> held = new HashSet<>();
        private final Set<Integer> clusters = new HashSet<>();
        private final Set<Integer> queries = new HashSet<>();
        /** Clusters of which a hard negative is held. */
        private final Set<Integer> negatives = new HashSet<>();

        boolean full() {
            return cards.size() == settings.batchSize();
        }

        boolean take(int card) {
            if (full() || held.contains(card) || conflicts(card)) {
                return false;
            }
            cards.add(card);
            held.add(card);
            clusters.add(parallels.cluster(card));
            queries.add(parallels.query(card));
            for (int negative : parallels.negatives(card)) {
                negatives.add(negative);
            }
            return true;
        }

        private boolean conflicts(int card) {
            return !settings.allowDuplicates()
                    && (clusters.contains(parallels.cluster(card))
                            || queries.contains(parallels.query(card))
                            || negatives.contains(parallels.cluster(card))
                            || Arrays.stream(parallels.negatives(card)).anyMatch(clusters::contains));
        }
    }
}

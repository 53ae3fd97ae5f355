package org.hybridir.trainer.batch;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.hybridir.trainer.data.Parallels;

/**
 * Cards (numbers of pairs) that are drawn in shuffled order. When none is left they are shuffled anew, by the seed, the
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
    private int[] order = {};
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
            if (position == order.length) {
                if (shuffled) {
                    break;
                }
                shuffle(passed);
                shuffled = true;
            } else {
                offer(hand, order[position++], passed);
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
        order = new int[cards.length - left.size()];
        position = 0;
        for (int card : cards) {
            if (!present.get(card)) {
                order[position++] = card;
            }
        }
        position = 0;
        Random random = Seeds.random(settings.seed(), name, epoch++);
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int card = order[i];
            order[i] = order[j];
            order[j] = card;
        }
    }

    /** The batch that is being drawn. */
    private final class Hand {
        private final List<Integer> cards = new ArrayList<>();
        private final Set<Integer> held = new HashSet<>();
        private final Set<Integer> clusters = new HashSet<>();
        private final Set<Integer> queries = new HashSet<>();

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
            return true;
        }

        private boolean conflicts(int card) {
            return !settings.allowDuplicates()
                    && (clusters.contains(parallels.cluster(card)) || queries.contains(parallels.query(card)));
        }
    }
}

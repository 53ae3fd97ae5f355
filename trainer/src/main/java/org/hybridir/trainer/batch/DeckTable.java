package org.hybridir.trainer.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.hybridir.trainer.data.DataSet;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData;

/**
 * The decks of one kind of batch. A batch's data set is drawn by its weight, or where none is given by how many pairs of
 * this kind it has; then one of its decks uniformly.
 */
final class DeckTable {
    private final BatchKind kind;
    private final List<Pair> pairs;
    private final List<List<Deck>> decks = new ArrayList<>();
    /** Of the data set in the same place and all before it. */
    private final List<Double> weights = new ArrayList<>();

    private final Random random;

    /**
     * @param wanted which pairs belong to this kind; at least one must
     * @param deckOf the name of the deck, within its data set, that a pair goes to
     */
    DeckTable(
            BatchKind kind,
            TrainingData data,
            SamplerSettings settings,
            Predicate<Pair> wanted,
            Function<Pair, String> deckOf) {
        this.kind = kind;
        this.pairs = data.all();
        this.random = Seeds.random(settings.seed(), kind.name(), 0);
        int from = 0;
        double total = 0;
        for (DataSet set : data.sets()) {
            Map<String, List<Integer>> cards = cards(set, from, wanted, deckOf);
            from += set.pairs().size();
            if (!cards.isEmpty()) {
                decks.add(decks(set, cards, data, settings));
                total += set.weight()
                        .orElse(cards.values().stream().mapToInt(List::size).sum());
                weights.add(total);
            }
        }
    }

    private static Map<String, List<Integer>> cards(
            DataSet set, int from, Predicate<Pair> wanted, Function<Pair, String> deckOf) {
        Map<String, List<Integer>> cards = new TreeMap<>();
        for (int i = 0; i < set.pairs().size(); i++) {
            Pair pair = set.pairs().get(i);
            if (wanted.test(pair)) {
                cards.computeIfAbsent(deckOf.apply(pair), deck -> new ArrayList<>())
                        .add(from + i);
            }
        }
        return cards;
    }

    private List<Deck> decks(
            DataSet set, Map<String, List<Integer>> cards, TrainingData data, SamplerSettings settings) {
        List<Deck> made = new ArrayList<>();
        cards.forEach((name, numbers) -> made.add(
                new Deck(name + " pairs of data set [" + set.name() + "]", numbers, data.parallels(), settings)));
        return made;
    }

    Batch draw(double weight) {
        double at = random.nextDouble() * weights.get(weights.size() - 1);
        int set = 0;
        while (set < weights.size() - 1 && weights.get(set) <= at) {
            set++;
        }
        List<Deck> choice = decks.get(set);
        List<Integer> cards = choice.get(random.nextInt(choice.size())).draw();
        return new Batch(kind, weight, cards.stream().map(pairs::get).toList());
    }
}

package org.hybridir.trainer.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.hybridir.trainer.data.DataSet;
import org.hybridir.trainer.data.Pair;
import org.hybridir.trainer.data.TrainingData;

/** Data sets for samplers. */
final class RandomData {
    static final List<String> LANGUAGES = List.of("ar", "de", "en", "fr", "zh");

    private RandomData() {}

    /** Pairs that have nothing in common with each other: {@code count} for each pair of languages, such as "de-en". */
    static DataSet distinct(String name, OptionalDouble weight, int count, String... languagePairs) {
        List<Pair> pairs = new ArrayList<>();
        for (String languages : languagePairs) {
            String[] two = languages.split("-");
            for (int i = 0; i < count; i++) {
                String id = name + "-" + languages + "-" + i;
                pairs.add(new Pair("q " + id, "p " + id, two[0], two[1], id, name));
            }
        }
        return new DataSet(name, pairs, weight);
    }

    /** Two data sets with many parallel, equal and mixed pairs. */
    static TrainingData tangled(Random random) {
        return TrainingData.of(List.of(tangled("a", random), tangled("b", random)));
    }

    private static DataSet tangled(String name, Random random) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String from = LANGUAGES.get(random.nextInt(LANGUAGES.size()));
            String to = random.nextBoolean() ? from : LANGUAGES.get(random.nextInt(LANGUAGES.size()));
            pairs.add(new Pair(
                    "q" + random.nextInt(300), "p" + random.nextInt(1000), from, to, "g" + random.nextInt(1500), name));
        }
        return new DataSet(name, pairs, OptionalDouble.empty());
    }
}

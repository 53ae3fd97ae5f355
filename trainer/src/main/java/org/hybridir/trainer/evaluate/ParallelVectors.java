package org.hybridir.trainer.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.hybridir.encoder.TextRole;
import org.hybridir.trainer.data.Pair;

/** Vectors of translations, two by two: where an encoder puts the same in two languages. */
public final class ParallelVectors {
    /** By their two languages, the smaller code first. */
    private final Map<String, List<float[]>> differences = new TreeMap<>();

    private ParallelVectors() {}

    /**
     * Encodes each text once, as a passage.
     *
     * @param pairs of which the passage translates the query; those of one language take no part
     * @param advance is told how many texts are done
     */
    public static ParallelVectors encode(List<Pair> pairs, TextEncoder encoder, IntConsumer advance)
            throws IOException {
        List<String> texts = texts(pairs);
        Map<String, float[]> vectors = new HashMap<>();
        encoder.encode(
                texts,
                TextRole.PASSAGE,
                (place, encoding) -> vectors.put(texts.get(place), encoding.vector()),
                advance);
        ParallelVectors parallel = new ParallelVectors();
        translations(pairs).forEach(pair -> parallel.add(pair, vectors));
        return parallel;
    }

    /** The texts that are encoded. */
    public static List<String> texts(List<Pair> pairs) {
        return translations(pairs)
                .flatMap(pair -> Stream.of(pair.query(), pair.passage()))
                .distinct()
                .toList();
    }

    /** The languages of pairs of two. */
    public static SortedSet<String> languages(List<Pair> pairs) {
        SortedSet<String> languages = new TreeSet<>();
        translations(pairs).forEach(pair -> languages.addAll(List.of(pair.queryLanguage(), pair.passageLanguage())));
        return languages;
    }

    /** The pairs of the first so many groups, which are lines where text is parallel by line. */
    public static List<Pair> firstGroups(List<Pair> pairs, int count) {
        Map<String, List<Pair>> groups = new LinkedHashMap<>();
        pairs.forEach(pair ->
                groups.computeIfAbsent(pair.group(), key -> new ArrayList<>()).add(pair));
        return groups.values().stream().limit(count).flatMap(List::stream).toList();
    }

    private static Stream<Pair> translations(List<Pair> pairs) {
        return pairs.stream().filter(pair -> !pair.monolingual());
    }

    private void add(Pair pair, Map<String, float[]> vectors) {
        float[] query = vectors.get(pair.query());
        float[] passage = vectors.get(pair.passage());
        boolean inOrder = pair.queryLanguage().compareTo(pair.passageLanguage()) < 0;
        String languages = inOrder
                ? pair.queryLanguage() + "-" + pair.passageLanguage()
                : pair.passageLanguage() + "-" + pair.queryLanguage();
        differences
                .computeIfAbsent(languages, key -> new ArrayList<>())
                .add(inOrder ? difference(query, passage) : difference(passage, query));
    }

    private static float[] difference(float[] from, float[] subtracted) {
        float[] difference = new float[from.length];
        for (int i = 0; i < from.length; i++) {
            difference[i] = from[i] - subtracted[i];
        }
        return difference;
    }

    /** For each two languages, the mean of the first one's vector minus the second one's, over their translations. */
    public List<float[]> meanDifferences() {
        return differences.values().stream().map(ParallelVectors::mean).toList();
    }

    /** All differences, one for each pair, those of two languages behind each other. */
    public List<float[]> allDifferences() {
        return differences.values().stream().flatMap(List::stream).toList();
    }

    private static float[] mean(List<float[]> vectors) {
        double[] sum = new double[vectors.get(0).length];
        for (float[] vector : vectors) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += vector[i];
            }
        }
        float[] mean = new float[sum.length];
        for (int i = 0; i < sum.length; i++) {
            mean[i] = (float) (sum[i] / vectors.size());
        }
        return mean;
    }
}

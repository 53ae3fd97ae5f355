package org.hybridir.opensearch.evaluate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.common.Nullable;

/**
 * What an index of passages holds.
 *
 * @param passages by language, of those that can be ranked
 * @param withoutVector documents that have a language and no vector; 0 if nobody looks for vectors
 * @param withoutLanguage documents that have no language
 */
record Survey(Map<String, Long> passages, long withoutVector, long withoutLanguage) {
    /** The survey of an index, from those of its shards. */
    static Survey of(List<PassResult.Surveyed> shards) {
        Map<String, Long> passages = new TreeMap<>();
        shards.forEach(
                shard -> shard.passages().forEach((language, size) -> passages.merge(language, size, Long::sum)));
        return new Survey(
                passages,
                shards.stream().mapToLong(PassResult.Surveyed::withoutVector).sum(),
                shards.stream().mapToLong(PassResult.Surveyed::withoutLanguage).sum());
    }

    /**
     * The languages that take part, in order.
     *
     * @param wanted empty: all
     * @param index for messages
     * @param fields for messages; null if nobody looks for vectors
     * @throws IllegalArgumentException if there is no passage, or none in a language that is wanted
     */
    List<String> languages(List<String> wanted, String index, @Nullable PassageFields fields) {
        if (passages.isEmpty() && fields == null) {
            throw new IllegalArgumentException("index [" + index + "] has no passage with a [" + PassageFields.LANGUAGE
                    + "]: [" + withoutLanguage + "] have no language");
        }
        if (passages.isEmpty()) {
            throw new IllegalArgumentException("index [" + index + "] has no passage with both a vector in ["
                    + fields.vector() + "] and a [" + PassageFields.LANGUAGE + "]: [" + withoutVector
                    + "] have no vector, [" + withoutLanguage + "] have no language;"
                    + " index them through a pipeline with the processor [hybrid_ir]");
        }
        for (String language : wanted) {
            if (passages.containsKey(language) == false) {
                throw new IllegalArgumentException(
                        "unknown language [" + language + "], the index has " + passages.keySet());
            }
        }
        return passages.keySet().stream()
                .filter(language -> wanted.isEmpty() || wanted.contains(language))
                .toList();
    }

    /** Passages of these languages together. */
    long size(List<String> languages) {
        return languages.stream().mapToLong(passages::get).sum();
    }

    /** Passages of each of these languages. */
    int[] sizes(List<String> languages) {
        return languages.stream()
                .mapToInt(language -> Math.toIntExact(passages.get(language)))
                .toArray();
    }

    /** Passages of all languages but these. */
    long others(List<String> languages) {
        return size(List.copyOf(passages.keySet())) - size(languages);
    }
}

package org.hybridir.trainer.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Gathers a data set's pairs from its reader, and counts what is left out. */
final class PairCollector {
    private final String source;
    private final Set<String> languages;
    private final List<Pair> pairs = new ArrayList<>();
    private final Map<String, Integer> skipped = new TreeMap<>();
    /** Equal texts as one object: a passage stands in many pairs. */
    private final Map<String, String> texts = new HashMap<>();

    /** @param languages of which pairs are wanted; empty: all */
    PairCollector(String source, Set<String> languages) {
        this.source = source;
        this.languages = Set.copyOf(languages);
    }

    /** Whether pairs of a language are wanted. */
    boolean wants(String language) {
        return languages.isEmpty() || languages.contains(language);
    }

    /** Takes a pair, stripped of white space around it, or counts why not; null is a blank text. */
    void add(String query, String queryLanguage, String passage, String passageLanguage, String group) {
        add(query, queryLanguage, passage, passageLanguage, group, List.of());
    }

    /** As above; blank negatives are left out. */
    void add(
            String query,
            String queryLanguage,
            String passage,
            String passageLanguage,
            String group,
            List<String> negatives) {
        if (query == null || query.isBlank()) {
            skip("query without text");
        } else if (passage == null || passage.isBlank()) {
            skip("passage without text");
        } else if (!wants(queryLanguage) || !wants(passageLanguage)) {
            skip("language not asked for");
        } else {
            pairs.add(new Pair(
                    shared(query),
                    shared(passage),
                    queryLanguage,
                    passageLanguage,
                    group,
                    source,
                    negatives.stream()
                            .filter(text -> !text.isBlank())
                            .map(this::shared)
                            .toList()));
        }
    }

    private String shared(String text) {
        String stripped = text.strip();
        String known = texts.putIfAbsent(stripped, stripped);
        return known == null ? stripped : known;
    }

    void skip(String reason) {
        skip(reason, 1);
    }

    void skip(String reason, int count) {
        if (count == 0) {
            return;
        }
        skipped.merge(reason, count, Integer::sum);
    }

    List<Pair> pairs() {
        return pairs;
    }

    Map<String, Integer> skipped() {
        return skipped;
    }
}

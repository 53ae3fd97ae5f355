package org.hybridir.opensearch.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hybridir.measure.QuestionValues;

/**
 * The section {@code questions} of a result. Most of a result is there, each question's own value of each measure: needed to
 * compare results, seldom to look at one.
 */
public final class QuestionSection {
    private static final String NAME = "questions";
    private static final Set<String> VALUES =
            new QuestionValues(List.of(), List.of(), Map.of()).toMap().keySet();

    private QuestionSection() {}

    /** A copy of the result that says all about the questions but their own values. */
    public static Map<String, Object> withoutValues(Map<String, Object> result) {
        Map<String, Object> copy = new LinkedHashMap<>(result);
        copy.computeIfPresent(NAME, (name, section) -> {
            Map<Object, Object> rest = new LinkedHashMap<>((Map<?, ?>) section);
            rest.keySet().removeAll(VALUES);
            return rest;
        });
        return copy;
    }
}

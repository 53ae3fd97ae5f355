package org.hybridir.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Each question's own values, for what means cannot tell: paired tests, the distribution.
 *
 * <p>In the cross-lingual setting a question is asked against the pool of each other language; its value is the mean over
 * those pools in which it has one. A question without a relevant passage in a setting, or about which a measure says nothing,
 * has no value there: null.
 *
 * @param ids of the questions; the same question in other languages has the same. In ascending order, then by language
 * @param languages that the questions are asked in
 * @param measures by name, in those settings in which they say anything: a value or null for each question
 */
public record QuestionValues(
        List<String> ids, List<String> languages, Map<String, Map<Setting, List<Double>>> measures) {
    public QuestionValues {
        ids = List.copyOf(ids);
        languages = List.copyOf(languages);
        if (languages.size() != ids.size()) {
            throw new IllegalArgumentException(
                    "[" + ids.size() + "] questions need as many languages, not [" + languages.size() + "]");
        }
        Map<String, Map<Setting, List<Double>>> copy = new LinkedHashMap<>();
        for (Map.Entry<String, Map<Setting, List<Double>>> measure : measures.entrySet()) {
            copy.put(measure.getKey(), bySetting(measure.getKey(), measure.getValue(), ids.size()));
        }
        measures = Collections.unmodifiableMap(copy);
    }

    private static Map<Setting, List<Double>> bySetting(String measure, Map<Setting, List<Double>> values, int size) {
        Map<Setting, List<Double>> copy = new EnumMap<>(Setting.class);
        values.forEach((setting, list) -> {
            if (list.size() != size) {
                throw new IllegalArgumentException("[" + size + "] questions need as many values of [" + measure
                        + "] in setting [" + setting.key() + "], not [" + list.size() + "]");
            }
            copy.put(setting, Collections.unmodifiableList(new ArrayList<>(list)));
        });
        return Collections.unmodifiableMap(copy);
    }

    /**
     * The values of one measure in one setting, one for each question, null where there is none.
     *
     * @throws IllegalArgumentException if there are none of that measure in that setting
     */
    public List<Double> of(String measure, Setting setting) {
        if (measures.containsKey(measure) && measures.get(measure).containsKey(setting)) {
            return measures.get(measure).get(setting);
        }
        throw new IllegalArgumentException("the questions have no values of [" + measure + "] in setting ["
                + setting.key() + "], only of " + measures.keySet());
    }

    /**
     * Plain maps, lists, strings and numbers, in the order shown:
     *
     * <pre>{@code {ids: [q1, q1], languages: [de, en], measures: {AP: {monolingual: [0.5, null], multilingual: [0.3, 0.4]}}}
     * }</pre>
     */
    public Map<String, Object> toMap() {
        Map<String, Object> all = new LinkedHashMap<>();
        measures.forEach((measure, values) -> {
            Map<String, Object> settings = new LinkedHashMap<>();
            values.forEach((setting, list) -> settings.put(setting.key(), list));
            all.put(measure, settings);
        });
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("ids", ids);
        map.put("languages", languages);
        map.put("measures", all);
        return map;
    }

    /**
     * What {@link #toMap} wrote; other keys are not looked at.
     *
     * @throws IllegalArgumentException if a part is missing or of another kind
     */
    public static QuestionValues fromMap(Map<String, ?> map) {
        PlainMap plain = new PlainMap("section [questions] of a result", map);
        Map<String, Map<Setting, List<Double>>> measures = new LinkedHashMap<>();
        PlainMap all = plain.child("measures");
        for (String measure : all.keys()) {
            Map<Setting, List<Double>> values = new EnumMap<>(Setting.class);
            PlainMap settings = all.child(measure);
            for (String setting : settings.keys()) {
                values.put(Setting.parse(setting), settings.numbers(setting));
            }
            measures.put(measure, values);
        }
        return new QuestionValues(plain.strings("ids"), plain.strings("languages"), measures);
    }
}

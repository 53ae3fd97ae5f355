package org.hybridir.trainer.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.hybridir.measure.AveragePrecision;
import org.hybridir.measure.QuestionValues;
import org.hybridir.measure.Report;
import org.hybridir.measure.Setting;
import org.hybridir.trainer.batch.Strategy;
import org.hybridir.trainer.evaluate.JsonFile;

/**
 * What a run came to on a collection; a file of its own, written whole or not at all.
 *
 * @param run which one
 * @param steps that were trained; fewer than planned if validation got no better
 * @param best the step whose weights were evaluated
 * @param seconds that training took
 * @param report the evaluation's measures
 * @param questionIds of which the same question in other languages shares one
 * @param precision average precision of each id, in the same order: the mean over the languages in which it has a value; null
 *     where it has none in a setting
 */
public record RunResult(
        SweepRun run,
        long steps,
        long best,
        double seconds,
        Report report,
        List<String> questionIds,
        Map<Setting, List<Double>> precision) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public RunResult {
        questionIds = List.copyOf(questionIds);
        for (Setting setting : Setting.values()) {
            int values = precision.getOrDefault(setting, List.of()).size();
            if (values != questionIds.size()) {
                throw new IllegalArgumentException("[" + questionIds.size()
                        + "] questions need as many values in setting [" + setting.key() + "], not [" + values + "]");
            }
        }
    }

    /** The values of questions as {@code precision} has them: for each id, ascending, the mean over its languages. */
    static Map<Setting, List<Double>> byId(QuestionValues questions) {
        Map<Setting, List<Double>> precision = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            List<Double> values = questions.of(new AveragePrecision().name(), setting);
            precision.put(
                    setting,
                    new ArrayList<>(new QuestionMeans()
                            .add(questions.ids(), values)
                            .means()
                            .values()));
        }
        return precision;
    }

    void write(Path file) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>(summary());
        map.put("report", report.toMap());
        map.put("question_ids", questionIds);
        Map<String, Object> values = new LinkedHashMap<>();
        precision.forEach((setting, list) -> values.put(setting.key(), list));
        map.put("average_precision", values);
        JsonFile.write(file, map);
    }

    /** Which run, and what it took. */
    Map<String, Object> summary() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("strategy", run.variant().strategy().key());
        run.variant().alpha().ifPresent(alpha -> map.put("alpha", alpha));
        map.put("seed", run.seed());
        map.put("steps", steps);
        map.put("best_step", best);
        map.put("seconds", seconds);
        return map;
    }

    /** @throws IOException if the file is no result of the run that its folder is named after: names the file and the remedy */
    static RunResult read(Path file) throws IOException {
        String folder = file.getParent().getFileName().toString();
        try {
            RunResult result = of(JSON.readValue(file.toFile(), new TypeReference<>() {}));
            if (!result.run.key().equals(folder)) {
                throw new IllegalArgumentException("it is that of [" + result.run.key() + "]");
            }
            return result;
        } catch (JsonProcessingException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new IOException(
                    "[" + file + "] is no result of the run [" + folder + "]; remove it, and the run is repeated: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }

    private static RunResult of(Map<String, Object> map) {
        Map<?, ?> values = (Map<?, ?>) map.get("average_precision");
        Map<Setting, List<Double>> precision = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            List<Double> list = new ArrayList<>();
            ((List<?>) values.get(setting.key())).forEach(value -> list.add((Double) value));
            precision.put(setting, list);
        }
        return new RunResult(
                run(map),
                ((Number) map.get("steps")).longValue(),
                ((Number) map.get("best_step")).longValue(),
                ((Number) map.get("seconds")).doubleValue(),
                Report.fromMap(child(map, "report")),
                strings(map, "question_ids"),
                precision);
    }

    private static SweepRun run(Map<String, Object> map) {
        Strategy strategy = Strategy.of((String) map.get("strategy"));
        Variant variant = map.containsKey("alpha")
                ? new Variant(strategy, OptionalDouble.of((Double) map.get("alpha")))
                : Variant.of(strategy);
        return new SweepRun(variant, ((Number) map.get("seed")).longValue());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, ?> child(Map<String, Object> map, String key) {
        return (Map<String, ?>) map.get(key);
    }

    private static List<String> strings(Map<String, Object> map, String key) {
        return ((List<?>) map.get(key)).stream().map(Object::toString).toList();
    }
}

package org.hybridir.trec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hybridir.measure.Measure;
import org.hybridir.measure.Ranking;
import org.hybridir.measure.Setting;

/**
 * Measures of a run. Relevant documents that were not retrieved count as such, and so do questions: one that is judged and
 * not in the run has a value of 0, as by {@code trec_eval -c}. A question without a relevant document has no value and is
 * left out; trec_eval gives it 0.
 *
 * @param measures names
 * @param perQuestion question to a value of each measure
 * @param missing how many questions have a relevant document and are not in the run
 * @param withoutRelevant how many judged questions have no relevant document
 * @param notJudged how many questions of the run have no judgement
 */
public record RunMeasures(
        List<String> measures, Map<String, double[]> perQuestion, int missing, int withoutRelevant, int notJudged) {

    /** @throws IllegalArgumentException if a measure needs languages, or no question has a relevant document */
    public static RunMeasures of(Run run, Judgements judgements, List<Measure> measures) {
        measures.forEach(RunMeasures::requireNoLanguages);
        Map<String, double[]> perQuestion = new LinkedHashMap<>();
        int missing = 0;
        for (String question : judgements.questions()) {
            Map<String, Integer> relevant = judgements.relevant(question);
            if (!relevant.isEmpty()) {
                List<String> retrieved = run.rankings().getOrDefault(question, List.of());
                perQuestion.put(question, values(retrieved, relevant, measures));
                missing += retrieved.isEmpty() ? 1 : 0;
            }
        }
        if (perQuestion.isEmpty()) {
            throw new IllegalArgumentException("no question has a relevant document among the ["
                    + judgements.questions().size() + "] questions with judgements");
        }
        long notJudged = run.rankings().keySet().stream()
                .filter(question -> !judgements.questions().contains(question))
                .count();
        return new RunMeasures(
                measures.stream().map(Measure::name).toList(),
                perQuestion,
                missing,
                judgements.questions().size() - perQuestion.size(),
                (int) notJudged);
    }

    private static void requireNoLanguages(Measure measure) {
        if (!measure.in(Setting.MONOLINGUAL)) {
            throw new IllegalArgumentException("measure [" + measure.name()
                    + "] needs the languages of the documents, which a run does not say; evaluate measures it");
        }
    }

    private static double[] values(List<String> retrieved, Map<String, Integer> relevant, List<Measure> measures) {
        if (retrieved.isEmpty()) {
            return new double[measures.size()];
        }
        Ranking ranking = ranking(retrieved, relevant);
        return measures.stream().mapToDouble(measure -> measure.of(ranking)).toArray();
    }

    private static Ranking ranking(List<String> retrieved, Map<String, Integer> relevant) {
        List<Integer> ranks = new ArrayList<>();
        List<Integer> grades = new ArrayList<>();
        Map<String, Integer> notFound = new LinkedHashMap<>(relevant);
        for (int place = 0; place < retrieved.size(); place++) {
            Integer grade = notFound.remove(retrieved.get(place));
            if (grade != null) {
                ranks.add(place + 1);
                grades.add(grade);
            }
        }
        grades.addAll(notFound.values());
        return new Ranking(
                ranks.stream().mapToInt(rank -> rank).toArray(),
                grades.stream().mapToInt(grade -> grade).toArray(),
                new int[grades.size()],
                0,
                retrieved.size(),
                retrieved.size() + notFound.size());
    }

    /** The mean of each measure over the questions. */
    public Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        for (int measure = 0; measure < measures.size(); measure++) {
            int place = measure;
            means.put(
                    measures.get(measure),
                    perQuestion.values().stream()
                            .mapToDouble(values -> values[place])
                            .average()
                            .orElseThrow());
        }
        return means;
    }
}

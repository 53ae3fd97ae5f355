package org.hybridir.opensearch.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hybridir.language.Typology;
import org.hybridir.measure.Evaluation;
import org.hybridir.measure.Report;
import org.opensearch.common.Nullable;

/** What an {@link EvaluationRun} counts on its way, and what its response says of it. */
final class EvaluationTally {
    private final EvaluationSpec spec;
    private final String index;
    /** Null: nothing is ranked exactly. */
    private final ExactRanking exact;
    /** Null: all is ranked exactly. */
    private final SearchRanking search;

    private final long started = System.nanoTime();
    private Survey survey;
    private List<String> languages;

    private long surveyNanos;
    private long readNanos;
    private long questions;
    private long incompleteQuestions;
    private long questionsOfOtherLanguages;
    private long judgementsNotRelevant;

    /** @param index the concrete index of passages */
    EvaluationTally(EvaluationSpec spec, String index, @Nullable ExactRanking exact, @Nullable SearchRanking search) {
        this.spec = spec;
        this.index = index;
        this.exact = exact;
        this.search = search;
    }

    /** All up to now was the survey. */
    void surveyed(Survey survey, List<String> languages) {
        this.survey = survey;
        this.languages = languages;
        surveyNanos = System.nanoTime() - started;
    }

    /** Questions or judgements were read. */
    void read(long nanos) {
        readNanos += nanos;
    }

    void asked(QuestionBlock block) {
        incompleteQuestions += block.incomplete();
        questionsOfOtherLanguages += block.otherLanguage();
        questions += block.questions().size();
    }

    void notRelevant(long judgements) {
        judgementsNotRelevant += judgements;
    }

    /** @throws IllegalArgumentException if there was none */
    void requireQuestions() {
        if (questions == 0) {
            throw new IllegalArgumentException("index [" + spec.questions() + "] has no question to ask in "
                    + languages + ": [" + incompleteQuestions + "] documents lack one of [" + QuestionBlock.ID + "], ["
                    + QuestionBlock.LANGUAGE + "], [" + QuestionBlock.TEXT + "], [" + questionsOfOtherLanguages
                    + "] are in other languages");
        }
    }

    /**
     * The response, in the order in which it is shown.
     *
     * @param evaluation gives each question's own values
     * @param report its report, with the texts of the questions that it shows
     * @param comparison null unless searches are compared with the exact ranking
     */
    EvaluateResponse response(Evaluation evaluation, Report report, @Nullable ExactComparison comparison) {
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put("phases_ms", phases());
        if (exact != null) {
            sections.put("encoder", exact.encoder().describe());
        }
        sections.put("passages", passages());
        sections.put("questions", questions(evaluation));
        sections.put("left_out", leftOut());
        sections.put("report", report.toMap());
        sections.put("typology", Typology.of(report).toMap());
        if (search != null) {
            sections.put("search", searches(comparison));
        }
        return new EvaluateResponse(millis(System.nanoTime() - started), sections);
    }

    private Map<String, Object> phases() {
        Map<String, Object> phases = new LinkedHashMap<>();
        phases.put("survey", millis(surveyNanos));
        phases.put("questions", millis(readNanos));
        if (exact != null) {
            phases.put("encoding", millis(exact.encodeNanos()));
            phases.put("ranking", millis(exact.rankNanos()));
        }
        if (search != null) {
            phases.put("searching", millis(search.nanos()));
        }
        return phases;
    }

    private Map<String, Object> passages() {
        Map<String, Object> passages = new LinkedHashMap<>();
        passages.put("index", index);
        if (exact != null) {
            passages.put("shards", exact.shards());
            passages.put("vector_field", exact.fields().vector());
            passages.put("dimension", exact.fields().dimension());
        }
        return passages;
    }

    private Map<String, Object> questions(Evaluation evaluation) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("index", spec.questions());
        map.put("evaluated", questions);
        if (exact != null) {
            map.put("truncated", exact.truncated());
        }
        map.putAll(evaluation.questionValues().toMap());
        return map;
    }

    private Map<String, Object> leftOut() {
        Map<String, Object> map = new LinkedHashMap<>();
        if (exact != null) {
            map.put("passages_without_vector", survey.withoutVector());
        }
        map.put("passages_without_language", survey.withoutLanguage());
        map.put("passages_of_other_languages", survey.others(languages));
        map.put("questions_incomplete", incompleteQuestions);
        map.put("questions_of_other_languages", questionsOfOtherLanguages);
        map.put("judgements_not_relevant", judgementsNotRelevant);
        map.put("judgements_outside_pool", exact != null ? exact.goldsOutside() : search.goldsOutside());
        return map;
    }

    private Map<String, Object> searches(@Nullable ExactComparison comparison) {
        Map<String, Object> searches = search.toMap();
        if (comparison != null) {
            searches.put("compared_with_exact", comparison.toMap());
        }
        return searches;
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}

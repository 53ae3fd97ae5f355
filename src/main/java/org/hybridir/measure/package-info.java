/**
 * What a ranking is worth: measures, the three settings, and exact ranks without any sorted list.
 *
 * <p>Start with {@link org.hybridir.measure.RankCounter}: of a question it needs only the scores of its few relevant
 * passages ({@link org.hybridir.measure.Golds}) and then counts, for each of them, how many passages of each language
 * stand before it; on the way it keeps the first passages of all. From the counts follow the ranks in every candidate pool at
 * once: that of one language, that of another, and the union of all ({@link org.hybridir.measure.RankedQuestion}).
 * {@link org.hybridir.measure.Evaluation} is told of each question and turns ranks into measures and means;
 * {@link org.hybridir.measure.Report} holds the result, which {@link org.hybridir.measure.ReportTable} prints, and
 * {@link org.hybridir.measure.QuestionValues} each question's own value, for paired tests.
 * {@link org.hybridir.measure.ExactRanking} does all of it over arrays; a search engine does the counting on its shards and
 * adds the counts up; whoever has ranks from elsewhere, a real search of limited depth say, makes RankedQuestions of them.
 *
 * <p>One class a measure, all made by name in {@link org.hybridir.measure.Measures}: a
 * {@link org.hybridir.measure.Measure} sees one {@link org.hybridir.measure.Ranking}. Across the rankings of one question in
 * several languages there is {@link org.hybridir.measure.TopLanguages}. How equal scores are ranked is said once, in
 * {@link org.hybridir.measure.RankOrder}.
 *
 * <p>What does not belong here: text, encoders, files, OpenSearch. This package imports nothing but {@code java.*}.
 */
package org.hybridir.measure;

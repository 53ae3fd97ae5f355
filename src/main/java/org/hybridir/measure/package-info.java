/**
 * What a ranking is worth: measures, the three settings, and exact ranks without any sorted list.
 *
 * <p>Start with {@link org.hybridir.measure.RankCounter}: of a question it needs only the scores of its few relevant
 * passages ({@link org.hybridir.measure.Golds}) and then counts, for each of them, how many passages of each language
 * stand before it. From these counts follow the ranks in every candidate pool at once: that of one language, that of
 * another, and the union of all. {@link org.hybridir.measure.Evaluation} turns counts into ranks, measures and means, and
 * {@link org.hybridir.measure.Report} holds the result, which
 * {@link org.hybridir.measure.ReportTable} prints; {@link org.hybridir.measure.QuestionValues} keeps each question's own
 * value, for paired tests. {@link org.hybridir.measure.ExactRanking} does all of it over arrays; a search engine does the counting on its shards and adds the counts up.
 *
 * <p>One class a measure: {@link org.hybridir.measure.AveragePrecision}, {@link org.hybridir.measure.ReciprocalRank},
 * {@link org.hybridir.measure.Ndcg}, {@link org.hybridir.measure.Recall}, {@link org.hybridir.measure.RankDistance}. How
 * equal scores are ranked is said once, in {@link org.hybridir.measure.RankOrder}.
 *
 * <p>What does not belong here: text, encoders, files, OpenSearch. This package imports nothing but {@code java.*}.
 */
package org.hybridir.measure;

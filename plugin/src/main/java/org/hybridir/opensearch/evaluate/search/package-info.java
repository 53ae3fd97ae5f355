/**
 * Questions asked as real searches, for the search mode of an evaluation.
 *
 * <p>{@link org.hybridir.opensearch.evaluate.search.SearchSpec} is what a caller gives: the queries, as
 * {@link org.hybridir.opensearch.evaluate.search.QueryTemplate}s with places for a question and its pool, and how many hits
 * each search returns. {@link org.hybridir.opensearch.evaluate.search.QuestionSearches} fills the templates in, sends the
 * searches and gives back rankings; where there are several queries,
 * {@link org.hybridir.opensearch.evaluate.search.ReciprocalRankFusion} makes one ranking of theirs.
 *
 * <p>Nothing here knows which passages are relevant: what the rankings are worth is said in the package above.
 */
package org.hybridir.opensearch.evaluate.search;

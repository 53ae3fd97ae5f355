/**
 * Evaluations that are kept: {@code GET} and {@code DELETE _hybrid_ir/_evaluate/{id}}, the list of them, and {@code
 * _compare}, which tells two or more of them apart.
 *
 * <p>Open {@link org.hybridir.opensearch.result.KeptEvaluation} first: one document of the system index
 * {@code .hybrid-ir-evaluations}, written when a run starts and once more when it has ended, so that there is never half a
 * result. {@link org.hybridir.opensearch.result.EvaluationStore} is the only one who reads and writes that index, in the
 * plugin's own name: callers need the right to the action, none to the index. A run whose node died cannot write how it
 * ended; {@link org.hybridir.opensearch.result.LostEvaluations} tells it from one that still runs, at each read.
 *
 * <p>A kept result always has each question's own values, without which it could not be compared; {@link
 * org.hybridir.opensearch.result.QuestionSection} leaves them out where a result is shown. The statistics of a comparison are
 * those of {@link org.hybridir.compare}.
 *
 * <p>How a result is computed belongs to {@link org.hybridir.opensearch.evaluate}; here it is a map of plain values.
 */
package org.hybridir.opensearch.result;

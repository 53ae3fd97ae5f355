/**
 * Evaluation without OpenSearch: encode a test collection, rank it exactly in memory, write what came out.
 *
 * <p>Start with {@link org.hybridir.trainer.evaluate.OfflineEvaluation}. What a measure is and how passages are ranked is
 * the business of {@code org.hybridir.measure}, which the plugin uses too; nothing of it is said again here.
 */
package org.hybridir.trainer.evaluate;

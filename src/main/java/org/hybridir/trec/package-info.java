/**
 * Judgements and rankings in the files of TREC, which every evaluation tool reads (trec_eval, ir_measures, ranx).
 *
 * <p>{@link org.hybridir.trec.Judgements} are qrels: how relevant which document is to which question; BEIR's are the same
 * with other columns. {@link org.hybridir.trec.Run} is what some system retrieved, and {@link org.hybridir.trec.RunWriter}
 * writes such a file so that every tool ranks it as we do. {@link org.hybridir.trec.RunMeasures} measures a run.
 *
 * <p>What does not belong here: texts, vectors.
 */
package org.hybridir.trec;

/**
 * Test collections: questions, candidate passages, which passage answers which question, and in what language each is.
 *
 * <p>Start with {@link org.hybridir.collection.TestCollection}, which is all that an evaluation or an index needs, and
 * {@link org.hybridir.collection.CollectionSource}, which reads one by name. {@link org.hybridir.collection.LareqaReader}
 * knows the format of LAReQA: SQuAD's JSON with sentence breaks, a file a language, the same question id in each.
 *
 * <p>What does not belong here: vectors, rankings, OpenSearch.
 */
package org.hybridir.collection;

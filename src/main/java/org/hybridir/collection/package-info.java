/**
 * Test collections: questions, candidate passages, which passage answers which question and how well, and in what language
 * each is.
 *
 * <p>Start with {@link org.hybridir.collection.TestCollection}, which is all that an evaluation or an index needs, and
 * {@link org.hybridir.collection.CollectionSource}, which reads one by name. One reader a format:
 * {@link org.hybridir.collection.LareqaReader} (SQuAD's JSON with sentence breaks, a file a language, the same question id
 * in each), {@link org.hybridir.collection.TatoebaReader} (lines parallel to English), {@code MiraclReader}, {@code BeirReader}
 * and {@code MewsliReader}, which join documents, questions and judgements in a {@code JudgedPool}. What a reader leaves out,
 * and why, the collection says itself.
 *
 * <p>A candidate is one passage, or a document in several ({@link org.hybridir.collection.Passages} makes them of its text);
 * then a ranking is one of documents.
 *
 * <p>What does not belong here: vectors, rankings, OpenSearch.
 */
package org.hybridir.collection;

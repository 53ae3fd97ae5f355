/**
 * A test collection into OpenSearch, through an ingest pipeline that encodes the passages on the node.
 *
 * <p>Open {@link org.hybridir.trainer.load.CollectionLoader} first: it makes the pipeline and both indices, writes them
 * with {@link org.hybridir.trainer.load.BulkWriter}, and compares what is there afterwards with the collection.
 * {@link org.hybridir.trainer.load.SearchServer} is the connection; its errors are one line that a person can act on.
 * {@link org.hybridir.trainer.load.LanguageAnalyzers} has the analyzers of the languages' fields of words.
 * {@link org.hybridir.trainer.load.NodeEvaluation} asks the node for the evaluation of what was loaded.
 */
package org.hybridir.trainer.load;

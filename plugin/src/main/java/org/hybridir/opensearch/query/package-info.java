/** Text to vector when a search comes in: the query {@code hybrid_ir}, which becomes the k-NN plugin's own query. */
package org.hybridir.opensearch.query;

/**
 * The plugin for OpenSearch. {@link org.hybridir.opensearch.HybridIrPlugin} registers, one line an extension;
 * {@link org.hybridir.opensearch.HybridIrSettings} holds every setting. What the plugin does lies in the packages
 * below: {@code encoder} (the encoders of a node and their REST calls), {@code ingest} (the processor), {@code query}
 * (the query), {@code evaluate} (evaluation over indices), {@code result} (evaluations that are kept, and their comparison).
 */
package org.hybridir.opensearch;

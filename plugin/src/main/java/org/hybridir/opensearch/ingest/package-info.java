/** Text to vector when documents come in: the processor {@code hybrid_ir}. */
package org.hybridir.opensearch.ingest;

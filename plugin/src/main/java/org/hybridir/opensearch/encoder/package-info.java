/**
 * The encoders of a node. Open {@link org.hybridir.opensearch.encoder.NodeEncoders} first: it is asked for vectors by name of
 * the encoder, and answers when they are there. On their way texts meet
 *
 * <ul>
 *   <li>{@link org.hybridir.opensearch.encoder.EncoderThreads}, the node's threads, none of which waits for a forward pass;
 *   <li>{@link org.hybridir.opensearch.encoder.PendingRequests}, which ends what takes too long, and what is for a task that
 *       was cancelled: {@link org.hybridir.opensearch.encoder.CallingTask} knows whose texts they are;
 *   <li>{@link org.hybridir.opensearch.encoder.EncoderSlots}, which finds the folder under
 *       {@code config/opensearch-hybrid-ir/encoders} and opens it once;
 *   <li>{@link org.hybridir.opensearch.encoder.QueryVectors}, which knows queries that were asked before;
 *   <li>the encoder's own queues and threads, which are not the node's: {@code org.hybridir.encoder}.
 * </ul>
 *
 * {@link org.hybridir.opensearch.encoder.EncoderMemory} is the circuit breaker that all of them account to.
 * {@link org.hybridir.opensearch.encoder.NativeRuntime} is the only class that touches DJL's start, and
 * {@link org.hybridir.opensearch.encoder.NativeErrors} decides what an error there ends. The rest are the calls
 * {@code GET _hybrid_ir/encoders}, {@code POST _hybrid_ir/_encode}, {@code GET _hybrid_ir/stats} and
 * {@code GET _cat/hybrid_ir}.
 *
 * <p>How text becomes a vector is not decided here but in {@code org.hybridir.encoder}.
 */
package org.hybridir.opensearch.encoder;

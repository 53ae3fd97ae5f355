/**
 * The encoders of a node. Open {@link org.hybridir.opensearch.encoder.NodeEncoders} first: it finds the folders under
 * {@code config/opensearch-hybrid-ir/encoders}, opens each once, and encodes on its own threads.
 * {@link org.hybridir.opensearch.encoder.NativeRuntime} is the only class that touches DJL's start. The rest are the
 * calls {@code GET _hybrid_ir/encoders}, {@code POST _hybrid_ir/_encode} and {@code GET _hybrid_ir/stats}.
 *
 * <p>How text becomes a vector is not decided here but in {@code org.hybridir.encoder}.
 */
package org.hybridir.opensearch.encoder;

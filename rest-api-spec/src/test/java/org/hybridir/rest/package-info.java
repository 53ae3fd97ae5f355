/**
 * Real nodes held to what the endpoints promise: the distribution, the k-NN plugin and ours, installed and started as an
 * operator would, in processes of their own.
 *
 * <p>{@link org.hybridir.rest.RestSpecIT} runs the YAML tests of {@code rest-api-spec/test}; it is where an endpoint's
 * behaviour is written down. The other classes do what YAML cannot say. {@link org.hybridir.rest.RealNode} starts the one
 * node that most of them share.
 */
package org.hybridir.rest;

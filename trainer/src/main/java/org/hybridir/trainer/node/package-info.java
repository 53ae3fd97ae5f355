/**
 * A real OpenSearch node on this machine, from zip files on disk: what a person would do by hand with {@code unzip},
 * {@code opensearch-plugin install} and {@code bin/opensearch}, and nothing that a person could not do.
 *
 * <p>Open {@link org.hybridir.trainer.node.LocalNode} first. A {@link org.hybridir.trainer.node.Installation} is the
 * unpacked distribution with its plugins, shared by any number of nodes; a node adds a folder of its own with
 * configuration, encoders, data and logs, described by {@link org.hybridir.trainer.node.NodeSettings}. OpenSearch
 * refuses to run as root, so {@link org.hybridir.trainer.node.NodeUser} gives the privileges up where there are any.
 *
 * <p>What the node is asked over HTTP does not belong here, except whether it has started.
 */
package org.hybridir.trainer.node;

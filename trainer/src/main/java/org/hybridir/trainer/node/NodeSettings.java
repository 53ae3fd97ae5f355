package org.hybridir.trainer.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What makes a node this node.
 *
 * @param name unique in its cluster
 * @param cluster the nodes of one cluster share it; its log is named by it
 * @param httpPort where it answers, on 127.0.0.1
 * @param transportPort where it talks to other nodes, on 127.0.0.1
 * @param heapMegabytes the Java heap; the encoders' memory comes on top
 * @param members names of the nodes that form the cluster, mapped to their transport ports; empty: this node alone
 * @param encoders artifact folders by the encoder's name
 * @param further settings of {@code opensearch.yml}, by key
 */
public record NodeSettings(
        String name,
        String cluster,
        int httpPort,
        int transportPort,
        int heapMegabytes,
        Map<String, Integer> members,
        Map<String, Path> encoders,
        Map<String, String> further) {

    public NodeSettings {
        members = new LinkedHashMap<>(members);
        encoders = Map.copyOf(encoders);
        further = Map.copyOf(further);
    }

    /** A node alone, on ports that are free. */
    public static NodeSettings single(String name, Map<String, Path> encoders) {
        List<Integer> ports = freePorts(2);
        return new NodeSettings(name, name, ports.get(0), ports.get(1), 512, Map.of(), encoders, Map.of());
    }

    /** The same node on another HTTP port. */
    public NodeSettings withHttpPort(int port) {
        return new NodeSettings(name, cluster, port, transportPort, heapMegabytes, members, encoders, further);
    }

    /** The same node with another heap. */
    public NodeSettings withHeapMegabytes(int megabytes) {
        return new NodeSettings(name, cluster, httpPort, transportPort, megabytes, members, encoders, further);
    }

    /** The same node with one more setting, such as {@code plugins.hybrid_ir.encoder.precision}. */
    public NodeSettings with(String key, String value) {
        Map<String, String> settings = new TreeMap<>(further);
        settings.put(key, value);
        return new NodeSettings(name, cluster, httpPort, transportPort, heapMegabytes, members, encoders, settings);
    }

    /** The nodes of one cluster on loopback, all with the same encoders. */
    public static List<NodeSettings> cluster(String cluster, int nodes, Map<String, Path> encoders) {
        List<Integer> ports = freePorts(2 * nodes);
        Map<String, Integer> members = new LinkedHashMap<>();
        for (int node = 0; node < nodes; node++) {
            members.put(cluster + "-" + node, ports.get(2 * node + 1));
        }
        List<NodeSettings> all = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            all.add(new NodeSettings(
                    cluster + "-" + node,
                    cluster,
                    ports.get(2 * node),
                    ports.get(2 * node + 1),
                    512,
                    members,
                    encoders,
                    Map.of()));
        }
        return all;
    }

    /** One more node for the cluster that this node belongs to, with encoders of its own. */
    public NodeSettings joining(String newName, Map<String, Path> newEncoders) {
        List<Integer> ports = freePorts(2);
        return new NodeSettings(
                newName, cluster, ports.get(0), ports.get(1), heapMegabytes, members, newEncoders, further);
    }

    /** The lines of {@code opensearch.yml}, for a node that keeps its files in {@code folder}. */
    List<String> yaml(Path folder) {
        List<String> lines = new ArrayList<>(List.of(
                "cluster.name: " + cluster,
                "node.name: " + name,
                "network.host: 127.0.0.1",
                "http.port: " + httpPort,
                "transport.port: " + transportPort,
                "path.data: " + folder.resolve("data"),
                "path.logs: " + folder.resolve("logs"),
                // A work folder on a disk that is 90 % full must not make every index read-only.
                "cluster.routing.allocation.disk.threshold_enabled: false",
                "cluster.max_shards_per_node: 5000"));
        further.forEach((key, value) -> lines.add(key + ": " + value));
        if (members.isEmpty()) {
            lines.add("discovery.type: single-node");
        } else {
            lines.add("discovery.seed_hosts: "
                    + members.values().stream().map(port -> "127.0.0.1:" + port).toList());
            lines.add("cluster.initial_cluster_manager_nodes: " + List.copyOf(members.keySet()));
        }
        return lines;
    }

    /** Checked before the start: whoever has the port would answer in place of the node. */
    void checkPorts() throws NodeException {
        for (int port : List.of(httpPort, transportPort)) {
            try {
                new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            } catch (IOException e) {
                throw new NodeException("port [" + port + "] of 127.0.0.1 is taken (" + e.getMessage()
                        + "): stop what listens there, or choose another port");
            }
        }
    }

    /** Ports that nobody listens on now; all are held until the last is found, so that they differ. */
    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on 127.0.0.1", e);
        } finally {
            sockets.forEach(NodeSettings::close);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.hybridir.trainer.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/**
 * Who runs the node: whoever runs this program, except that root, as which OpenSearch refuses to run, becomes the user
 * {@code nobody} by {@code setpriv}, which every Linux with util-linux has and for which no account must be made.
 */
final class NodeUser {
    /** The user id of {@code nobody}. */
    private static final int NOBODY = 65534;

    private final boolean drops;

    private NodeUser(boolean drops) {
        this.drops = drops;
    }

    static NodeUser current() {
        return new NodeUser("root".equals(System.getProperty("user.name")));
    }

    /** The command line that runs {@code command} as this user. */
    List<String> command(List<String> command) {
        List<String> line = new ArrayList<>();
        if (drops) {
            line.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        line.addAll(command);
        return line;
    }

    /** Makes a folder with all in it this user's own. */
    void own(Path folder) throws IOException {
        if (drops) {
            List<String> command = List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString());
            Subprocess.run(new ProcessBuilder(command), command + " failed");
        }
    }

    /**
     * Checks that this user can go to a path: every folder above it must let others pass.
     *
     * @param purpose what the path is, for the message
     * @throws NodeException naming the folder that is closed
     */
    void checkReaches(Path path, String purpose) throws IOException {
        if (!drops) {
            return;
        }
        for (Path folder = path.toRealPath().getParent(); folder != null; folder = folder.getParent()) {
            if (!Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new NodeException(purpose + " [" + path + "] cannot be reached by the user [" + NOBODY
                        + "] that runs the node, because the folder [" + folder
                        + "] is closed to others; choose another place, or run as a user that is not root");
            }
        }
    }
}

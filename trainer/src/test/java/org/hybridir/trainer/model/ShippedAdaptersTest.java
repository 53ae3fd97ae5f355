package org.hybridir.trainer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.hybridir.encoder.Manifest;
import org.hybridir.trainer.artifact.Folders;
import org.hybridir.weights.InMemoryTensors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedAdaptersTest {
    @TempDir
    private Path temp;

    private Path classes;

    @BeforeEach
    void write() throws IOException {
        classes = temp.resolve("classes");
        Path root = Files.createDirectories(classes.resolve("org/hybridir/trainer/adapter"));
        for (String name : List.of("second", "first")) {
            Manifest manifest = new Manifest(name, "", "", 8, 8, Map.of(), Map.of());
            new Adapter(new Lora(1, 1, List.of("query")), "abc", manifest, new InMemoryTensors())
                    .write(root.resolve(name));
            Files.writeString(root.resolve(name).resolve("README.md"), "Where it comes from");
        }
        Files.createDirectory(root.resolve("none"));
    }

    @Test
    void areTheFoldersOfResources() throws IOException {
        assertFound(classes);
    }

    @Test
    void areTheFoldersOfResourcesInAJar() throws IOException {
        Path jar = temp.resolve("classes.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.skip(1).toList()) {
                boolean folder = Files.isDirectory(file);
                out.putNextEntry(new JarEntry(classes.relativize(file) + (folder ? "/" : "")));
                out.write(folder ? new byte[0] : Files.readAllBytes(file));
            }
        }
        assertFound(jar);
    }

    private void assertFound(Path classPath) throws IOException {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classPath.toUri().toURL()}, null)) {
            ShippedAdapters shipped = new ShippedAdapters(loader);
            assertEquals(List.of("first", "second"), shipped.names());
            Path folder = Files.createDirectory(temp.resolve("unpacked"));
            shipped.unpack("second", folder);
            assertEquals("second", Adapter.read(folder, read -> read.manifest().name()));
            Folders.delete(folder);
            IllegalArgumentException unknown =
                    assertThrows(IllegalArgumentException.class, () -> shipped.unpack("third", temp));
            assertEquals(
                    "there is no resource [org/hybridir/trainer/adapter/third/adapter.json]; adapters that ship are"
                            + " [first, second]",
                    unknown.getMessage());
        }
    }

    /** What ships can be read, and is called by its name. */
    @Test
    void ofThisProgramAreWhole() throws IOException {
        ShippedAdapters shipped = new ShippedAdapters();
        for (String name : shipped) {
            Path folder = Files.createDirectory(temp.resolve(name));
            shipped.unpack(name, folder);
            assertEquals(name, Adapter.read(folder, read -> read.manifest().name()));
        }
    }
}

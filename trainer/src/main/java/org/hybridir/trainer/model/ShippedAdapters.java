package org.hybridir.trainer.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.stream.Stream;

/**
 * The adapters that come with this program: folders of resources, each with a {@code README.md} that says what it was trained
 * on and under which licences. What is in the folder of resources is shipped; there is no other list.
 */
public final class ShippedAdapters implements Iterable<String> {
    private static final String ROOT = "org/hybridir/trainer/adapter";

    private final ClassLoader loader;

    /** Those of this program. */
    public ShippedAdapters() {
        this(ShippedAdapters.class.getClassLoader());
    }

    ShippedAdapters(ClassLoader loader) {
        this.loader = loader;
    }

    /** Their names, sorted. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        try {
            for (URL root : Collections.list(loader.getResources(ROOT))) {
                names.addAll(names(root));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the resources [" + ROOT + "] cannot be listed", e);
        }
        return List.copyOf(names);
    }

    @Override
    public Iterator<String> iterator() {
        return names().iterator();
    }

    private static List<String> names(URL root) throws IOException {
        if (root.openConnection() instanceof JarURLConnection jar) {
            return jar.getJarFile().stream()
                    .map(JarEntry::getName)
                    .filter(entry -> entry.matches(ROOT + "/[^/]+/" + Adapter.SETTINGS))
                    .map(entry -> Path.of(entry).getParent().getFileName().toString())
                    .toList();
        }
        try (Stream<Path> folders = Files.list(Path.of(URI.create(root.toString())))) {
            return folders.filter(folder -> Files.exists(folder.resolve(Adapter.SETTINGS)))
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
    }

    /**
     * Copies the files of one.
     *
     * @param folder that is there, where {@link Adapter#read} finds it then
     */
    public void unpack(String name, Path folder) throws IOException {
        for (String file : List.of(Adapter.SETTINGS, Adapter.MATRICES)) {
            String resource = ROOT + "/" + name + "/" + file;
            try (InputStream in = loader.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalArgumentException(
                            "there is no resource [" + resource + "]; adapters that ship are " + names());
                }
                Files.copy(in, folder.resolve(file));
            }
        }
    }
}

package org.hybridir.opensearch.encoder;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.hybridir.encoder.Encoder;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.Encoding;
import org.hybridir.encoder.Reservations;
import org.hybridir.encoder.TextRole;
import org.opensearch.secure_sm.AccessController;

/**
 * PyTorch and the tokenizer inside a node.
 *
 * <p>Every call into DJL goes through {@link #call}: with the plugin's class loader as the thread's context loader (DJL
 * finds its engines by it, and remembers for ever what it did not find), with the plugin's own rights, and with an
 * {@link Error} of native code turned into an exception, unless {@link NativeErrors} says that it must end the process.
 */
public final class NativeRuntime implements NodeEncoder.Opener {
    private final Path pluginFolder;
    private final Path cache;
    private boolean prepared;

    /**
     * @param pluginFolder the plugin's folder; if it holds {@code native/} the libraries are loaded from there, otherwise
     *     (in tests inside one JVM) DJL takes them from the class path
     * @param cache a folder that the node may write to; DJL's own cache
     */
    public NativeRuntime(Path pluginFolder, Path cache) {
        this.pluginFolder = pluginFolder;
        this.cache = cache;
    }

    @Override
    public NodeEncoder open(Path folder, EncoderOptions options, Reservations reservations) throws IOException {
        prepare();
        try {
            Encoder encoder = call(() -> Encoder.open(folder, options, reservations));
            return new Guarded(encoder);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Loads PyTorch, adds two numbers, and says the versions; throws what goes wrong. */
    public Map<String, Object> selfTest() throws Exception {
        prepare();
        return call(NativeRuntime::addTwoNumbers);
    }

    private static Map<String, Object> addTwoNumbers() {
        Engine engine = Engine.getEngine("PyTorch");
        try (NDManager manager = engine.newBaseManager();
                NDArray one = manager.create(new float[] {1f, 2f});
                NDArray sum = one.add(one)) {
            float[] numbers = sum.toFloatArray();
            if (numbers[0] != 2f || numbers[1] != 4f) {
                throw new IllegalStateException("PyTorch says that 1 + 1 is [" + numbers[0] + "]");
            }
        }
        Map<String, Object> versions = new LinkedHashMap<>();
        versions.put("engine", engine.getEngineName());
        versions.put("libtorch", engine.getVersion());
        versions.put("djl", Engine.getDjlVersion());
        return versions;
    }

    /** Must run before the first class of DJL is loaded: DJL reads these once. */
    private synchronized void prepare() throws IOException {
        if (prepared) {
            return;
        }
        AccessController.doPrivilegedChecked(() -> {
            System.setProperty("ai.djl.offline", "true");
            System.setProperty("OPT_OUT_TRACKING", "true");
            System.setProperty("ai.djl.default_engine", "PyTorch");
            System.setProperty("PYTORCH_FLAVOR", "cpu");
            if (Files.isDirectory(pluginFolder.resolve("native"))) {
                Files.createDirectories(cache);
                System.setProperty("DJL_CACHE_DIR", cache.toString());
                System.setProperty("ENGINE_CACHE_DIR", cache.toString());
                System.setProperty(
                        "PYTORCH_LIBRARY_PATH", pluginFolder.resolve("native").toString());
                Path tokenizers = pluginFolder.resolve("native-tokenizers").resolve("libtokenizers.so");
                System.setProperty("RUST_LIBRARY_PATH", tokenizers.toString());
            }
        });
        prepared = true;
    }

    /** Runs what touches DJL. */
    static <T> T call(Callable<T> work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(NativeRuntime.class.getClassLoader());
        try {
            return AccessController.<T, Exception>doPrivilegedChecked(work::call);
        } catch (Error e) {
            if (NativeErrors.endsNode(e)) {
                throw e;
            }
            throw new IllegalStateException("native code failed: " + e, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static <T> T quietly(Callable<T> work) {
        try {
            return call(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The core's encoder behind {@link #call}. */
    private record Guarded(Encoder encoder) implements NodeEncoder {
        @Override
        public int dimension() {
            return encoder.dimension();
        }

        @Override
        public String fingerprint() {
            return encoder.fingerprint();
        }

        @Override
        public Map<String, Object> describe() {
            return quietly(encoder::describe);
        }

        @Override
        public Map<String, Object> stats() {
            return quietly(encoder::stats);
        }

        @Override
        public CompletableFuture<Error> broken() {
            return encoder.broken();
        }

        @Override
        public CompletableFuture<List<Encoding>> submit(List<String> texts, TextRole role) {
            return quietly(() -> encoder.submit(texts, role));
        }

        @Override
        public void close() {
            quietly(() -> {
                encoder.close();
                return null;
            });
        }
    }
}

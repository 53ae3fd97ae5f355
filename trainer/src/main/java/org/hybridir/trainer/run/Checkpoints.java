package org.hybridir.trainer.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hybridir.trainer.artifact.Folders;
import org.hybridir.weights.SafetensorsFile;
import org.hybridir.weights.SafetensorsWriter;
import org.hybridir.weights.TensorSource;

/**
 * What a run has reached, on disk: {@code last-STEP}, from which it goes on, and {@code best-STEP}, the weights of the best
 * validation. Each is a folder with {@code values.safetensors}, {@code state.json} and, in the former, AdamW's {@code
 * moments.safetensors}.
 *
 * <p>A folder is written under another name and renamed when it is whole; only then the one before it is removed. So
 * whenever the power goes, the latest whole checkpoint is there, and nothing else is taken for one. A random state need not
 * be kept: batches and dropout follow from the seed and the step.
 */
final class Checkpoints {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("(last|best)-(\\d{8})");
    private static final String VALUES = "values.safetensors";
    private static final String MOMENTS = "moments.safetensors";
    private static final String STATE = "state.json";

    private final Path folder;

    Checkpoints(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        removeUnfinished();
    }

    /** Takes over from a checkpoint. */
    interface Restore {
        void from(TensorSource values, Optional<TensorSource> moments) throws IOException;
    }

    /** Saves what training goes on from. */
    void saveLast(long step, TensorSource values, TensorSource moments, Map<String, Object> state) throws IOException {
        save("last", step, state, Map.of(VALUES, values, MOMENTS, moments));
    }

    /** Saves the best weights so far. */
    void saveBest(long step, TensorSource values, Map<String, Object> state) throws IOException {
        save("best", step, state, Map.of(VALUES, values));
    }

    private void save(String kind, long step, Map<String, Object> state, Map<String, TensorSource> files)
            throws IOException {
        Path target = folder.resolve(String.format(Locale.ROOT, "%s-%08d", kind, step));
        Path draft = folder.resolve("." + target.getFileName() + ".part");
        try {
            Folders.delete(draft);
            Files.createDirectory(draft);
            for (Map.Entry<String, TensorSource> file : files.entrySet()) {
                SafetensorsWriter.write(draft.resolve(file.getKey()), file.getValue());
            }
            JSON.writeValue(draft.resolve(STATE).toFile(), state);
            publish(draft, target);
        } catch (IOException e) {
            Folders.delete(draft);
            throw new IOException(
                    "the checkpoint of step [" + step + "] could not be written to [" + folder + "]: " + e.getMessage()
                            + "; " + stays(kind) + ": make room there and resume",
                    e);
        }
        removeBefore(kind, step);
    }

    private static void publish(Path draft, Path target) throws IOException {
        if (Files.exists(target)) {
            // the same step, reached again: both are the same
            Folders.delete(draft);
        } else {
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private String stays(String kind) throws IOException {
        OptionalLong before = step(kind);
        return before.isPresent() ? "that of step [" + before.getAsLong() + "] stays" : "there is none before it";
    }

    private void removeBefore(String kind, long step) throws IOException {
        for (Path other : list()) {
            Matcher name = NAME.matcher(other.getFileName().toString());
            if (name.matches() && name.group(1).equals(kind) && Long.parseLong(name.group(2)) != step) {
                Folders.delete(other);
            }
        }
    }

    private void removeUnfinished() throws IOException {
        for (Path path : list()) {
            if (path.getFileName().toString().endsWith(".part")) {
                Folders.delete(path);
            }
        }
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private Optional<Path> find(String kind) throws IOException {
        return list().stream()
                .filter(path -> path.getFileName().toString().matches(kind + "-\\d{8}"))
                .findFirst();
    }

    private OptionalLong step(String kind) throws IOException {
        return find(kind)
                .map(path -> OptionalLong.of(
                        Long.parseLong(path.getFileName().toString().substring(kind.length() + 1))))
                .orElse(OptionalLong.empty());
    }

    /** The step of the checkpoint to go on from. */
    OptionalLong lastStep() throws IOException {
        return step("last");
    }

    /** The step of the best weights. */
    OptionalLong bestStep() throws IOException {
        return step("best");
    }

    /** The state that was saved with the checkpoint to go on from. */
    JsonNode lastState() throws IOException {
        return JSON.readTree(find("last").orElseThrow().resolve(STATE).toFile());
    }

    void restoreLast(Restore restore) throws IOException {
        restore(find("last").orElseThrow(), restore);
    }

    void restoreBest(Restore restore) throws IOException {
        restore(find("best").orElseThrow(), restore);
    }

    private static void restore(Path checkpoint, Restore restore) throws IOException {
        List<SafetensorsFile> open = new ArrayList<>();
        try {
            open.add(SafetensorsFile.open(checkpoint.resolve(VALUES)));
            if (Files.exists(checkpoint.resolve(MOMENTS))) {
                open.add(SafetensorsFile.open(checkpoint.resolve(MOMENTS)));
            }
            restore.from(open.get(0), open.size() > 1 ? Optional.of(open.get(1)) : Optional.empty());
        } finally {
            Collections.reverse(open);
            for (SafetensorsFile file : open) {
                file.close();
            }
        }
    }
}

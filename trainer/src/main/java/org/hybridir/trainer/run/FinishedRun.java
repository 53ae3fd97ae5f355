package org.hybridir.trainer.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hybridir.encoder.ArtifactWriter;
import org.hybridir.encoder.Manifest;
import org.hybridir.trainer.artifact.Folders;
import org.hybridir.trainer.data.TrainingData;
import org.hybridir.trainer.model.Adapter;
import org.hybridir.trainer.model.DualEncoder;

/**
 * A run that came to its end, as it is written down.
 *
 * @param encoder with the weights to write
 * @param data what was trained on
 * @param leakage what the data has of test collections, for people
 * @param outcome what it came to
 * @param seconds that the steps took, all runs of a resumed one together
 */
public record FinishedRun(
        DualEncoder encoder,
        RunSettings settings,
        TrainingData data,
        Map<String, String> leakage,
        TrainingRun.Outcome outcome,
        double seconds) {

    /**
     * Writes the artifact, and beside its weights what tells of their making; with LoRA its adapter too.
     *
     * @param name of the artifact
     * @param work folder of the run, with its metrics and chart
     * @param options file of what was asked for, if there is one
     * @param output folder, which must not exist
     */
    public void write(String name, Path work, Optional<Path> options, Path output) throws IOException {
        Manifest manifest = TrainingCard.manifest(name, this);
        Map<String, Path> files = new TreeMap<>();
        files.put(TrainingCard.METRICS, work.resolve(TrainingCard.METRICS));
        files.put(TrainingCard.CHART, work.resolve(TrainingCard.CHART));
        options.ifPresent(file -> files.put(file.getFileName().toString(), file));
        Optional<Adapter> adapter = encoder.adapter(manifest);
        if (adapter.isPresent()) {
            Path folder = work.resolve(Adapter.FOLDER);
            Folders.delete(folder);
            adapter.get().write(folder);
            for (String file : Adapter.FILES) {
                files.put(Adapter.FOLDER + "/" + file, folder.resolve(file));
            }
        }
        ArtifactWriter.write(encoder.spec(manifest), output, files);
        Folders.delete(work.resolve(Adapter.FOLDER));
    }
}

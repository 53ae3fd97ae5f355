package org.hybridir.trainer.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.OfflineMode;

/** Writes an artifact's encoder in another format, once it has given the artifact's golden vectors in that format. */
public final class Export {
    private static final String MODULE = "encoder";

    /**
     * What was written.
     *
     * @param name the artifact's
     * @param bytes of the output
     * @param texts how many golden vectors were compared
     * @param deviation the largest from them
     * @param notes what its user must know, line by line
     */
    public record Result(String name, long bytes, int texts, Deviation deviation, String notes) {}

    private Export() {}

    /**
     * Exports an encoder. The output's folder is made if it is not there. Nothing is left of an export that fails.
     *
     * @param encoder the artifact's folder
     * @param output the file, which must not exist; for TorchScript a {@code .pt}, beside which {@code tokenizer.json} is
     *     written, or a {@code .zip} of both
     * @throws ExportException if the output exists or ends wrongly, the file would be longer than the format allows, or
     *     its vectors are not those of the artifact
     * @throws org.hybridir.encoder.ArtifactException if the artifact does not open
     */
    public static Result export(Path encoder, ExportFormat format, Path output) throws IOException {
        format.requireEnding(output);
        requireNew(output);
        OfflineMode.enter();
        try (Artifact artifact = Artifact.open(new ArtifactFolder(encoder))) {
            boolean module = output.getFileName().toString().endsWith(".pt");
            Path tokenizer = output.toAbsolutePath().resolveSibling(MlCommonsModel.TOKENIZER);
            if (module) {
                requireNew(tokenizer);
            }
            try (Draft draft = Draft.beside(output)) {
                return switch (format) {
                    case ONNX -> onnx(artifact, draft, output);
                    case TORCHSCRIPT -> torchScript(artifact, draft, output, module);
                };
            }
        }
    }

    private static void requireNew(Path file) throws ExportException {
        if (Files.exists(file)) {
            throw new ExportException("the output [" + file + "] exists; remove it or name another file");
        }
    }

    private static Result onnx(Artifact artifact, Draft draft, Path output) throws IOException {
        Path file = draft.file("encoder.onnx");
        OnnxFile.write(TransformerGraph.of(artifact), file);
        GoldenCheck golden = GoldenCheck.of(artifact);
        Deviation deviation;
        try (OnnxNet net = OnnxNet.open(file)) {
            deviation = golden.compare(net);
        }
        Draft.publish(file, output);
        return new Result(
                artifact.manifest().name(), Files.size(output), golden.texts(), deviation, onnxNotes(artifact));
    }

    private static String onnxNotes(Artifact artifact) {
        return String.format(
                Locale.ROOT,
                """
                opset %d
                inputs   %s, %s: int64 [batch, sequence]
                outputs  %s: float32 [batch, sequence, %d]
                         %s: float32 [batch, %d], of length one""",
                OnnxFile.OPSET,
                TransformerGraph.IDS,
                TransformerGraph.MASK,
                TransformerGraph.TOKENS,
                artifact.config().hidden(),
                TransformerGraph.SENTENCE,
                artifact.dimension());
    }

    private static Result torchScript(Artifact artifact, Draft draft, Path output, boolean module) throws IOException {
        Path file = draft.file(MODULE + ".pt");
        TorchScriptFile.write(artifact, file);
        Path tokenizer = draft.file(MlCommonsModel.TOKENIZER);
        Files.writeString(tokenizer, MlCommonsModel.tokenizerJson(artifact));
        GoldenCheck golden = GoldenCheck.of(artifact);
        Deviation deviation;
        try (TorchScriptNet net = TorchScriptNet.open(draft.folder(), MODULE)) {
            deviation = golden.compare(net).max(golden.compareTexts(net));
        }
        String notes = module
                ? publishModule(artifact, file, tokenizer, output)
                : publishZip(artifact, file, tokenizer, draft, output);
        return new Result(artifact.manifest().name(), Files.size(output), golden.texts(), deviation, notes);
    }

    private static String publishModule(Artifact artifact, Path file, Path tokenizer, Path output) throws IOException {
        Path beside = output.toAbsolutePath().resolveSibling(MlCommonsModel.TOKENIZER);
        Draft.publish(tokenizer, beside);
        try {
            Draft.publish(file, output);
        } catch (IOException e) {
            Files.delete(beside);
            throw e;
        }
        return moduleNotes(artifact);
    }

    private static String publishZip(Artifact artifact, Path file, Path tokenizer, Draft draft, Path output)
            throws IOException {
        Path zip = draft.file("encoder.zip");
        MlCommonsModel.zip(file, tokenizer, zip);
        Draft.publish(zip, output);
        return "ml-commons registers it by POST /_plugins/_ml/models/_register\n"
                + MlCommonsModel.registration(artifact, output);
    }

    private static String moduleNotes(Artifact artifact) throws IOException {
        return "forward({" + TorchScriptFile.IDS + ", " + TorchScriptFile.MASK + ": int64 [batch, sequence]}) -> {"
                + TorchScriptFile.SENTENCE + ": float32 [batch, " + artifact.dimension() + "], of length one}\n"
                + "[" + MlCommonsModel.TOKENIZER + "] lies beside it; an output that ends in [.zip] holds both, as"
                + " ml-commons registers them\nmodel_config "
                + MlCommonsModel.json(MlCommonsModel.config(artifact));
    }
}

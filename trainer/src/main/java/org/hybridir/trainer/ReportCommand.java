package org.hybridir.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hybridir.page.HtmlPage;
import org.hybridir.page.MarkdownPage;
import org.hybridir.trainer.evaluate.JsonFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes a page of a result that evaluate --json or a node's _evaluate gave.")
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RESULT.json", description = "The result.")
    private Path result;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Pages pages;

    private static final class Pages {
        @Option(names = "--html", paramLabel = "FILE", description = "Write one HTML file that needs no other.")
        private Path html;

        @Option(names = "--markdown", paramLabel = "FILE", description = "Write tables in GitHub's Markdown.")
        private Path markdown;
    }

    @Override
    public Integer call() throws IOException {
        checkFolder(spec, "--html", pages.html);
        checkFolder(spec, "--markdown", pages.markdown);
        Map<String, Object> values = JsonFile.read(result);
        if (pages.html != null) {
            JsonFile.writeText(pages.html, HtmlPage.render(values));
        }
        if (pages.markdown != null) {
            JsonFile.writeText(pages.markdown, MarkdownPage.render(values));
        }
        return 0;
    }

    /** Refuses a file, unless null, that could not be written, before anything that takes long. */
    static void checkFolder(CommandSpec spec, String option, Path file) {
        if (file != null && !Files.isDirectory(file.toAbsolutePath().getParent())) {
            throw new ParameterException(
                    spec.commandLine(), option + ": the folder of [" + file + "] is not there; make it first");
        }
    }
}

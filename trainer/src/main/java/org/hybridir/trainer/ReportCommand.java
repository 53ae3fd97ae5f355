package org.hybridir.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hybridir.page.HtmlPage;
import org.hybridir.page.MarkdownPage;
import org.hybridir.trainer.evaluate.JsonFile;
import org.hybridir.trainer.evaluate.ResultFile;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Makes a page of a result that evaluate --json or a node's _evaluate gave, or of a kept evaluation.")
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
        Arguments.requireFolderOf(spec, "--html", pages.html);
        Arguments.requireFolderOf(spec, "--markdown", pages.markdown);
        Map<String, Object> values = ResultFile.read(result);
        if (pages.html != null) {
            JsonFile.writeText(pages.html, HtmlPage.render(values));
        }
        if (pages.markdown != null) {
            JsonFile.writeText(pages.markdown, MarkdownPage.render(values));
        }
        return 0;
    }
}

package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hybridir.language.LanguageCode;
import org.hybridir.text.FormatException;
import org.hybridir.text.TextFile;

/**
 * TyDiQA's gold passages (Clark et al., 2020): a {@link SquadFile}, or a folder of them. The language is that of {@code
 * language=}, or a part of the file's name, as in {@code tydiqa.goldp.sw.train.json}. Languages are not parallel. {@code window=} as in {@link
 * SquadReader}.
 */
final class TydiqaReader implements PairReader {
    @Override
    public void read(Path path, SourceOptions options, PairCollector out) throws IOException {
        List<Path> files = Files.isDirectory(path)
                ? TextFile.in(path, name -> name.endsWith(".json"), "tydiqa.goldp.sw.train.json")
                : List.of(path);
        for (Path file : files) {
            Optional<String> given = options.language();
            String language = given.isPresent() ? given.get() : language(file);
            // the ids count within a language
            SquadReader.read(file, language, language + " ", options, out);
        }
    }

    private static String language(Path file) throws FormatException {
        List<String> parts = Arrays.asList(TextFile.name(file).split("\\."));
        return parts.stream()
                .filter(part -> part.length() == 2)
                .flatMap(part -> LanguageCode.find(part).stream())
                .findFirst()
                .orElseThrow(() -> new FormatException("the name of [" + file
                        + "] has no language, as [tydiqa.goldp.sw.train.json] has; add it with language=CODE"));
    }
}

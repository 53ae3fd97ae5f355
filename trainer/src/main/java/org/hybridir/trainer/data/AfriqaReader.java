package org.hybridir.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hybridir.language.LanguageCode;

/**
 * AfriQA's gold passages (Ogundepo et al., 2023): an object a line, in files {@code
 * gold_span_passages.afriqa.swa.en.train.json}, one of them or a folder. A line gives two pairs: the question in its African
 * language with the English or French passage, and the question's translation with the same.
 */
final class AfriqaReader implements PairReader {
    private static final Pattern NAME = Pattern.compile(".*\\.([a-z]{3})\\.(en|fr)\\.([a-z]+)\\.jsonl?");
    private static final String EXAMPLE = "gold_span_passages.afriqa.swa.en.train.json";

    @Override
    public void read(Path path, SourceOptions options, PairCollector out) throws IOException {
        List<Path> files = Files.isDirectory(path)
                ? TextFile.in(path, name -> NAME.matcher(name).matches(), EXAMPLE)
                : List.of(path);
        for (Path file : files) {
            readFile(file, out);
        }
    }

    private static void readFile(Path file, PairCollector out) throws IOException {
        Matcher name = NAME.matcher(TextFile.name(file));
        if (!name.matches()) {
            throw new DataException("the name of [" + file + "] does not say its languages, as [" + EXAMPLE + "] does");
        }
        String language = LanguageCode.of(name.group(1));
        String pivot = name.group(2);
        String prefix = language + " " + name.group(3) + " ";
        JsonLines.read(file, line -> {
            String passage = line.text("context", "");
            if (passage == null || passage.isBlank()) {
                out.skip("line without a passage");
                return;
            }
            // the ids of a file have gaps and may stand twice; its lines do not
            String group = prefix + line.number();
            out.add(line.text("question_lang", ""), language, passage, pivot, group);
            out.add(line.text("question_translated", ""), pivot, passage, pivot, group);
        });
    }
}

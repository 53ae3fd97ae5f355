package org.hybridir.collection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hybridir.text.FormatException;
import org.hybridir.text.TextFile;

/** The formats that collections come in, and the names by which a folder of each is known. */
enum FolderFormat {
    LAREQA("LAReQA", "de.json", "[a-z]{2,3}\\.json", "xquad-r or mlqa-r"),
    TATOEBA("Tatoeba", "tatoeba.deu-eng.eng", "tatoeba\\.[a-z]{3}-eng\\.[a-z]{3}", "tatoeba"),
    MIRACL("MIRACL", "miracl-v1.0-sw", "miracl-v1\\.0-[a-z]{2,3}", "miracl"),
    BEIR("BEIR", "corpus.jsonl", "corpus\\.jsonl(\\.gz)?", "beir"),
    MEWSLI_X("Mewsli-X", "candidate_set_entities.jsonl", "candidate_set_entities\\.jsonl(\\.gz)?", "mewsli-x");

    private final String title;
    private final String example;
    private final Pattern entry;
    private final String collections;

    /**
     * @param example of a name
     * @param entry what of a folder of this format is named so
     * @param collections that are read from it, for people
     */
    FolderFormat(String title, String example, String entry, String collections) {
        this.title = title;
        this.example = example;
        this.entry = Pattern.compile(entry);
        this.collections = collections;
    }

    /** Throws FormatException if a folder is not of this format, and says of which it is. */
    void require(Path folder) throws IOException {
        if (sign(folder).isPresent()) {
            return;
        }
        String missing = "[" + folder + "] is no " + title + " folder: nothing in it has a name like [" + example + "]";
        for (FolderFormat other : values()) {
            Optional<String> sign = other.sign(folder);
            if (sign.isPresent()) {
                throw new FormatException(missing + "; it looks like a " + other.title + " folder ([" + sign.get()
                        + "] is there): use --collection " + other.collections);
            }
        }
        throw new FormatException(missing);
    }

    /** The first name by which a folder shows that it is of this format. */
    private Optional<String> sign(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(TextFile::name)
                    .filter(name -> entry.matcher(name).matches())
                    .sorted()
                    .findFirst();
        }
    }
}

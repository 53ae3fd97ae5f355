package org.hybridir.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hybridir.text.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TatoebaReaderTest {
    @TempDir
    Path folder;

    @Test
    void aLineIsRelevantToItsTranslationOnlyEvenIfItStandsTwice() throws IOException {
        new TextFolder(folder)
                .with("tatoeba.deu-eng.deu", "Ja.", "Jawohl.")
                .with("tatoeba.deu-eng.eng", "Yes.", "Yes.");
        TestCollection c = TatoebaReader.read(folder, "deu");
        assertEquals(List.of("de", "en"), c.languages());
        assertEquals(4, c.questions().size());
        assertEquals(
                new Passage("deu-0002", "deu-0002", "de", "", "Jawohl.", Map.of("0002", 1)),
                c.passages().get(3));
        assertEquals(Map.of("0001", 1), c.passages().get(0).grades());
        assertEquals(
                c,
                CollectionSource.TATOEBA.readWith(new ReadOptions(folder, List.of("de"), null, null, Passages.WHOLE)));
    }

    @Test
    void refusesWhatIsNotParallel() throws IOException {
        TextFolder files = new TextFolder(folder)
                .with("tatoeba.deu-eng.deu", "Ja.")
                .with("tatoeba.deu-eng.eng", "Yes.", "No.")
                .with("tatoeba.fra-eng.eng", "Yes.", "No.")
                .with("tatoeba.fra-eng.fra", "Oui.", " ");
        Path german = folder.resolve("tatoeba.deu-eng.deu");
        Exception e = assertThrows(FormatException.class, () -> TatoebaReader.read(folder, "deu"));
        assertEquals(
                "[" + folder.resolve("tatoeba.deu-eng.eng") + "] and [" + german
                        + "] have not the same number of lines, so they are not parallel by line",
                e.getMessage());
        e = assertThrows(FormatException.class, () -> TatoebaReader.read(folder, "fra"));
        assertEquals("[" + folder.resolve("tatoeba.fra-eng.fra") + "], line [2] is blank", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> TatoebaReader.languages(folder, List.of("tlh")));
        assertEquals("unknown language [tlh], [" + folder + "] has [deu, fra]", e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> CollectionSource.TATOEBA.read(files.path()));
        assertEquals(
                "collection [tatoeba] is one for each language, with English sentences of its own: name one language,"
                        + " such as [deu], and not [2]",
                e.getMessage());
    }
}

package org.hybridir.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hybridir.text.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the real files where {@code -Ddata} names a LAReQA folder: the counts are those of LAReQA's own tables. */
class CollectionSourceTest {
    private static Path data() {
        String data = System.getProperty("data", "");
        assumeFalse(data.isEmpty(), "no -Ddata");
        return Path.of(data);
    }

    private static <T> Map<String, Integer> count(List<T> all, Function<T, String> language) {
        return all.stream().collect(Collectors.toMap(language, x -> 1, Integer::sum, TreeMap::new));
    }

    /** How many questions (of whatever languages) have how many golds. */
    private static Map<Integer, Integer> questionsByGolds(TestCollection c) {
        Map<String, Integer> golds = new HashMap<>();
        c.passages().forEach(p -> p.questionIds().forEach(q -> golds.merge(q, 1, Integer::sum)));
        return golds.values().stream().collect(Collectors.toMap(n -> n, n -> 1, Integer::sum));
    }

    private static void assertIdsAreUnique(TestCollection c) {
        assertEquals(
                c.passages().size(),
                c.passages().stream().map(Passage::id).distinct().count());
    }

    @Test
    void xquadR() throws IOException {
        TestCollection c = CollectionSource.parse("xquad-r").read(data());
        assertEquals(13_014, c.passages().size());
        assertEquals(
                "{ar=1222, de=1276, el=1234, en=1180, es=1215, hi=1244, ru=1219, th=852, tr=1167, vi=1209, zh=1196}",
                count(c.passages(), Passage::language).toString());
        assertEquals(13_090, c.questions().size());
        assertEquals(11, c.languages().size());
        count(c.questions(), Question::language).forEach((language, n) -> assertEquals(1190, n, language));
        assertEquals(Map.of(11, 1190), questionsByGolds(c));
        assertIdsAreUnique(c);
        assertEquals(c, CollectionSource.XQUAD_R.read(data().resolve("xquad-r")));
    }

    @Test
    void mlqaR() throws IOException {
        TestCollection c = CollectionSource.parse("mlqa-r").read(data());
        assertEquals(20_534, c.passages().size());
        assertEquals(
                "{ar=2545, de=2362, en=6264, es=1787, hi=2426, vi=2828, zh=2322}",
                count(c.passages(), Passage::language).toString());
        assertEquals(4_199, c.questions().size());
        assertEquals(
                "{ar=517, de=512, en=1148, es=500, hi=507, vi=511, zh=504}",
                count(c.questions(), Question::language).toString());
        assertEquals(Map.of(4, 820, 3, 263, 2, 65), questionsByGolds(c));
        assertIdsAreUnique(c);
    }

    @Test
    void theWrongFolderIsRefused() throws IOException {
        Path mlqa = data().resolve("mlqa-r");
        Exception e = assertThrows(FormatException.class, () -> CollectionSource.XQUAD_R.read(mlqa));
        assertEquals(
                "collection [xquad-r] has the languages [ar, de, el, en, es, hi, ru, th, tr, vi, zh], but [" + mlqa
                        + "] holds [ar, de, en, es, hi, vi, zh]",
                e.getMessage());
    }

    @Test
    void namesAndPathsAreChecked(@TempDir Path folder) throws IOException {
        Exception e = assertThrows(IllegalArgumentException.class, () -> CollectionSource.parse("xquad"));
        assertEquals(
                "unknown collection [xquad], known ones [sample, xquad-r, mlqa-r, miracl, beir, mewsli-x, tatoeba]",
                e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> CollectionSource.MLQA_R.read(null));
        assertEquals(
                "collection [mlqa-r] needs a path: the folder with its files, or the one that holds the folder [mlqa-r]",
                e.getMessage());
        e = assertThrows(IllegalArgumentException.class, () -> CollectionSource.SAMPLE.read(Path.of("x")));
        assertEquals("collection [sample] ships with hybrid-ir and takes no path, but [x] was given", e.getMessage());
        Path file = Files.writeString(folder.resolve("x"), "");
        e = assertThrows(FormatException.class, () -> CollectionSource.MLQA_R.read(file));
        assertEquals("path [" + file + "] of collection [mlqa-r] is not a folder", e.getMessage());
    }

    @Test
    void aFolderOfAnotherFormatIsRecognised(@TempDir Path folder) throws IOException {
        TextFolder.beir(folder);
        Exception e = assertThrows(FormatException.class, () -> CollectionSource.MIRACL.read(folder));
        assertEquals(
                "[" + folder
                        + "] is no MIRACL folder: nothing in it has a name like [miracl-v1.0-sw]; it looks like a BEIR"
                        + " folder ([corpus.jsonl] is there): use --collection beir",
                e.getMessage());
        Path empty = Files.createDirectory(folder.resolve("qrels2"));
        e = assertThrows(FormatException.class, () -> CollectionSource.BEIR.read(empty));
        assertEquals("[" + empty + "] is no BEIR folder: nothing in it has a name like [corpus.jsonl]", e.getMessage());
    }

    @Test
    void optionsThatACollectionDoesNotTakeAreRefused(@TempDir Path folder) {
        ReadOptions language = new ReadOptions(folder, List.of(), "de", null, Passages.WHOLE);
        Exception e = assertThrows(IllegalArgumentException.class, () -> CollectionSource.XQUAD_R.require(language));
        assertEquals(
                "collection [xquad-r] says itself what language a text is in; only [beir] takes one, but [de] was given",
                e.getMessage());
        ReadOptions split = new ReadOptions(folder, List.of(), null, "dev", Passages.WHOLE);
        e = assertThrows(IllegalArgumentException.class, () -> CollectionSource.XQUAD_R.require(split));
        assertEquals("collection [xquad-r] has no splits, but [dev] was given", e.getMessage());
    }
}

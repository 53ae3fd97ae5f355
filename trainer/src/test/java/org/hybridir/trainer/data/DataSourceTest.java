package org.hybridir.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import org.hybridir.text.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every format's reader, on files written here. */
class DataSourceTest {
    @TempDir
    private Path folder;

    private String write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return file.toString();
    }

    private static List<Pair> pairs(String source) throws IOException {
        return DataSource.of(source).read().pairs();
    }

    /** Pairs as "query>passage en-de group", in alphabetical order. */
    private static Set<String> shown(String source) throws IOException {
        Set<String> shown = new TreeSet<>();
        for (Pair pair : pairs(source)) {
            assertTrue(shown.add(pair.query() + ">" + pair.passage() + " " + pair.queryLanguage() + "-"
                    + pair.passageLanguage() + " " + pair.group()));
        }
        return shown;
    }

    private static Map<String, Integer> skipped(String source) throws IOException {
        return DataSource.of(source).readCounting().skipped();
    }

    private static void assertRefused(String message, String source) {
        Exception e = assertThrows(Exception.class, () -> DataSource.of(source).read());
        assertEquals(message, e.getMessage());
        assertTrue(e instanceof FormatException || e instanceof IllegalArgumentException, e.toString());
    }

    // ---- sources

    @Test
    void commonKeys() throws IOException {
        String file = write("some,name.jsonl", """
                {"query": "q1", "passage": "p1", "query_language": "en", "passage_language": "de"}
                {"query": "q2", "passage": "p2", "query_language": "en", "passage_language": "fr"}
                """);
        DataSet set = DataSource.of("jsonl:" + file).read();
        assertEquals("some,name", set.name());
        assertEquals(OptionalDouble.empty(), set.weight());
        assertEquals("some,name", set.pairs().get(0).source());
        set = DataSource.of("jsonl:" + file + ",name=x,weight=2.5,languages=eng+de")
                .read();
        assertEquals("x", set.name());
        assertEquals(OptionalDouble.of(2.5), set.weight());
        assertEquals(List.of(new Pair("q1", "p1", "en", "de", "line 1", "x")), set.pairs());
        assertEquals(Map.of("language not asked for", 1), skipped("jsonl:" + file + ",languages=en+de"));
    }

    @Test
    void wrongSourcesAreRefused() throws IOException {
        String file = write("a.json", "{}");
        for (String text : List.of("a.json", ":a.json", "squad:", "squad:,language=ar")) {
            assertRefused(
                    "a data source is FORMAT:PATH[,key=value...], such as [squad:arcd.json,language=ar], but [" + text
                            + "] was given",
                    text);
        }
        assertRefused(
                "unknown format [xml], known ones [jsonl, squad, mlqa, lareqa, tydiqa, afriqa, tsv, lines, sections]",
                "xml:" + file);
        assertRefused(
                "unknown key [lang] of the format [squad], known ones [language, languages, name, negatives, weight, window]",
                "squad:" + file + ",lang=en");
        assertRefused("the key [language] has no value in [squad:x,language=]", "squad:x,language=");
        assertRefused("the key [name] stands twice in [squad:x,name=a,name=b]", "squad:x,name=a,name=b");
        assertRefused("weight= must be a number above 0, but is [0]", "squad:x,weight=0");
        assertRefused("weight= must be a number above 0, but is [much]", "squad:x,weight=much");
        assertRefused(
                "[english] is no language code; write one of ISO 639, such as [de] or [deu]",
                "squad:x,languages=english");
        assertRefused("there is no file or folder [/no/such]", "squad:/no/such,language=en");
        assertRefused(
                "the format [squad] reads a file, but [" + folder + "] is a folder",
                "squad:" + folder + ",language=en");
        assertRefused("the format [mlqa] reads a folder, but [" + file + "] is a file", "mlqa:" + file);
    }

    @Test
    void emptyFilesAreRefused() throws IOException {
        String file = write("empty.en.json", "");
        for (String source :
                List.of("jsonl:%s,language=en", "squad:%s,language=en", "tydiqa:%s", "tsv:%s,language=en")) {
            assertRefused("[" + file + "] is empty", String.format(Locale.ROOT, source, file));
        }
        String blank = write("blank.jsonl", "\n\n");
        assertRefused("[" + blank + "] gives no pair in the format [jsonl]", "jsonl:" + blank + ",language=en");
        String blanks = write("blanks.jsonl", "{\"query\": \" \", \"passage\": \"p\"}");
        assertRefused(
                "[" + blanks + "] gives no pair in the format [jsonl]; left out: 1 (query without text)",
                "jsonl:" + blanks + ",language=en");
    }

    // ---- jsonl

    @Test
    void jsonlWithHardNegatives() throws IOException {
        String file = write("hard.jsonl", """
                {"query": "q1", "passage": "p1", "wrong": ["n1", " ", "n2"]}
                {"query": "q2", "passage": "p2"}
                """);
        List<Pair> pairs = pairs("jsonl:" + file + ",language=en,negatives=wrong");
        assertEquals(List.of("n1", "n2"), pairs.get(0).negatives());
        assertEquals(List.of(), pairs.get(1).negatives());
        String text = write("text.jsonl", "{\"query\": \"q\", \"passage\": \"p\", \"negatives\": \"n\"}");
        assertRefused(
                "[" + text + "], line [1]: field [negatives] must be an array of strings, but is [\"n\"]",
                "jsonl:" + text + ",language=en");
        String number = write("number.jsonl", "{\"query\": \"q\", \"passage\": \"p\", \"negatives\": [1]}");
        assertRefused(
                "[" + number + "], line [1]: field [negatives] must hold strings, but holds [1]",
                "jsonl:" + number + ",language=en");
    }

    @Test
    void jsonl() throws IOException {
        String file = write("own.jsonl", """
                \uFEFF{"query": " q1 ", "passage": "p1", "query_language": "swh", "passage_language": "en", "group": 7}

                {"query": "q2", "passage": "p2", "query_language": "fr", "passage_language": "zho-CN", "more": []}
                {"query": null, "passage": "p2", "query_language": "fr", "passage_language": "fr"}
                """);
        assertEquals(Set.of("q1>p1 sw-en 7", "q2>p2 fr-zh line 3"), shown("jsonl:" + file));
        assertEquals(Map.of("query without text", 1), skipped("jsonl:" + file));
    }

    @Test
    void jsonlOfOtherFields() throws IOException {
        String file = write("other.jsonl", "{\"question\": \"q\", \"context\": \"p\", \"id\": \"x\"}\n");
        assertEquals(
                Set.of("q>p de-de x"), shown("jsonl:" + file + ",query=question,passage=context,group=id,language=de"));
        assertEquals(
                Set.of("q>p sw-en line 1"), shown("jsonl:" + file + ",query=question,passage=context,language=sw-en"));
        assertRefused(
                "[" + file + "], line [1]: there is no field [query], only [question, context, id]; name the field with"
                        + " query=FIELD",
                "jsonl:" + file + ",language=de");
        assertRefused(
                "[" + file + "], line [1]: there is no field [query_language], only [question, context, id]; name the"
                        + " field with query_language=FIELD, or all pairs' language with language=CODE",
                "jsonl:" + file + ",query=question,passage=context");
        assertRefused(
                "[" + file + "], line [1]: field [id] must be a language code of ISO 639, such as [de], but is [x]",
                "jsonl:" + file + ",query=question,passage=context,query_language=id");
    }

    @Test
    void malformedJsonlIsRefused() throws IOException {
        String file = write("bad.jsonl", "{\"query\": \"q\", \"passage\": \"p\"}\n{\"query\": \"q\",\n");
        Exception e = assertThrows(FormatException.class, () -> pairs("jsonl:" + file + ",language=en"));
        assertTrue(e.getMessage().startsWith("[" + file + "], line [2] is no JSON object: "), e.getMessage());
        String text = write("text.jsonl", "[1, 2]\n");
        assertRefused("[" + text + "], line [1] is no JSON object, but [[1, 2]]", "jsonl:" + text + ",language=en");
        String list = write("list.jsonl", "{\"query\": [\"q\"], \"passage\": \"p\"}");
        assertRefused(
                "[" + list + "], line [1]: field [query] must be a string, but is [[\"q\"]]",
                "jsonl:" + list + ",language=en");
        Path latin = folder.resolve("latin.jsonl");
        Files.write(latin, "{\"query\": \"\u00E4\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused("[" + latin + "] is not text in UTF-8", "jsonl:" + latin + ",language=en");
    }

    // ---- formats like SQuAD

    /** A file with one paragraph; questions are given as "id text". */
    private static String squad(String context, String... questions) {
        StringBuilder qas = new StringBuilder();
        for (String question : questions) {
            int blank = question.indexOf(' ');
            qas.append(qas.isEmpty() ? "{\"id\": \"" : ", {\"id\": \"")
                    .append(question, 0, blank)
                    .append("\", \"question\": \"")
                    .append(question.substring(blank + 1))
                    .append("\"}");
        }
        return "{\"data\": [{\"title\": \"T\", \"paragraphs\": [{\"context\": \"" + context + "\", \"qas\": [" + qas
                + "]}]}]}";
    }

    @Test
    void squad() throws IOException {
        String file = write("s.json", squad("c", "1 a", "2 b", "1 again", "3  "));
        assertEquals(
                Set.of("a>c ar-ar 1", "again>c ar-ar 1 again 2", "b>c ar-ar 2"),
                shown("squad:" + file + ",language=ar"));
        assertEquals(Map.of("query without text", 1), skipped("squad:" + file + ",language=ar"));
        String two = write(
                "two.json",
                squad("c", "1 a", "2 b")
                        .replace("\"question\": \"b\"", "\"question\": \"b\", \"is_impossible\": true"));
        assertEquals(Map.of("question without an answer in its passage", 1), skipped("squad:" + two + ",language=en"));
        assertRefused("SQuAD's format does not say the language; add it with language=CODE", "squad:" + file);
    }

    @Test
    void windowOfASentence() throws IOException {
        // the answer "ten" stands behind a character of two UTF-16 units: offsets count code points
        String context = "It has \uD83C\uDF0B lava. Mt. Fuji is ten km away. Towers fell in towns.";
        String given = write(
                "given.json",
                squad(context, "1 how far?", "2 which towers fell?", "3 xyz?")
                        .replace(
                                "\"how far?\"",
                                "\"how far?\", \"answers\": [{\"answer_start\": 27, \"text\": \"ten\"}]")
                        .replace("fell?\"", "fell?\", \"answers\": [{\"answer_start\": 0, \"text\": \"\"}]"));
        assertEquals(
                Set.of(
                        "how far?>Mt. Fuji is ten km away. en-en 1",
                        "which towers fell?>Towers fell in towns. en-en 2",
                        "xyz?>It has \uD83C\uDF0B lava. en-en 3"),
                shown("squad:" + given + ",language=en,window=sentence"));
        assertEquals(
                Set.of("how far?>" + context + " en-en 1"),
                shown("squad:" + write("one.json", squad(context, "1 how far?")) + ",language=en,window=paragraph"));
        String wrong = write(
                "wrong.json",
                squad("c", "1 a").replace("\"a\"", "\"a\", \"answers\": [{\"answer_start\": 1, \"text\": \"x\"}]"));
        assertRefused(
                "[" + wrong + "]: the answer [x] of the question [1] has the answer_start [1], which is no place in its"
                        + " context",
                "squad:" + wrong + ",language=en,window=sentence");
        assertRefused(
                "window= must be one of [paragraph, sentence], but is [page]",
                "squad:" + given + ",language=en,window=page");
    }

    /** The word that is rare among the paragraphs decides, though the first sentence shares two others. */
    @Test
    void rareWordsFindTheSentence() throws IOException {
        String file = write(
                "rare.json",
                squad("Who was the king? Zog was.", "1 who was the Zog")
                        .replace(
                                "]}]}]}",
                                "]}, {\"context\": \"Who was the man?\", \"qas\": [{\"id\": \"2\", \"question\": \"x\"}]}, "
                                        + "{\"context\": \"Who was the cat?\", \"qas\": [{\"id\": \"3\", \"question\": \"x\"}]}]}]}"));
        assertEquals(
                Set.of("who was the Zog>Zog was. en-en 1", "x>Who was the man? en-en 2", "x>Who was the cat? en-en 3"),
                shown("squad:" + file + ",language=en,window=sentence"));
    }

    private static List<List<String>> negatives(String source) throws IOException {
        return pairs(source).stream().map(Pair::negatives).toList();
    }

    @Test
    void likelySentencesThatDoNotAnswerAreNegatives() throws IOException {
        String file = write(
                "negatives.json",
                squad("Zog ruled. It rained. The king slept. A king named Zog ate.", "1 who was king Zog")
                        .replace("Zog\"}", "Zog\", \"answers\": [{\"answer_start\": 4, \"text\": \"ruled\"}]}"));
        String source = "squad:" + file + ",language=en,window=sentence";
        assertEquals(List.of(List.of()), negatives(source));
        assertEquals(List.of(List.of("A king named Zog ate.")), negatives(source + ",negatives=1"));
        assertEquals(
                List.of(List.of("A king named Zog ate.", "The king slept.", "It rained.")),
                negatives(source + ",negatives=9"));
        String guessed = write("guessed.json", Files.readString(Path.of(file)).replace("\"ruled\"", "\"\""));
        assertEquals(
                List.of(List.of("It rained.", "The king slept.")),
                negatives("squad:" + guessed + ",language=en,window=sentence,negatives=2"));
        assertRefused(
                "negatives=[1] are sentences of the paragraph; add window=sentence",
                "squad:" + file + ",language=en,negatives=1");
        assertRefused("negatives= must be a number from 0 to 9999, but is [few]", source + ",negatives=few");
    }

    /** What is least like the question would be the footnote's mark, which nobody asks for and other paragraphs have too. */
    @Test
    void footnoteMarksAreNoSentences() throws IOException {
        String file =
                write("marks.json", squad("King Zog ruled.\\n[2]\\nIt rained in 1925.\\n3.", "1 who was king Zog"));
        String source = "squad:" + file + ",language=en,window=sentence,negatives=9";
        assertEquals(
                List.of("King Zog ruled."),
                pairs(source).stream().map(Pair::passage).toList());
        assertEquals(List.of(List.of("It rained in 1925.")), negatives(source));
    }

    @Test
    void malformedSquadIsRefused() throws IOException {
        String broken = write("broken.json", "{\"data\": [\n{]}");
        Exception e = assertThrows(FormatException.class, () -> pairs("squad:" + broken + ",language=en"));
        assertTrue(e.getMessage().startsWith("[" + broken + "], line [2] is no JSON: "), e.getMessage());
        String other = write("other.json", "{\"version\": 1}");
        assertRefused(
                "[" + other + "] is not in SQuAD's format: each field [data] must be there and be a list",
                "squad:" + other + ",language=en");
        String number = write("none.json", squad("c", "1 a").replace("\"question\"", "\"Question\""));
        assertRefused(
                "[" + number + "] is not in SQuAD's format: each field [question] must be there and be a string",
                "squad:" + number + ",language=en");
    }

    @Test
    void tydiqa() throws IOException {
        String sw = write("t/tydiqa.goldp.sw.train.json", squad("c", "1 a"));
        write("t/tydiqa.goldp.ko.train.json", squad("d", "1 b"));
        assertEquals(Set.of("a>c sw-sw sw 1", "b>d ko-ko ko 1"), shown("tydiqa:" + folder.resolve("t")));
        assertEquals(Set.of("a>c sw-sw sw 1"), shown("tydiqa:" + sw));
        String file = write("tydiqa-train.json", squad("c", "1 a"));
        assertEquals(Set.of("a>c fi-fi fi 1"), shown("tydiqa:" + file + ",language=fi"));
        assertRefused(
                "the name of [" + file + "] has no language, as [tydiqa.goldp.sw.train.json] has; add it with"
                        + " language=CODE",
                "tydiqa:" + file);
    }

    @Test
    void mlqaJoinsByIdAlsoWithinALanguage() throws IOException {
        write("m/test-context-de-question-es.json", squad("c de", "1 q es", "2 r es"));
        write("m/test-context-es-question-de.json", squad("c es", "1 q de"));
        write("m/README.json", "no");
        assertEquals(
                Set.of(
                        "q de>c de de-de 1",
                        "q de>c es de-es 1",
                        "q es>c de es-de 1",
                        "q es>c es es-es 1",
                        "r es>c de es-de 2"),
                shown("mlqa:" + folder.resolve("m")));
        write("w/test-context-de-question-es.json", squad("Ein Haus. Ein Hund.", "1 perro", "2 casa"));
        write("w/test-context-es-question-de.json", squad("Un perro. Una casa.", "1 Welcher Hund"));
        assertEquals(
                Set.of(
                        "Welcher Hund>Ein Hund. de-de 1",
                        "Welcher Hund>Un perro. de-es 1",
                        "perro>Ein Hund. es-de 1",
                        "perro>Un perro. es-es 1"),
                shown("mlqa:" + folder.resolve("w") + ",window=sentence"));
        assertEquals(
                Map.of("context without a question in its language", 1),
                skipped("mlqa:" + folder.resolve("w") + ",window=sentence"));
        Files.createDirectory(folder.resolve("none"));
        assertRefused(
                "folder [" + folder.resolve("none")
                        + "] holds no file with a name like [test-context-de-question-es.json]",
                "mlqa:" + folder.resolve("none"));
    }

    @Test
    void lareqa() throws IOException {
        String paragraph = """
                {"data": [{"title": "T", "paragraphs": [{"context": "%1$s1. %1$s2.", "sentence_breaks": [[0, 4], [5, 9]],
                  "qas": [{"id": "q", "question": "%1$s?", "answers": [{"answer_start": 6, "text": "x"}]}]}]}]}
                """;
        write("l/de.json", String.format(Locale.ROOT, paragraph, "de"));
        write("l/en.json", String.format(Locale.ROOT, paragraph, "en"));
        Path l = folder.resolve("l");
        Set<String> monolingual = Set.of("de?>de2. de-de q", "en?>en2. en-en q");
        assertEquals(monolingual, shown("lareqa:" + l + ",pairs=monolingual"));
        Set<String> all = new TreeSet<>(monolingual);
        all.addAll(List.of("de?>en2. de-en q", "en?>de2. en-de q"));
        assertEquals(all, shown("lareqa:" + l));
        assertEquals(all, shown("lareqa:" + l + ",pairs=all"));
        assertRefused("pairs= must be one of [all, monolingual], but is [x]", "lareqa:" + l + ",pairs=x");
    }

    @Test
    void afriqa() throws IOException {
        String file = write("a/swa/gold_span_passages.afriqa.swa.en.test.json", """
                {"context": "c", "id": "0", "question_lang": "q sw", "question_translated": "q en", "title": "t"}
                {"context": NaN, "id": "1", "question_lang": "r sw", "question_translated": "r en", "title": NaN}
                """);
        write(
                "a/fon/gold_span_passages.afriqa.fon.fr.dev.json",
                "{\"context\": \"d\", \"question_lang\": \"s fon\", \"question_translated\": null}");
        Set<String> swahili = Set.of("q sw>c sw-en sw test 1", "q en>c en-en sw test 1");
        assertEquals(swahili, shown("afriqa:" + file));
        Set<String> both = new TreeSet<>(swahili);
        both.add("s fon>d fon-fr fon dev 1");
        assertEquals(both, shown("afriqa:" + folder.resolve("a")));
        assertEquals(
                Map.of("line without a passage", 1, "query without text", 1), skipped("afriqa:" + folder.resolve("a")));
        String other = write("afriqa.json", "{}");
        assertRefused(
                "the name of [" + other
                        + "] does not say its languages, as [gold_span_passages.afriqa.swa.en.train.json] does",
                "afriqa:" + other);
    }

    // ---- text files

    @Test
    void tsv() throws IOException {
        String file = write("t.tsv", "id\tquery\tpassage\tql\tpl\n7\tq\tp\tdeu\ten\n\n8\tr\t\tde\ten\n");
        String columns = ",query=2,passage=3,query_language=4,passage_language=5,header=true";
        assertEquals(Set.of("q>p de-en 7"), shown("tsv:" + file + columns + ",group=1"));
        assertEquals(Map.of("passage without text", 1), skipped("tsv:" + file + columns));
        String plain = write("plain.tsv", "q\tp\n");
        assertEquals(Set.of("q>p fr-fr line 1"), shown("tsv:" + plain + ",language=fr"));
        assertRefused(
                "[" + plain + "], line [1] has [2] columns, and column [3] is asked for",
                "tsv:" + plain + ",language=fr,passage=3");
        assertRefused(
                "the languages of a TSV file must be given: with language=CODE, or by their columns with"
                        + " query_language=NUMBER and passage_language=NUMBER",
                "tsv:" + plain);
        assertRefused(
                "query= must be the number of a column, from 1 on, but is [0]",
                "tsv:" + plain + ",language=fr,query=0");
        assertRefused("header= must be one of [true, false], but is [1]", "tsv:" + plain + ",language=fr,header=1");
        assertRefused(
                "[" + plain + "], line [1]: column [1] must be a language code of ISO 639, such as [de], but is [q]",
                "tsv:" + plain + ",query_language=1,passage_language=2");
    }

    @Test
    void linesOfManyLanguages() throws IOException {
        write("n/news-src.eng.txt", "one\nUSA\n \n");
        write("n/news-ref.deu.txt", "eins\nUSA\ndrei\n");
        write("n/news-ref-2.deu.txt", "EINS\nUSA\nDREI\n");
        write("n/news-ref.zho-CN.txt", "yi\nMeiguo\nsan\n");
        write("n/IDS.tsv", "x");
        write("n/LICENSE.md", "x");
        String source = "lines:" + folder.resolve("n");
        assertEquals(
                Set.of(
                        "eins>one de-en  line 1",
                        "eins>yi de-zh  line 1",
                        "one>eins en-de  line 1",
                        "one>yi en-zh  line 1",
                        "yi>eins zh-de  line 1",
                        "yi>one zh-en  line 1"),
                new TreeSet<>(shown(source).stream()
                        .filter(pair -> pair.endsWith(" 1"))
                        .toList()));
        assertEquals(6 + 4 + 2, pairs(source).size());
        assertEquals(
                Map.of(
                        "same text in both languages", 2,
                        "query without text", 2,
                        "passage without text", 2,
                        "second file of a language [news-ref-2.deu.txt]", 1),
                skipped(source));
        assertEquals(4, pairs(source + ",languages=de+zh").size() - 2);
    }

    /** Nine words: four to six of them, side by side, in each pair the same every time; Thai has no spaces. */
    @Test
    void aPartOfALineAsQuery() throws IOException {
        write("n/x.eng", "The old, red bridge fell down in the night.\n");
        write("n/x.tha", "สะพานสีแดงเก่าพังลงในตอนกลางคืน\n");
        String source = "lines:" + folder.resolve("n") + ",queries=part";
        List<Pair> pairs = pairs(source);
        assertEquals(
                List.of("en-en", "en-th", "th-en", "th-th"),
                pairs.stream()
                        .map(pair -> pair.queryLanguage() + "-" + pair.passageLanguage())
                        .toList());
        for (Pair pair : pairs) {
            String line = pair.queryLanguage().equals("en")
                    ? pairs.get(0).passage()
                    : pairs.get(3).passage();
            assertTrue(line.contains(pair.query()) && !line.equals(pair.query()), pair::query);
            assertEquals(pairs.get(0).group(), pair.group());
        }
        for (Pair english : pairs.subList(0, 2)) {
            int words = english.query().split("[ ,]+").length;
            assertTrue(words >= 4 && words <= 6, english::query);
        }
        assertNotEquals(pairs.get(0).query(), pairs.get(1).query());
        assertEquals(pairs, pairs(source));
        assertRefused(
                "queries= must be one of [line, part], but is [half]",
                "lines:" + folder.resolve("n") + ",queries=half");
    }

    @Test
    void linesTwoByTwo() throws IOException {
        write("b/tatoeba.deu-eng.deu", "eins\n");
        write("b/tatoeba.deu-eng.eng", "one\n");
        write("b/tatoeba.fra-eng.fra", "deux\n");
        write("b/tatoeba.fra-eng.eng", "two\n");
        assertEquals(
                Set.of(
                        "eins>one de-en tatoeba.deu-eng line 1",
                        "one>eins en-de tatoeba.deu-eng line 1",
                        "deux>two fr-en tatoeba.fra-eng line 1",
                        "two>deux en-fr tatoeba.fra-eng line 1"),
                shown("lines:" + folder.resolve("b")));
    }

    @Test
    void linesMustBeParallel() throws IOException {
        String de = write("p/x.de", "eins\nzwei\n");
        String en = write("p/x.en", "one\n");
        assertRefused(
                "[" + de + "] has [2] lines and [" + en + "] has [1], so they are not parallel by line",
                "lines:" + folder.resolve("p"));
        Files.delete(Path.of(en));
        assertRefused(
                "[" + folder.resolve("p") + "] gives no pair in the format [lines]", "lines:" + folder.resolve("p"));
    }

    @Test
    void sections() throws IOException {
        write("h/en-us.jsonl", """
                {"page": "a", "blocks": [["p0", "p", "Before."], ["h1", "h1", "Title"], ["p1", "p", "One."],
                """.strip() + """
                 ["p2", "p", "Two."], ["h2", "h2", "Example"], ["p3", "p", "Three."], ["h3", "h2", "Empty"]]}
                """);
        write("h/de.jsonl", """
                {"page": "a", "blocks": [["h1", "h1", "Titel"], ["p1", "p", "Eins."], ["p2", "p", "Two."],
                """.strip() + """
                 ["h2", "h2", "Example"], ["p3", "p", "Drei."]]}
                """);
        Path h = folder.resolve("h");
        Set<String> monolingual =
                Set.of("Title>One.\nTwo. en-en a#h1", "Title: Example>Three. en-en a#h2", "Titel>Eins. de-de a#h1");
        assertEquals(monolingual, shown("sections:" + h + ",pairs=monolingual"));
        Set<String> all = new TreeSet<>(monolingual);
        all.addAll(List.of("Title>Eins. en-de a#h1", "Titel>One.\nTwo. de-en a#h1", "Title: Example>Drei. en-de a#h2"));
        assertEquals(all, shown("sections:" + h));
        assertEquals(
                Set.of(
                        "One.\nTwo.>Eins. en-de a#h1",
                        "Eins.>One.\nTwo. de-en a#h1",
                        "Three.>Drei. en-de a#h2",
                        "Drei.>Three. de-en a#h2"),
                shown("sections:" + h + ",pairs=passages"));
        assertRefused(
                "pairs= must be one of [all, monolingual, passages], but is [none]", "sections:" + h + ",pairs=none");
        assertEquals(
                Map.of(
                        "block that is not translated", 2,
                        "heading without a title or without a translation", 1,
                        "section without text", 1),
                skipped("sections:" + h));
        assertEquals(Set.of("Titel>Eins. de-de a#h1"), shown("sections:" + h + ",languages=de"));
        String bad = write("bad/de.jsonl", "{\"page\": \"a\", \"blocks\": [[\"h1\", \"h1\"]]}");
        assertRefused(
                "[" + bad + "], line [1]: a block must be [id, kind, text], but is [[\"h1\",\"h1\"]]",
                "sections:" + folder.resolve("bad"));
    }
}

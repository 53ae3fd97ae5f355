package org.hybridir.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.Character.UnicodeScript;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LanguagesTest {
    private static final String XQUAD = "ar de el en es hi ru th tr vi zh";
    private static final String MIRACL = "ar bn de en es fa fi fr hi id ja ko ru sw te th yo zh";
    private static final String XNLI = "ar bg de el en es fr hi ru sw th tr ur vi zh";
    private static final String AFRIQA = "bem fon hau ibo kin swa twi wol yor zul";
    private static final String TATOEBA = "afr amh ang ara arq arz ast awa aze bel ben ber bos bre bul cat cbk ceb ces"
            + " cha cmn cor csb cym dan deu dsb dtp ell epo est eus fao fin fra fry gla gle glg gsw heb hin hrv hsb hun hye"
            + " ido ile ina ind isl ita jav jpn kab kat kaz khm kor kur kzj lat lfn lit lvs mal mar max mhr mkd mon nds nld"
            + " nno nob nov oci orv pam pes pms pol por ron rus slk slv spa sqi srp swe swg swh tam tat tel tgl tha tuk tur"
            + " tzl uig ukr urd uzb vie war wuu xho yid yue zsm";
    private static final String NTREX =
            "afr amh arb aze-Latn bak bel bem ben bod bos bul cat ces ckb-Arab cym dan deu div"
                    + " dzo ell eng-GB eng-IN eng-US est eus ewe fao fas fij fil fin fra fra-CA fuc gle glg guj gsw-BE gsw-ZH hau heb"
                    + " hin hmn hrv hun hye ibo ind isl ita jpn kan kat kaz khm kin kir kmr kor lao lav lit ltz mal mar mey mkd mlg mlt"
                    + " mon mri msa mya nde nep nld nno nob nso nya orm pan pol por por-BR prs pus ron rus shi sin slk slv smo sna-Latn"
                    + " snd-Arab som spa spa-MX sqi srp-Cyrl srp-Latn ssw swa swe tah tam tat tel tgk-Cyrl tha tir ton tsn tuk tur uig"
                    + " ukr urd uzb ven vie wol xho yor yue zho-CN zho-TW zul";

    @Test
    void hasTheLanguagesOfTheCollections() {
        assertEquals(112, TATOEBA.split(" ").length);
        for (String list : List.of(XQUAD, MIRACL, XNLI, AFRIQA, TATOEBA, NTREX)) {
            for (String tag : list.split(" ")) {
                assertTrue(Languages.find(tag).isPresent(), tag);
            }
        }
    }

    /** Java knows ISO 639-1 too. */
    @Test
    void codesOfTwoLettersAreThoseOfIso639() {
        Set<String> listed = new HashSet<>();
        for (Language language : Languages.all()) {
            Locale locale = Locale.of(language.code());
            assertEquals(language.alpha3(), language.alpha2().isPresent() ? locale.getISO3Language() : language.code());
            listed.add(locale.getLanguage());
        }
        for (String code : Locale.getISOLanguages()) {
            boolean withdrawn = Set.of("sh", "bh", "mo").contains(code);
            assertTrue(withdrawn || listed.contains(Locale.of(code).getLanguage()), code);
        }
    }

    @Test
    void rowsAgreeWithEachOther() {
        Map<String, List<String>> above = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (Language language : Languages.all()) {
            assertTrue(names.add(language.name()), language.name());
            assertTrue(language.alpha3().matches("[a-z]{3}"), language.alpha3());
            List<String> groups = language.classification();
            for (int i = 0; i < groups.size(); i++) {
                List<String> path = groups.subList(0, i);
                assertEquals(path, above.computeIfAbsent(groups.get(i), group -> path), groups.get(i));
            }
        }
    }

    /** Java knows the scripts of Unicode too. */
    @Test
    void scriptsAreThoseOfUnicode() {
        for (Language language : Languages.all()) {
            Script script = language.script();
            if (!Set.of("Jpan", "Kore").contains(script.code())) {
                UnicodeScript named = UnicodeScript.forName(script.name().replace(' ', '_'));
                assertEquals(UnicodeScript.forName(script.code()), named, language.alpha3());
            }
        }
    }

    @Test
    void findsByCodesAndTags() {
        for (String tag : List.of("zh", "zho", "cmn", "zh-cn", "zho-TW", "zh-Hant", "ZH")) {
            assertEquals("Chinese", Languages.find(tag).orElseThrow().name(), tag);
        }
        Language german = Languages.find("de").orElseThrow();
        assertEquals(german, Languages.find("deu").orElseThrow());
        assertEquals(Optional.of("de"), german.alpha2());
        assertEquals("deu", german.alpha3());
        assertEquals("Indo-European", german.family());
        assertEquals("Germanic", german.branch());
        assertEquals(new Script("Latn", "Latin"), german.script());
        assertEquals("ceb", Languages.find("ceb").orElseThrow().code());
        assertEquals("Cyrillic", Languages.find("sr").orElseThrow().script().name());
        assertEquals("Latin", Languages.find("srp-Latn").orElseThrow().script().name());
        for (String tag : List.of("", "xx", "qqq", "german")) {
            assertEquals(Optional.empty(), Languages.find(tag), tag);
        }
    }

    @Test
    void familiesOfSomeLanguages() {
        Map.ofEntries(
                        Map.entry("tr", "Turkic"),
                        Map.entry("fi", "Uralic"),
                        Map.entry("vi", "Austroasiatic"),
                        Map.entry("th", "Tai-Kadai"),
                        Map.entry("zh", "Sino-Tibetan"),
                        Map.entry("ar", "Afro-Asiatic"),
                        Map.entry("ja", "Japonic"),
                        Map.entry("ko", "Koreanic"),
                        Map.entry("eu", "Basque"),
                        Map.entry("te", "Dravidian"),
                        Map.entry("id", "Austronesian"),
                        Map.entry("sw", "Atlantic-Congo"),
                        Map.entry("ka", "Kartvelian"),
                        Map.entry("eo", "Constructed"))
                .forEach((code, family) ->
                        assertEquals(family, Languages.find(code).orElseThrow().family(), code));
    }

    @Test
    void refusals() {
        Exception e = assertThrows(IllegalArgumentException.class, () -> new Script("Latin", "Latin"));
        assertEquals("[Latin] is no code of ISO 15924, such as [Latn]", e.getMessage());
        e = assertThrows(
                IllegalArgumentException.class,
                () -> new Language(
                        Optional.of("de"),
                        "deu",
                        "German",
                        new Script("Latn", "Latin"),
                        "Romance",
                        List.of("Indo-European", "Germanic")));
        assertEquals("branch [Romance] of [deu] is none of its groups [Indo-European, Germanic]", e.getMessage());
    }
}

package org.hybridir.language;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GenealogyTest {
    private static OptionalDouble distance(String a, String b) {
        OptionalDouble distance = Genealogy.distance(
                Languages.find(a).orElseThrow(), Languages.find(b).orElseThrow());
        OptionalDouble back = Genealogy.distance(
                Languages.find(b).orElseThrow(), Languages.find(a).orElseThrow());
        assertEquals(distance, back, a + " " + b);
        return distance;
    }

    private static void assertDistance(double expected, String a, String b) {
        assertEquals(expected, distance(a, b).orElseThrow(), 1e-15, a + " " + b);
    }

    @Test
    void byHand() {
        assertDistance(0, "de", "de");
        assertDistance(0, "sr", "srp-Latn");
        assertDistance(0, "zh", "cmn");
        // Indo-European > Italic > Romance > Western Romance > West Iberian > es, pt: 5 of 6
        assertDistance(1 - 5 / 6.0, "es", "pt");
        // Indo-European > Germanic > West Germanic > High German > de, > Anglo-Frisian > Anglic > en: 3 of 5 and 6
        assertDistance(1 - 3 / 5.5, "de", "en");
        // Indo-European > Balto-Slavic > Slavic > East Slavic > ru, > South Slavic > Eastern South Slavic > bg
        assertDistance(1 - 3 / 5.5, "ru", "bg");
        // Indo-European > Albanian > sq, Indo-European > Greek > el: 1 of 3
        assertDistance(1 - 1 / 3.0, "sq", "el");
        // Indo-European > Indo-Iranian > ...: 2 of 6
        assertDistance(1 - 2 / 6.0, "hi", "fa");
    }

    @Test
    void differentFamilies() {
        assertDistance(1, "de", "tr");
        assertDistance(1, "eu", "es");
        assertDistance(1, "ja", "ko");
        assertDistance(1, "zh", "th");
    }

    @Test
    void constructedLanguagesDescendFromNone() {
        assertEquals(OptionalDouble.empty(), distance("eo", "it"));
        assertEquals(OptionalDouble.empty(), distance("eo", "io"));
        assertDistance(0, "eo", "epo");
    }
}

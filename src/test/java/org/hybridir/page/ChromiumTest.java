package org.hybridir.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.hybridir.chart.Markup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Pages in a real browser, if one is installed: apt-get install chromium. */
class ChromiumTest {
    /** Tells what the browser made of the page. The page itself has no script. */
    private static final String PROBE = """
            onload = () => {
              const page = document.querySelector('iframe').contentDocument;
              const told = document.documentElement.dataset;
              told.scroll = page.documentElement.scrollWidth;
              told.boxes = page.querySelectorAll('.wide').length;
              told.wide = [...page.querySelectorAll('.wide')].filter(box => box.scrollWidth > box.clientWidth).length > 0;
              told.bars = page.querySelector('rect.bar').getBoundingClientRect().width > 0;
              told.sections = page.querySelectorAll('section').length;
              told.run = page.documentElement.dataset.run ?? 'nothing';
            }
            """;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    private Chromium browser;

    @BeforeEach
    void find() {
        Optional<Path> program = Chromium.find();
        assumeTrue(
                program.isPresent(), "no chromium, chromium-browser or google-chrome on the PATH: page not looked at");
        browser = new Chromium(program.get(), temp);
    }

    private Path write(String html) throws IOException {
        return Files.writeString(temp.resolve("page.html"), html);
    }

    /** What the browser makes of a page on a phone: in a frame, because the narrowest window is wider than a phone. */
    private String onAPhone(Map<String, Object> result) throws IOException, InterruptedException {
        Markup outer = new Markup().verbatim("<!DOCTYPE html>").open("html").open("body");
        outer.open("iframe", "width", 360, "height", 800, "style", "border:0", "srcdoc", HtmlPage.render(result));
        outer.close().open("script").verbatim(PROBE).close().close().close();
        return browser.dom(write(outer.toString()), 800, 900);
    }

    private static String data(String dom, String name) {
        Matcher attribute =
                Pattern.compile("<html[^>]* data-" + name + "=\"([^\"]*)\"").matcher(dom);
        assertTrue(attribute.find(), name + " stands in\n" + dom);
        return attribute.group(1);
    }

    @Test
    void aPhoneScrollsTablesNotThePage() throws IOException, InterruptedException {
        String dom = onAPhone(Results.small());
        assertEquals("360", data(dom, "scroll"));
        assertEquals("true", data(dom, "wide"));
        assertEquals("true", data(dom, "bars"));
        // each table has its box: summary, languages, pairs, three figures, top, two of families, question, left out
        assertEquals("11", data(dom, "boxes"));
    }

    /** Names without blanks and markup in them: neither is the page wider nor is anything run. */
    @Test
    void aHostileResultIsOnlyText() throws IOException, InterruptedException {
        String evil = "\"><img src=x onerror=\"document.documentElement.dataset.run=1\">"
                + "<script>document.documentElement.dataset.run=1</script></style></title>" + "x".repeat(200);
        @SuppressWarnings("unchecked")
        Map<String, Object> result = (Map<String, Object>) Results.reworded(Results.small(), word -> word + evil);
        String dom = onAPhone(result);
        assertEquals("360", data(dom, "scroll"));
        assertEquals("nothing", data(dom, "run"));
        String clean = onAPhone(Results.small());
        assertEquals(data(clean, "sections"), data(dom, "sections"));
    }

    @Test
    void somethingIsToBeSeen() throws IOException, InterruptedException {
        Path picture = browser.screenshot(write(HtmlPage.render(Results.small())), 1200, 2400);
        BufferedImage image = ImageIO.read(picture.toFile());
        assertEquals(1200, image.getWidth());
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y) & 0xFFFFFF);
            }
        }
        // paper, and both ends of the heat map's scale
        assertTrue(
                colours.contains(0xFFFFFF) && colours.contains(0xF2F6FA) && colours.contains(0x093056), "" + colours);
    }
}

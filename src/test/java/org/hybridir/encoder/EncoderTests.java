package org.hybridir.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.hybridir.program.Precision;
import org.hybridir.program.PrecisionRequest;
import org.hybridir.program.Processor;
import org.hybridir.weights.DType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EncoderTests {
    private static final EncoderOptions OPTIONS =
            EncoderOptions.defaults().withThreads(2).withBatchTokens(200);

    @TempDir
    static Path temp;

    private static Encoder bert;
    private static Encoder xlmRoberta;

    @BeforeAll
    static void open() throws IOException {
        bert = Encoder.open(TinyArtifacts.bert(temp, "bert"), OPTIONS);
        xlmRoberta = Encoder.open(TinyArtifacts.xlmRoberta(temp, "xlmr"), OPTIONS);
    }

    @AfterAll
    static void close() {
        bert.close();
        xlmRoberta.close();
    }

    @Test
    void vectorsHaveLengthOneAndDiffer() {
        List<Encoding> encodings = bert.encode(List.of("water", "library", "图书馆"), TextRole.PASSAGE);
        for (Encoding encoding : encodings) {
            assertEquals(TinyArtifacts.DIMENSION, encoding.vector().length);
            assertEquals(1, dot(encoding.vector(), encoding.vector()), 1e-5);
        }
        assertTrue(dot(encodings.get(0).vector(), encodings.get(1).vector()) < 0.99);
        assertTrue(dot(encodings.get(0).vector(), encodings.get(2).vector()) < 0.99);
    }

    @Test
    void vectorDoesNotDependOnTheBatch() {
        Random random = new Random(7);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            texts.add("the water of the river ".repeat(random.nextInt(4)) + (char) ('a' + random.nextInt(26)));
        }
        List<Encoding> together = bert.encode(texts, TextRole.PASSAGE);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            order.add(i);
            Encoding alone =
                    bert.encode(List.of(texts.get(i)), TextRole.PASSAGE).get(0);
            assertSameEncoding(alone, together.get(i));
        }
        Collections.shuffle(order, random);
        List<Encoding> shuffled = bert.encode(order.stream().map(texts::get).toList(), TextRole.PASSAGE);
        for (int i = 0; i < order.size(); i++) {
            assertSameEncoding(together.get(order.get(i)), shuffled.get(i));
        }
    }

    @Test
    void noTextsGiveNoVectors() {
        assertEquals(List.of(), bert.encode(List.of(), TextRole.QUERY));
    }

    @Test
    void emptyTextAndSpacesAreTheSpecialTokens() {
        for (Encoding encoding : bert.encode(List.of("", "   ", "\t\n"), TextRole.QUERY)) {
            assertEquals(2, encoding.tokens());
            assertFalse(encoding.truncated());
            assertEquals(1, dot(encoding.vector(), encoding.vector()), 1e-5);
        }
    }

    @Test
    void nullIsRefusedBeforeAnythingIsEncoded() {
        Object before = bert.stats().get("texts");
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> bert.encode(Arrays.asList("a", null), TextRole.QUERY));
        assertEquals("text [1] of [2] is null; an empty text is allowed, null is not", e.getMessage());
        assertEquals(before, bert.stats().get("texts"));
    }

    @Test
    void brokenCharactersEncode() {
        List<String> texts = List.of("a\uD800b", "\uDC00", "nul \0 nul", "\uD83D\uDE00 smile", "\uFFFF");
        for (Encoding encoding : bert.encode(texts, TextRole.PASSAGE)) {
            assertEquals(1, dot(encoding.vector(), encoding.vector()), 1e-5);
        }
        assertSameEncoding(
                bert.encode(List.of("a\uFFFDb"), TextRole.PASSAGE).get(0),
                bert.encode(List.of("a\uD800b"), TextRole.PASSAGE).get(0));
    }

    @Test
    void longTextIsTruncatedToItsRolesLimitWithTheLastTokenKept() {
        String text = "water ".repeat(TinyArtifacts.PASSAGE_TOKENS);
        Encoding query = bert.encode(List.of(text), TextRole.QUERY).get(0);
        assertEquals(TinyArtifacts.QUERY_TOKENS, query.tokens());
        assertTrue(query.truncated());
        long[] whole = bert.tokenVectors("water").ids();
        long[] ids = bert.tokenVectors(text).ids();
        assertEquals(TinyArtifacts.PASSAGE_TOKENS, ids.length);
        assertEquals(whole[0], ids[0]);
        assertEquals(whole[whole.length - 1], ids[ids.length - 1]);
    }

    @Test
    void textOfExactlyTheLimitIsNotTruncated() {
        int words = TinyArtifacts.QUERY_TOKENS - 2;
        Encoding fits = bert.encode(List.of("a ".repeat(words)), TextRole.QUERY).get(0);
        assertEquals(TinyArtifacts.QUERY_TOKENS, fits.tokens());
        assertFalse(fits.truncated());
        Encoding over =
                bert.encode(List.of("a ".repeat(words + 1)), TextRole.QUERY).get(0);
        assertEquals(TinyArtifacts.QUERY_TOKENS, over.tokens());
        assertTrue(over.truncated());
    }

    /** The library would tokenize all of it: a megabyte takes it about a second. */
    @Test
    void megabyteIsCutFirstAndCounted() throws IOException {
        String text = "water and river ".repeat(1 << 16);
        try (Encoder encoder = Encoder.open(TinyArtifacts.bert(temp, "megabyte"), OPTIONS)) {
            encoder.encode(List.of("warm"), TextRole.PASSAGE);
            List<Encoding> encodings = Assertions.assertTimeout(
                    Duration.ofSeconds(5), () -> encoder.encode(Collections.nCopies(50, text), TextRole.PASSAGE));
            assertTrue(encodings.stream().allMatch(Encoding::truncated));
            assertEquals(2L, encoder.stats().get("texts"));
            assertEquals(49L, encoder.stats().get("repeated_texts"));
            assertEquals(1L, encoder.stats().get("truncated_texts"));
        }
    }

    @Test
    void cutDoesNotSplitACharacter() {
        String emoji = "\uD83D\uDE00";
        Encoding encoding =
                bert.encode(List.of(emoji.repeat(10_000)), TextRole.PASSAGE).get(0);
        assertTrue(encoding.truncated());
        assertEquals(1, dot(encoding.vector(), encoding.vector()), 1e-5);
    }

    @Test
    void prefixOfTheRoleIsEncoded() {
        Encoding query = xlmRoberta.encode(List.of("water"), TextRole.QUERY).get(0);
        Encoding passage = xlmRoberta.encode(List.of("water"), TextRole.PASSAGE).get(0);
        assertTrue(dot(query.vector(), passage.vector()) < 0.9999);
        assertEquals(xlmRoberta.tokenVectors("query: water").ids().length, query.tokens());
        assertEquals(xlmRoberta.tokenVectors("passage: water").ids().length, passage.tokens());
    }

    @Test
    void statsCountWhatWasDone() throws IOException {
        try (Encoder encoder = Encoder.open(TinyArtifacts.bert(temp, "stats"), OPTIONS)) {
            assertEquals(0L, encoder.stats().get("texts"), "golden vectors do not count");
            encoder.encode(List.of("a", "a b c", "water ".repeat(200)), TextRole.QUERY);
            Map<String, Object> stats = encoder.stats();
            assertEquals(3L, stats.get("texts"));
            assertEquals(3L + 5 + 32, stats.get("tokens"));
            assertEquals(3L + 5 + 32, stats.get("padded_tokens"), "their lengths differ too much to run together");
            assertEquals(1L, stats.get("truncated_texts"));
            assertEquals(3L, stats.get("batches"));
            assertTrue((Long) stats.get("run_time_ms") >= 0);
            Map<?, ?> lanes = (Map<?, ?>) stats.get("lanes");
            assertEquals(3L, ((Map<?, ?>) lanes.get("query")).get("texts"));
            assertEquals(0L, ((Map<?, ?>) lanes.get("passage")).get("texts"));
            assertEquals(
                    Set.of("p50", "p90", "p99"),
                    ((Map<?, ?>) ((Map<?, ?>) lanes.get("query")).get("wait_ms")).keySet());
        }
    }

    @Test
    void equalTextsOfARequestAreEncodedOnce() throws IOException {
        try (Encoder encoder = Encoder.open(TinyArtifacts.bert(temp, "repeated"), OPTIONS)) {
            List<Encoding> encodings = encoder.encode(List.of("a", "b c", "a"), TextRole.QUERY);
            assertEquals(2L, encoder.stats().get("texts"));
            assertEquals(1L, encoder.stats().get("repeated_texts"));
            assertArrayEquals(encodings.get(0).vector(), encodings.get(2).vector());
            assertSameEncoding(encoder.encode(List.of("b c"), TextRole.QUERY).get(0), encodings.get(1));
        }
    }

    @Test
    void resultOfSubmittedTextsIsThatOfEncodedOnes() {
        List<String> texts = List.of("water", "where is the library");
        List<Encoding> expected = bert.encode(texts, TextRole.PASSAGE);
        List<Encoding> found = bert.submit(texts, TextRole.PASSAGE).join();
        assertSameEncoding(expected.get(0), found.get(0));
        assertSameEncoding(expected.get(1), found.get(1));
        assertEquals(List.of(), bert.submit(List.of(), TextRole.QUERY).join());
        CompletionException e = assertThrows(
                CompletionException.class, () -> bert.submit(Collections.singletonList(null), TextRole.QUERY)
                        .join());
        assertEquals(
                "text [0] of [1] is null; an empty text is allowed, null is not",
                e.getCause().getMessage());
    }

    @Test
    void interruptedCallerStopsWaitingAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        CancellationException e =
                assertThrows(CancellationException.class, () -> bert.encode(List.of("water"), TextRole.QUERY));
        assertEquals("the thread that waited for the encoder was interrupted", e.getMessage());
        assertTrue(Thread.interrupted(), "the mark must stay for the caller");
    }

    /** Counts, and refuses what is more than its limit. */
    private static final class Limit implements Reservations {
        private volatile long limit;
        private final AtomicLong taken = new AtomicLong();

        private Limit(long limit) {
            this.limit = limit;
        }

        @Override
        public void reserve(String what, long bytes) {
            if (taken.addAndGet(bytes) > limit) {
                taken.addAndGet(-bytes);
                throw new IllegalStateException("no memory for " + what);
            }
        }

        @Override
        public void release(long bytes) {
            taken.addAndGet(-bytes);
        }
    }

    @Test
    void memoryIsAccountedForFromOpeningToClosing() throws IOException {
        Limit limit = new Limit(Long.MAX_VALUE);
        Path artifact = TinyArtifacts.bert(temp, "accounted");
        try (Encoder encoder = Encoder.open(artifact, OPTIONS, limit)) {
            long open = limit.taken.get();
            assertTrue(open > Files.size(artifact.resolve("model.safetensors")), "weights and buffers: " + open);
            encoder.encode(List.of("a", "b"), TextRole.QUERY);
            CompletableFuture<List<Encoding>> cancelled = encoder.submit(List.of("c", "d"), TextRole.PASSAGE);
            cancelled.cancel(false);
            assertEquals(open, limit.taken.get());
        }
        assertEquals(0, limit.taken.get());
    }

    @Test
    void shortMemoryRefusesOpeningAndRequests() throws IOException {
        Path artifact = TinyArtifacts.bert(temp, "short");
        Limit none = new Limit(1000);
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> Encoder.open(artifact, OPTIONS, none));
        assertEquals("no memory for the weights and buffers of the encoder [short]", e.getMessage());
        assertEquals(0, none.taken.get());
        Limit all = new Limit(Long.MAX_VALUE);
        try (Encoder encoder = Encoder.open(artifact, OPTIONS, all)) {
            all.limit = all.taken.get();
            e = assertThrows(IllegalStateException.class, () -> encoder.encode(List.of("a", "b"), TextRole.QUERY));
            assertEquals("no memory for [2] texts for the encoder [short]", e.getMessage());
            assertEquals(all.limit, all.taken.get());
        }
    }

    @Test
    void describesItself() {
        Map<String, Object> map = xlmRoberta.describe();
        assertEquals("xlmr", map.get("name"));
        assertEquals("xlm-roberta", map.get("family"));
        assertEquals(32, map.get("dimension"));
        assertEquals(2, map.get("layers"));
        assertEquals("mean", map.get("pooling"));
        assertFalse(map.containsKey("dense"));
        assertEquals(Map.of("prefix", "query: ", "max_tokens", 32), map.get("query"));
        assertEquals(Map.of("prefix", "passage: ", "max_tokens", 64), map.get("passage"));
        assertEquals("fp32", map.get("precision"));
        assertEquals("fp32", map.get("precision_asked"));
        assertEquals("asked for", map.get("precision_reason"));
        assertEquals(2, map.get("threads"));
        assertEquals(xlmRoberta.fingerprint(), map.get("fingerprint"));
        assertEquals(Map.of("base", "random weights", "seed", 42), map.get("provenance"));
    }

    @Test
    void precisionIsChosenByTheProcessor() throws IOException {
        PrecisionRequest auto = PrecisionRequest.of("auto");
        try (Encoder encoder = Encoder.open(TinyArtifacts.bert(temp, "auto"), OPTIONS.withPrecision(auto))) {
            PrecisionRequest.Choice choice = auto.on(Processor.current());
            assertEquals(choice.precision().key(), encoder.describe().get("precision"));
            assertEquals("auto", encoder.describe().get("precision_asked"));
            assertEquals(choice.reason(), encoder.describe().get("precision_reason"));
        }
    }

    @Test
    void processorThatLacksThePrecisionIsRefused() throws IOException {
        Processor old = new Processor("Old", Set.of("avx2"));
        try (Artifact artifact = Artifact.open(new ArtifactFolder(TinyArtifacts.bert(temp, "refused")))) {
            ArtifactException e = assertThrows(
                    ArtifactException.class, () -> ChosenArithmetic.of(PrecisionRequest.of("bf16"), old, artifact));
            assertEquals(
                    "the artifact [" + artifact.folder().root()
                            + "]: the precision [bf16] needs a processor with one of"
                            + " [avx512_bf16, amx_bf16], without which it is slower than fp32, and this one [Old] has"
                            + " none; ask for [auto] or [fp32]",
                    e.getMessage());
            Map<String, Object> seven = ChosenArithmetic.of(PrecisionRequest.of("int8"), old, artifact)
                    .describe();
            assertEquals(true, seven.get("precision_reduced_range"));
        }
    }

    /** Golden vectors prove it at opening; here queries and passages of both families. */
    @Test
    void eightBitsAreNearThirtyTwo() throws IOException {
        List<String> texts = List.of("water of the river", "где находится библиотека", "图书馆在哪里", "");
        for (Encoder exact : List.of(bert, xlmRoberta)) {
            Path folder = temp.resolve(exact.manifest().name());
            try (Encoder narrow = Encoder.open(folder, OPTIONS.withPrecision(Precision.INT8))) {
                assertNotEquals(exact.fingerprint(), narrow.fingerprint());
                for (TextRole role : TextRole.values()) {
                    List<Encoding> expected = exact.encode(texts, role);
                    List<Encoding> found = narrow.encode(texts, role);
                    for (int i = 0; i < texts.size(); i++) {
                        double cosine =
                                dot(expected.get(i).vector(), found.get(i).vector());
                        assertTrue(cosine > .99 && cosine < 1 - 1e-7, texts.get(i) + " " + cosine);
                    }
                }
            }
        }
    }

    @Test
    void fingerprintIsOfWhatDecidesAVector() throws IOException {
        ArtifactSpec spec = TinyArtifacts.bertSpec("other-name");
        assertEquals(bert.fingerprint(), fingerprint(spec), "a name decides nothing");
        assertNotEquals(
                bert.fingerprint(), fingerprint(TinyArtifacts.with(TinyArtifacts.bertSpec("pooling"), Pooling.CLS)));
        Manifest manifest = new Manifest("prefix", "q: ", "", 32, 64, Map.of(), Map.of());
        assertNotEquals(
                bert.fingerprint(),
                fingerprint(ArtifactSpec.of(
                        spec.config(), spec.tokenizerJson(), spec.weights(), spec.pooling(), manifest)));
    }

    private static String fingerprint(ArtifactSpec spec) throws IOException {
        try (Encoder encoder = Encoder.open(TinyArtifacts.write(spec, temp), OPTIONS)) {
            return encoder.fingerprint();
        }
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void weightsOfEveryTypeAreRead(DType type) throws IOException {
        ArtifactSpec base = TinyArtifacts.bertSpec("weights-" + type);
        ArtifactSpec spec = ArtifactSpec.of(
                base.config(),
                base.tokenizerJson(),
                TinyArtifacts.weights(base.config(), type),
                base.pooling(),
                base.manifest());
        try (Encoder encoder = Encoder.open(TinyArtifacts.write(spec, temp), OPTIONS)) {
            TokenVectors tokens = encoder.tokenVectors("water of the river");
            double[][] expected = new PlainTransformer(spec).tokenVectors(tokens.ids());
            for (int t = 0; t < expected.length; t++) {
                for (int i = 0; i < expected[t].length; i++) {
                    assertEquals(expected[t][i], tokens.vectors()[t][i], 1e-5);
                }
            }
        }
    }

    @Test
    void threadsShareAnEncoder() throws InterruptedException, ExecutionException {
        List<String> texts = List.of("a", "water of the river", "где", "图书馆在哪里", "", "the library is where");
        List<Encoding> expected = bert.encode(texts, TextRole.PASSAGE);
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            List<Future<List<Encoding>>> found = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                found.add(executor.submit(() -> bert.encode(texts, TextRole.PASSAGE)));
            }
            for (Future<List<Encoding>> future : found) {
                for (int i = 0; i < texts.size(); i++) {
                    assertArrayEquals(
                            expected.get(i).vector(), future.get().get(i).vector(), 1e-6f);
                }
            }
        }
    }

    @Test
    void noArrayOutlivesItsPass() {
        List<String> texts = List.of("a", "water of the river", "где");
        bert.encode(texts, TextRole.PASSAGE);
        int before = bert.liveArrays();
        for (int i = 0; i < 300; i++) {
            bert.encode(texts, TextRole.PASSAGE);
            bert.tokenVectors("water");
        }
        assertEquals(before, bert.liveArrays());
    }

    @Test
    void closedEncoderSaysSo() throws IOException {
        Encoder encoder = Encoder.open(TinyArtifacts.bert(temp, "closed"), OPTIONS);
        encoder.close();
        encoder.close();
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> encoder.encode(List.of("a"), TextRole.QUERY));
        assertEquals("the encoder [closed] is closed; open it again", e.getMessage());
    }

    /** bfloat16 keeps eight bits, so vectors are close and not the same; golden vectors of 32 bits hold within its bounds. */
    @Test
    void bfloat16IsCloseToTheReference() throws IOException {
        for (Path artifact :
                List.of(TinyArtifacts.bert(temp, "bf16-bert"), TinyArtifacts.xlmRoberta(temp, "bf16-xlmr"))) {
            try (Encoder exact = Encoder.open(artifact, OPTIONS);
                    Encoder rounded = Encoder.open(artifact, OPTIONS.withPrecision(Precision.BF16))) {
                assertEquals("bf16", rounded.describe().get("precision"));
                assertNotEquals(exact.fingerprint(), rounded.fingerprint());
                List<String> texts = List.of("the river", "where is the library of the water", "");
                for (int i = 0; i < texts.size(); i++) {
                    float[] a = exact.encode(texts, TextRole.QUERY).get(i).vector();
                    float[] b = rounded.encode(texts, TextRole.QUERY).get(i).vector();
                    double cosine = 0;
                    for (int j = 0; j < a.length; j++) {
                        cosine += a[j] * b[j];
                    }
                    assertTrue(cosine > .999, "cosine " + cosine);
                    assertFalse(Arrays.equals(a, b));
                }
            }
        }
    }

    @Test
    void closeWaitsForThoseWhoEncode() throws IOException, InterruptedException, ExecutionException {
        for (int round = 0; round < 5; round++) {
            Encoder encoder = Encoder.open(temp.resolve("bert"), OPTIONS);
            try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
                List<Future<Boolean>> calls = new ArrayList<>();
                for (int i = 0; i < 40; i++) {
                    calls.add(executor.submit(() -> encodedOrClosed(encoder)));
                }
                calls.get(0).get();
                encoder.close();
                for (Future<Boolean> call : calls) {
                    call.get();
                }
            }
        }
    }

    private static boolean encodedOrClosed(Encoder encoder) {
        try {
            return encoder.encode(List.of("water", "river of water"), TextRole.PASSAGE)
                            .size()
                    == 2;
        } catch (IllegalStateException e) {
            assertEquals("the encoder [bert] is closed; open it again", e.getMessage());
            return false;
        }
    }

    private static void assertSameEncoding(Encoding expected, Encoding found) {
        assertArrayEquals(expected.vector(), found.vector(), 1e-5f);
        assertEquals(expected.tokens(), found.tokens());
        assertEquals(expected.truncated(), found.truncated());
    }

    private static double dot(float[] x, float[] y) {
        double dot = 0;
        for (int i = 0; i < x.length; i++) {
            dot += x[i] * y[i];
        }
        return dot;
    }
}

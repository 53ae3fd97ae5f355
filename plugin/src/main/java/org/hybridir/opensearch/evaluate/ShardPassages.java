package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.hybridir.measure.Gold;
import org.hybridir.measure.Golds;
import org.hybridir.measure.RankCounter;
import org.opensearch.index.mapper.IdFieldMapper;
import org.opensearch.index.mapper.SeqNoFieldMapper;
import org.opensearch.index.mapper.Uid;

/**
 * The passages of one shard at one point in time, read leaf by leaf: the work of each {@link Pass}. Deleted documents and
 * nested ones are no passages. Not thread-safe; one for each request.
 */
final class ShardPassages {
    /** Passages that are counted at once, and between two looks at whether the task was cancelled. */
    private static final int CHUNK = 512;
    /** Square of a length this near to one is taken as one, so that unit vectors keep their bits. */
    private static final double UNIT_TOLERANCE = 1e-4;
    /** Stands for a language that is missing or not evaluated. */
    private static final int NONE = -1;

    private final IndexReader reader;
    private final PassageFields fields;
    private final List<String> languages;
    private final Runnable checkpoint;

    /**
     * @param languages those evaluated, by ordinal
     * @param checkpoint called between chunks; throws if the work is to end
     */
    ShardPassages(IndexReader reader, PassageFields fields, List<String> languages, Runnable checkpoint) {
        this.reader = reader;
        this.fields = fields;
        this.languages = languages;
        this.checkpoint = checkpoint;
    }

    /**
     * A number that is the same for all copies of a shard, before and after merges, as long as they show the same
     * documents: each write gives its document a sequence number of its own.
     */
    long fingerprint() throws IOException {
        long sum = 0;
        for (LeafReaderContext leaf : reader.leaves()) {
            checkpoint.run();
            NumericDocValues sequence = DocValues.getNumeric(leaf.reader(), SeqNoFieldMapper.NAME);
            DocIdSetIterator documents = documents(leaf.reader());
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                checkpoint(doc);
                if (isLive(leaf.reader(), doc) && sequence.advanceExact(doc)) {
                    sum += mix(sequence.longValue());
                }
            }
        }
        return sum;
    }

    /** Now and then, as a leaf may have millions of documents. */
    private void checkpoint(int doc) {
        if (doc % CHUNK == 0) {
            checkpoint.run();
        }
    }

    /** Spreads a number over 64 bits (the finaliser of SplitMix64), so that sums of different sets differ. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    PassResult.Surveyed survey() throws IOException {
        Map<String, Long> passages = new TreeMap<>();
        long withoutVector = 0;
        long withoutLanguage = 0;
        for (LeafReaderContext leaf : reader.leaves()) {
            checkpoint.run();
            KnnVectorValues.DocIndexIterator vectors = vectorIterator(vectors(leaf.reader()));
            SortedSetDocValues language = DocValues.getSortedSet(leaf.reader(), PassageFields.LANGUAGE);
            DocIdSetIterator documents = documents(leaf.reader());
            for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
                checkpoint(doc);
                if (isLive(leaf.reader(), doc) == false) {
                    continue;
                }
                if (language.advanceExact(doc) == false) {
                    withoutLanguage++;
                } else if (has(vectors, doc) == false) {
                    withoutVector++;
                } else {
                    passages.merge(only(leaf.reader(), doc, language), 1L, Long::sum);
                }
            }
        }
        return new PassResult.Surveyed(fingerprint(), passages, withoutVector, withoutLanguage);
    }

    private static String only(LeafReader leaf, int doc, SortedSetDocValues language) throws IOException {
        if (language.docValueCount() > 1) {
            throw new IllegalArgumentException("passage [" + id(leaf, doc) + "] has [" + language.docValueCount()
                    + "] values in [" + PassageFields.LANGUAGE + "], a passage has one language");
        }
        return language.lookupOrd(language.nextOrd()).utf8ToString();
    }

    PassResult.Gathered gather(Pass.Gather pass) throws IOException {
        List<List<Gold>> golds = new ArrayList<>();
        for (int question = 0; question < pass.vectors().length; question++) {
            golds.add(new ArrayList<>());
        }
        for (LeafReaderContext leaf : reader.leaves()) {
            checkpoint.run();
            gather(leaf.reader(), pass, golds);
        }
        return new PassResult.Gathered(golds.stream().map(Golds::of).toArray(Golds[]::new));
    }

    private void gather(LeafReader leaf, Pass.Gather pass, List<List<Gold>> golds) throws IOException {
        FloatVectorValues vectors = vectors(leaf);
        if (vectors == null) {
            return;
        }
        KnnVectorValues.DocIndexIterator iterator = vectors.iterator();
        SortedSetDocValues language = DocValues.getSortedSet(leaf, PassageFields.LANGUAGE);
        int[] ordinals = ordinals(language);
        Passage passage = null;
        for (Relevance relevance : relevant(leaf, pass)) {
            if (passage == null || passage.doc != relevance.doc) {
                int ordinal = ordinal(language, ordinals, relevance.doc);
                passage = ordinal != NONE && has(iterator, relevance.doc)
                        ? new Passage(relevance.doc, id(leaf, relevance.doc), ordinal, unit(vectors, iterator.index()))
                        : new Passage(relevance.doc, null, NONE, null);
            }
            if (passage.language != NONE) {
                float score = RankCounter.score(pass.vectors()[relevance.question], passage.vector);
                golds.get(relevance.question)
                        .add(new Gold(
                                passage.id, passage.language, grade(pass, relevance.question, passage.id), score));
            }
        }
    }

    /** That a passage names a question as one that it answers, is a judgement of grade 1. */
    private static int grade(Pass.Gather pass, int question, String id) {
        return pass.judged() == null ? 1 : pass.judged().get(question).get(id);
    }

    private float[] unit(FloatVectorValues vectors, int place) throws IOException {
        float[] vector = new float[fields.dimension()];
        copyUnit(vectors.vectorValue(place), vector, 0);
        return vector;
    }

    /** Which document of the leaf is relevant to which question of the block; in the order of documents. */
    private static List<Relevance> relevant(LeafReader leaf, Pass.Gather pass) throws IOException {
        boolean byId = pass.judged() != null;
        List<Relevance> found = new ArrayList<>();
        Terms terms = leaf.terms(byId ? IdFieldMapper.NAME : PassageFields.QUESTION_IDS);
        if (terms == null) {
            return found;
        }
        TermsEnum lookup = terms.iterator();
        PostingsEnum postings = null;
        for (int question = 0; question < pass.questionIds().size(); question++) {
            for (BytesRef term : byId
                    ? pass.judged().get(question).keySet().stream()
                            .map(Uid::encodeId)
                            .toList()
                    : List.of(new BytesRef(pass.questionIds().get(question)))) {
                if (lookup.seekExact(term)) {
                    postings = lookup.postings(postings, PostingsEnum.NONE);
                    while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                        found.add(new Relevance(postings.docID(), question));
                    }
                }
            }
        }
        return keepPassages(leaf, found);
    }

    /** Drops deleted documents and nested ones, which carry the id of the document around them. */
    private static List<Relevance> keepPassages(LeafReader leaf, List<Relevance> found) throws IOException {
        List<Relevance> kept = new ArrayList<>(found.size());
        found.sort(Comparator.comparingInt(Relevance::doc));
        DocIdSetIterator documents = documents(leaf);
        for (Relevance relevance : found) {
            if (documents.docID() < relevance.doc) {
                documents.advance(relevance.doc);
            }
            if (documents.docID() == relevance.doc && isLive(leaf, relevance.doc)) {
                kept.add(relevance);
            }
        }
        return kept;
    }

    PassResult.Counted count(Pass.Count pass) throws IOException {
        Set<String> golds = new HashSet<>();
        for (Golds ofQuestion : pass.golds()) {
            ofQuestion.inOrder().forEach(gold -> golds.add(gold.id()));
        }
        DocumentIds ids = new DocumentIds(reader, golds);
        RankCounter counter = new RankCounter(pass.vectors(), pass.golds(), languages.size(), pass.hits(), ids);
        Chunk chunk = new Chunk(counter);
        for (LeafReaderContext leaf : reader.leaves()) {
            count(leaf, chunk);
        }
        chunk.flush();
        return new PassResult.Counted(counter.counts(), counter.hits());
    }

    private void count(LeafReaderContext context, Chunk chunk) throws IOException {
        LeafReader leaf = context.reader();
        FloatVectorValues vectors = vectors(leaf);
        if (vectors == null) {
            return;
        }
        KnnVectorValues.DocIndexIterator iterator = vectors.iterator();
        SortedSetDocValues language = DocValues.getSortedSet(leaf, PassageFields.LANGUAGE);
        int[] ordinals = ordinals(language);
        for (int doc = iterator.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = iterator.nextDoc()) {
            int ordinal = isLive(leaf, doc) ? ordinal(language, ordinals, doc) : NONE;
            if (ordinal != NONE) {
                chunk.add(context.docBase + doc, ordinal, vectors.vectorValue(iterator.index()));
            }
        }
    }

    /** Passages, gathered until there are enough to count them at once. */
    private final class Chunk {
        private final RankCounter counter;
        private final float[] vectors = new float[CHUNK * fields.dimension()];
        private final int[] ordinals = new int[CHUNK];
        private final int[] docs = new int[CHUNK];
        private int size;

        private Chunk(RankCounter counter) {
            this.counter = counter;
        }

        private void add(int doc, int ordinal, float[] vector) {
            copyUnit(vector, vectors, size * fields.dimension());
            ordinals[size] = ordinal;
            docs[size] = doc;
            if (++size == CHUNK) {
                flush();
            }
        }

        private void flush() {
            checkpoint.run();
            counter.add(vectors, size, ordinals, docs);
            size = 0;
        }
    }

    /** The leaf's float vectors, or null if it has none. */
    private FloatVectorValues vectors(LeafReader leaf) throws IOException {
        FieldInfo info = leaf.getFieldInfos().fieldInfo(fields.vector());
        FloatVectorValues vectors = leaf.getFloatVectorValues(fields.vector());
        if (vectors == null && info != null && info.getVectorDimension() > 0) {
            throw new IllegalArgumentException("field [" + fields.vector() + "] holds vectors of ["
                    + info.getVectorEncoding() + "], an evaluation reads those of [FLOAT32]");
        }
        return vectors;
    }

    private static KnnVectorValues.DocIndexIterator vectorIterator(FloatVectorValues vectors) {
        return vectors == null ? null : vectors.iterator();
    }

    private static boolean has(KnnVectorValues.DocIndexIterator vectors, int doc) throws IOException {
        if (vectors == null) {
            return false;
        }
        if (vectors.docID() < doc) {
            vectors.advance(doc);
        }
        return vectors.docID() == doc;
    }

    /** All documents that are not nested in another one: only those have a primary term. */
    private static DocIdSetIterator documents(LeafReader leaf) throws IOException {
        return DocValues.getNumeric(leaf, SeqNoFieldMapper.PRIMARY_TERM_NAME);
    }

    private static boolean isLive(LeafReader leaf, int doc) {
        Bits live = leaf.getLiveDocs();
        return live == null || live.get(doc);
    }

    /** From the leaf's ordinals of languages to ours. */
    private int[] ordinals(SortedSetDocValues language) throws IOException {
        int[] ordinals = new int[Math.toIntExact(language.getValueCount())];
        for (int i = 0; i < ordinals.length; i++) {
            int ordinal = languages.indexOf(language.lookupOrd(i).utf8ToString());
            ordinals[i] = ordinal < 0 ? NONE : ordinal;
        }
        return ordinals;
    }

    private static int ordinal(SortedSetDocValues language, int[] ordinals, int doc) throws IOException {
        // One document may be asked twice: the values are read anew each time.
        return language.advanceExact(doc) ? ordinals[Math.toIntExact(language.nextOrd())] : NONE;
    }

    private static String id(LeafReader leaf, int doc) throws IOException {
        return DocumentIds.read(leaf.storedFields(), doc);
    }

    /** Copies a vector, brought to length one if it is not; a vector of zeros stays. */
    private static void copyUnit(float[] vector, float[] target, int offset) {
        System.arraycopy(vector, 0, target, offset, vector.length);
        double square = 0;
        for (float v : vector) {
            square += (double) v * v;
        }
        if (square > 0 && Math.abs(square - 1) > UNIT_TOLERANCE) {
            float scale = (float) (1 / Math.sqrt(square));
            for (int i = 0; i < vector.length; i++) {
                target[offset + i] *= scale;
            }
        }
    }

    /** Document {@code doc} of a leaf is relevant to question {@code question} of the block. */
    private record Relevance(int doc, int question) {}

    /** A document of a leaf; its language is {@link #NONE} if it is not evaluated. */
    private record Passage(int doc, String id, int language, float[] vector) {}
}

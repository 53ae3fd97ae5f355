package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.hybridir.measure.PassageIds;
import org.opensearch.index.mapper.IdFieldMapper;
import org.opensearch.index.mapper.Uid;

/**
 * The ids of a reader's documents, by Lucene's number of the document. Each is read once. Not thread-safe.
 *
 * <p>A stored field costs unpacking the documents around it, vectors and all; the terms of the field {@code _id} are packed
 * densely, but only to be walked from the first one on. So few ids are read as stored fields, and many from the terms.
 */
final class DocumentIds implements PassageIds {
    private static final Set<String> ID = Set.of(IdFieldMapper.NAME);
    /** How many terms are walked in the time of one stored field: an estimate, on which only the time depends. */
    private static final int TERMS_A_STORED_FIELD = 200;

    private final IndexReader reader;
    private final StoredFields stored;
    private final Map<Integer, String> known = new HashMap<>();

    /**
     * @param expected ids that will be asked for again and again, such as those of golds, which score the same as themselves:
     *     looked up at once, as reading a stored field for each takes longer than counting
     */
    DocumentIds(IndexReader reader, Collection<String> expected) throws IOException {
        this.reader = reader;
        this.stored = reader.storedFields();
        for (LeafReaderContext leaf : reader.leaves()) {
            expect(leaf, expected);
        }
    }

    private void expect(LeafReaderContext leaf, Collection<String> ids) throws IOException {
        Terms terms = leaf.reader().terms(IdFieldMapper.NAME);
        if (terms == null) {
            return;
        }
        TermsEnum lookup = terms.iterator();
        PostingsEnum postings = null;
        for (String id : ids) {
            if (lookup.seekExact(Uid.encodeId(id))) {
                postings = lookup.postings(postings, PostingsEnum.NONE);
                while (postings.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    known.put(leaf.docBase + postings.docID(), id);
                }
            }
        }
    }

    @Override
    public String apply(int doc) {
        return known.computeIfAbsent(doc, unknown -> read(stored, unknown));
    }

    @Override
    public void expect(int[] docs) {
        try {
            for (LeafReaderContext leaf : reader.leaves()) {
                int end = leaf.docBase + leaf.reader().maxDoc();
                FixedBitSet unknown = new FixedBitSet(leaf.reader().maxDoc());
                IntStream.of(docs)
                        .filter(doc -> doc >= leaf.docBase && doc < end && known.containsKey(doc) == false)
                        .forEach(doc -> unknown.set(doc - leaf.docBase));
                if ((long) unknown.cardinality() * TERMS_A_STORED_FIELD
                        > leaf.reader().maxDoc()) {
                    walk(leaf, unknown);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void walk(LeafReaderContext leaf, FixedBitSet wanted) throws IOException {
        TermsEnum terms = leaf.reader().terms(IdFieldMapper.NAME).iterator();
        PostingsEnum postings = null;
        for (BytesRef id = terms.next(); id != null; id = terms.next()) {
            postings = terms.postings(postings, PostingsEnum.NONE);
            // more than one document: nested ones, which have the id of the document around them, or a deleted one
            for (int doc = postings.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.nextDoc()) {
                if (wanted.get(doc)) {
                    known.put(leaf.docBase + doc, Uid.decodeId(id.bytes, id.offset, id.length));
                }
            }
        }
    }

    static String read(StoredFields stored, int doc) {
        try {
            BytesRef id = stored.document(doc, ID).getField(IdFieldMapper.NAME).binaryValue();
            return Uid.decodeId(id.bytes, id.offset, id.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

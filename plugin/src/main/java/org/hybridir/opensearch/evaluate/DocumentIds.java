package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;
import org.opensearch.index.mapper.IdFieldMapper;
import org.opensearch.index.mapper.Uid;

/** The ids of a reader's documents, by Lucene's number of the document. Each is read once. Not thread-safe. */
final class DocumentIds {
    private static final Set<String> ID = Set.of(IdFieldMapper.NAME);

    private final StoredFields stored;
    private final Map<Integer, String> known = new HashMap<>();

    /**
     * @param expected ids that will be asked for again and again, such as those of golds, which score the same as themselves:
     *     looked up at once, as reading a stored field for each takes longer than counting
     */
    DocumentIds(IndexReader reader, Collection<String> expected) throws IOException {
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

    String of(int doc) {
        return known.computeIfAbsent(doc, unknown -> read(stored, unknown));
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

package org.hybridir.trec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hybridir.text.FormatException;
import org.hybridir.text.Rows;

/**
 * What a system retrieved: for each question a ranking of documents, in TREC's format {@code question Q0 document rank score
 * tag} between white space.
 *
 * <p>As trec_eval does, a ranking is made anew from the scores, of which single precision is kept, and the rank in the file is
 * not looked at. Equal scores are ranked by document id, <b>descending</b>: trec_eval's rule, not that of
 * {@link org.hybridir.measure.RankOrder}. {@link RunWriter} writes no equal scores, so its files are ranked alike everywhere.
 *
 * @param rankings question to documents, best first
 */
public record Run(Map<String, List<String>> rankings) {
    private record Retrieved(String document, float score) {}

    /** @throws FormatException if a line has other columns, or a document is retrieved twice for a question */
    public static Run read(Path file) throws IOException {
        Map<String, List<Retrieved>> found = new LinkedHashMap<>();
        Map<String, Set<String>> seen = new LinkedHashMap<>();
        Rows.read(file, Rows.WHITE_SPACE, row -> {
            row.requireColumns("question", "Q0", "document", "rank", "score", "tag");
            String question = row.cell(0);
            if (!seen.computeIfAbsent(question, id -> new HashSet<>()).add(row.cell(2))) {
                throw row.wrong("document [" + row.cell(2) + "] is retrieved twice for question [" + question + "]");
            }
            found.computeIfAbsent(question, id -> new ArrayList<>()).add(new Retrieved(row.cell(2), row.decimal(4)));
        });
        Comparator<Retrieved> order = Comparator.comparing(Retrieved::score)
                .thenComparing(Retrieved::document)
                .reversed();
        Map<String, List<String>> rankings = new LinkedHashMap<>();
        found.forEach((question, retrieved) -> rankings.put(
                question,
                retrieved.stream().sorted(order).map(Retrieved::document).toList()));
        return new Run(rankings);
    }
}

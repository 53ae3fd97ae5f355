package org.hybridir.page;

import java.util.Map;
import org.hybridir.chart.Chart;

/** A piece of a page, in the order of reading; each kind of page writes it in its own way. */
sealed interface Block permits Block.Prose, Block.Terms, Block.Quote, Block.Figure, Table, HeatMap {

    /** A paragraph. */
    record Prose(String text) implements Block {}

    /** Terms with what is to be said of each. */
    record Terms(Map<String, String> terms) implements Block {}

    /** Something of the collection that the blocks after it are about: a question, say. */
    record Quote(Cell cell) implements Block {}

    /**
     * A drawing.
     *
     * @param chart for those who see it
     * @param values the same in numbers, for all others
     */
    record Figure(Chart chart, Table values) implements Block {}
}

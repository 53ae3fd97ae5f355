package org.hybridir.language;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hybridir.measure.Setting;
import org.hybridir.measure.TextGrid;

/** A typology as plain text: one measure by family of languages, and its correlation with distance. */
public final class TypologyTable {
    private static final String NOTHING = "-";

    private final Typology typology;
    private final String measure;
    private final Set<Setting> settings;

    private TypologyTable(Typology typology) {
        this.typology = typology;
        this.measure = typology.measure();
        this.settings = typology.report().settings().keySet();
    }

    /** The table and what belongs to it, each line ended by a line feed. */
    public static String render(Typology typology) {
        TypologyTable table = new TypologyTable(typology);
        return table.measure + " by family of the question's language\n" + table.families() + table.correlation()
                + table.unknown();
    }

    /** Whether there is anything to tell: languages of more than one family. */
    public static boolean tells(Typology typology) {
        return families(typology).size() > 1;
    }

    private static Set<String> families(Typology typology) {
        Set<String> families = new LinkedHashSet<>();
        typology.report().languages().forEach(code -> families.add(Typology.group(Grouping.FAMILY, code)));
        return families;
    }

    private String families() {
        TextGrid grid = new TextGrid();
        grid.row(head());
        families(typology).forEach(family -> grid.row(row(family)));
        return grid.render();
    }

    private List<String> head() {
        List<String> head = new ArrayList<>(List.of("family", "languages"));
        for (Setting setting : settings) {
            switch (setting) {
                case MONOLINGUAL -> head.add("mono");
                case CROSS_LINGUAL -> head.addAll(List.of("cross, same family", "cross, other family"));
                case MULTILINGUAL -> head.add("multi");
            }
        }
        return head;
    }

    private List<String> row(String family) {
        List<String> row = new ArrayList<>(List.of(family, languages(family)));
        for (Setting setting : settings) {
            if (setting == Setting.CROSS_LINGUAL) {
                row.add(value(typology.crossLingual(
                        Grouping.FAMILY, (question, passage) -> question.equals(family) && passage.equals(family))));
                row.add(value(typology.crossLingual(
                        Grouping.FAMILY, (question, passage) -> question.equals(family) && !passage.equals(family))));
            } else {
                row.add(value(typology.byGroup(Grouping.FAMILY, setting).get(family)));
            }
        }
        return row;
    }

    private String languages(String family) {
        List<String> codes = typology.report().languages().stream()
                .filter(code -> Typology.group(Grouping.FAMILY, code).equals(family))
                .toList();
        return codes.size() > 6 ? "" + codes.size() : String.join(" ", codes);
    }

    private String value(Group group) {
        Double mean = group.means().get(measure);
        return mean == null ? NOTHING : String.format(Locale.ROOT, "%.4f", mean);
    }

    private String correlation() {
        Typology.DistanceCorrelation correlation = typology.correlation();
        if (correlation.spearman().isEmpty()) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "Cross-lingual %s against genealogical distance: Spearman's rho %+.3f over %,d ordered pairs of languages\n",
                measure,
                correlation.spearman().getAsDouble(),
                correlation.pairs());
    }

    private String unknown() {
        return typology.unknown().isEmpty()
                ? ""
                : "Not in the table of languages, so without family and distance: "
                        + String.join(", ", typology.unknown()) + "\n";
    }
}

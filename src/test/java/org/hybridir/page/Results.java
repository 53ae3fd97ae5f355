package org.hybridir.page;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Results by hand, and pages of them as trees. */
final class Results {
    /** The words of the format itself, and the names of measures. */
    private static final List<String> KEYS = List.of(("collection encoder name fingerprint dimension truncated passages"
                    + " questions took_ms ranking report languages measures pools total per_language settings monolingual"
                    + " cross_lingual multilingual mean rankings left_out averaged per_pair AP RankDistance top cut_off"
                    + " shares pool_shares rank_correlation gold_ranks bounds counts worst id language text golds rank"
                    + " score relevant typology iso639_3 family branch script unknown groups distance measure pairs"
                    + " spearman ids")
            .split(" "));

    private Results() {}

    /** Arabic and German, with every section but {@code search}; to be changed as need be. */
    static Map<String, Object> small() {
        try (InputStream in = Results.class.getResourceAsStream("result.json")) {
            return new ObjectMapper().readValue(in, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Only what every result has. */
    static Map<String, Object> bare() {
        Map<String, Object> result = small();
        Map<String, Object> report = report(result);
        List.of("top", "gold_ranks", "worst").forEach(report::remove);
        Map<String, Object> settings = object(report, "settings");
        settings.keySet().retainAll(List.of("monolingual"));
        result.keySet().retainAll(List.of("report"));
        return result;
    }

    static Map<String, Object> report(Map<String, Object> result) {
        return object(result, "report");
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Map<String, Object> map, String key) {
        return (Map<String, Object>) map.get(key);
    }

    /**
     * A result with other words: every string that is a value, and every language and group that is a key.
     *
     * @param words is asked for those that no program chose
     */
    static Object reworded(Object value, UnaryOperator<String> words) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(
                    KEYS.contains(key.toString()) ? key.toString() : words.apply(key.toString()),
                    reworded(item, words)));
            return copy;
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(item -> copy.add(reworded(item, words)));
            return copy;
        }
        return value instanceof String text && !KEYS.contains(text) ? words.apply(text) : value;
    }

    /** The page as a tree. Throws AssertionError if it is not well-formed. */
    static Document parse(String page) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            return factory.newDocumentBuilder().parse(new InputSource(new StringReader(page)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(e);
        }
    }

    /** All elements of a name below another, in the order of reading; {@code *} for all. */
    static List<Element> all(Element below, String name) {
        NodeList nodes = below.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    /** What stands in each row of a table, cells divided by a bar. */
    static List<String> rows(Element table) {
        List<String> rows = new ArrayList<>();
        for (Element row : all(table, "tr")) {
            List<String> cells = new ArrayList<>();
            for (Element cell : all(row, "*")) {
                cells.add(cell.getTextContent());
            }
            rows.add(String.join("|", cells));
        }
        return rows;
    }
}

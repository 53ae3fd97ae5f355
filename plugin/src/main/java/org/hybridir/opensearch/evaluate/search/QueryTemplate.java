package org.hybridir.opensearch.evaluate.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hybridir.collection.Question;
import org.opensearch.OpenSearchParseException;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParseException;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.index.query.WrapperQueryBuilder;

/**
 * A search's query with places for a question and the pool in which it is asked:
 *
 * <pre>{@code
 * {"hybrid_ir": {"embedding": {"query_text": "{{query_text}}", "k": 100, "filter": "{{pool}}"}}}
 * {"match": {"text_in.{{language}}": "{{query_text}}"}}
 * }</pre>
 *
 * In strings and in names of fields, {@code {{query_text}}} and {@code {{language}}} are the question's,
 * {@code {{pool_language}}} is that of the passages, where the pool has one. A value that is {@code "{{pool}}"} becomes the
 * filter of the pool's languages. Without it the query is put into a {@code bool} with that filter, which is the same for
 * an exact query; an approximate one finds its nearest passages in all languages first and loses those of others.
 *
 * <p>Values are put into the parsed query, never into text, so a question may hold quotes, braces or placeholders.
 *
 * @param query as parsed: maps, lists, strings, numbers, booleans, nulls
 */
public record QueryTemplate(Map<String, Object> query) implements Writeable, ToXContentObject {
    static final String QUERY_TEXT = "query_text";
    static final String LANGUAGE = "language";
    static final String POOL_LANGUAGE = "pool_language";
    static final String POOL = "pool";

    private static final List<String> ALLOWED = List.of(QUERY_TEXT, LANGUAGE, POOL_LANGUAGE, POOL);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)\\}\\}");
    private static final String POOL_VALUE = shown(POOL);

    /** @throws IllegalArgumentException if a placeholder is unknown or misplaced, or the question's text is missing */
    public QueryTemplate {
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        if (placeholders(query).contains(QUERY_TEXT) == false) {
            throw new IllegalArgumentException("the query " + query + " has no placeholder [" + shown(QUERY_TEXT)
                    + "]: it would ask the same for each question");
        }
    }

    QueryTemplate(StreamInput in) throws IOException {
        this(in.readMap());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeMap(query);
    }

    /** A query that was given as a JSON object in a string. */
    static QueryTemplate parse(String json) {
        try {
            return new QueryTemplate(XContentHelper.convertToMap(JsonXContent.jsonXContent, json, true));
        } catch (OpenSearchParseException | XContentParseException e) {
            throw new IllegalArgumentException(
                    "the query [" + json + "] is no JSON object, such as {\"match\": {\"text\": \"" + shown(QUERY_TEXT)
                            + "\"}}",
                    e);
        }
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.map(query);
    }

    /** Whether a placeholder stands somewhere in the query. */
    boolean has(String placeholder) {
        return placeholders(query).contains(placeholder);
    }

    /**
     * The query for one question against one pool.
     *
     * @param pool languages of the passages that may be found
     * @throws IllegalArgumentException if two names of fields become the same
     */
    public QueryBuilder render(Question question, List<String> pool) {
        try (XContentBuilder json = JsonXContent.contentBuilder()) {
            QueryBuilder filled = new WrapperQueryBuilder(BytesReference.bytes(json.map(fill(question, pool))));
            return has(POOL)
                    ? filled
                    : QueryBuilders.boolQuery().must(filled).filter(QueryBuilders.termsQuery("language", pool));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Object> fill(Question question, List<String> pool) {
        return fill(
                query,
                Map.of(
                        QUERY_TEXT,
                        question.text(),
                        LANGUAGE,
                        question.language(),
                        POOL_LANGUAGE,
                        pool.get(0),
                        POOL,
                        Map.of("terms", Map.of("language", pool))));
    }

    private static Map<String, Object> fill(Map<?, ?> map, Map<String, Object> values) {
        Map<String, Object> filled = new LinkedHashMap<>();
        map.forEach((name, value) -> {
            String field = fill(name.toString(), values);
            if (filled.containsKey(field)) {
                throw new IllegalArgumentException("two names of the query's " + map.keySet() + " become [" + field
                        + "] for a question in [" + values.get(LANGUAGE) + "]: put them into a bool query of two");
            }
            filled.put(field, fill(value, values));
        });
        return filled;
    }

    private static Object fill(Object node, Map<String, Object> values) {
        if (node instanceof Map<?, ?> map) {
            return fill(map, values);
        }
        if (node instanceof List<?> list) {
            List<Object> filled = new ArrayList<>();
            list.forEach(item -> filled.add(fill(item, values)));
            return filled;
        }
        if (node instanceof String text) {
            return text.equals(POOL_VALUE) ? values.get(POOL) : fill(text, values);
        }
        return node;
    }

    private static String fill(String text, Map<String, Object> values) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(values.get(found.group(1)).toString()));
    }

    private static Set<String> placeholders(Object node) {
        Set<String> found = new TreeSet<>();
        collect(node, found);
        return found;
    }

    private static void collect(Object node, Set<String> found) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((name, value) -> {
                collectFrom(name.toString(), found);
                collect(value, found);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, found));
        } else if (POOL_VALUE.equals(node)) {
            found.add(POOL);
        } else if (node instanceof String text) {
            collectFrom(text, found);
        }
    }

    private static void collectFrom(String text, Set<String> found) {
        for (Matcher placeholder = PLACEHOLDER.matcher(text); placeholder.find(); ) {
            String name = placeholder.group(1);
            if (ALLOWED.contains(name) == false) {
                throw new IllegalArgumentException(
                        "unknown placeholder [" + shown(name) + "] in the query's [" + text + "], allowed are "
                                + ALLOWED.stream().map(QueryTemplate::shown).toList());
            }
            if (name.equals(POOL)) {
                throw new IllegalArgumentException("[" + POOL_VALUE + "] in the query's [" + text
                        + "] stands for a filter: make it the whole of a value, such as \"filter\": \"" + POOL_VALUE
                        + "\"");
            }
            found.add(name);
        }
    }

    static String shown(String placeholder) {
        return "{{" + placeholder + "}}";
    }
}

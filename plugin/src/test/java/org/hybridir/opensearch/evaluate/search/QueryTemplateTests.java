package org.hybridir.opensearch.evaluate.search;

import static org.hamcrest.Matchers.equalTo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.hybridir.collection.Question;
import org.opensearch.index.query.BoolQueryBuilder;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.index.query.WrapperQueryBuilder;
import org.opensearch.test.OpenSearchTestCase;

public class QueryTemplateTests extends OpenSearchTestCase {
    private static final Question QUESTION = new Question("q1", "de", "Wo ist \"{{pool}}\", bitte? \\ $1 {{language}}");

    /** A template written with single quotes. */
    static QueryTemplate template(String json) {
        return QueryTemplate.parse(json.replace('\'', '"'));
    }

    public void testPlaceholdersInValuesAndNames() {
        QueryTemplate template =
                template("{'bool': {'must': [{'match': {'text.{{language}}': {'query': '{{query_text}}',"
                        + " 'boost': 2}}}, {'term': {'x': '{{language}}-{{pool_language}}'}}], 'filter': '{{pool}}', 'y': [1,"
                        + " true, null]}}");
        Map<String, Object> rendered = template.fill(QUESTION, List.of("en"));
        Map<?, ?> bool = (Map<?, ?>) rendered.get("bool");
        assertThat(
                bool.get("must"),
                equalTo(List.of(
                        Map.of("match", Map.of("text.de", Map.of("query", QUESTION.text(), "boost", 2))),
                        Map.of("term", Map.of("x", "de-en")))));
        assertThat(bool.get("filter"), equalTo(Map.of("terms", Map.of("language", List.of("en")))));
        assertThat(bool.get("y").toString(), equalTo("[1, true, null]"));
    }

    public void testWithoutPoolTheQueryIsFilteredFromOutside() {
        BoolQueryBuilder bool = (BoolQueryBuilder)
                template("{'match': {'text': '{{query_text}}'}}").render(QUESTION, List.of("de", "en"));
        assertThat(
                source(bool.must().get(0)),
                equalTo("{\"match\":{\"text\":\"Wo ist \\\"{{pool}}\\\", bitte? \\\\ $1 {{language}}\"}}"));
        assertThat(bool.filter(), equalTo(List.of(QueryBuilders.termsQuery("language", List.of("de", "en")))));
    }

    public void testThePoolOfSeveralLanguages() {
        Map<String, Object> rendered =
                template("{'x': '{{query_text}}', 'filter': '{{pool}}'}").fill(QUESTION, List.of("ar", "de"));
        assertThat(rendered.get("filter"), equalTo(Map.of("terms", Map.of("language", List.of("ar", "de")))));
    }

    public void testWithPoolTheQueryStandsAlone() {
        QueryBuilder query = template("{'match': {'text': '{{query_text}}'}, 'filter': '{{pool}}'}")
                .render(new Question("q", "de", "\"a\\b\""), List.of("de"));
        assertThat(
                source(query),
                equalTo("{\"match\":{\"text\":\"\\\"a\\\\b\\\"\"},\"filter\":{\"terms\":{\"language\":[\"de\"]}}}"));
    }

    /** What the search gets of a filled template. */
    private static String source(QueryBuilder query) {
        return new String(((WrapperQueryBuilder) query).source(), StandardCharsets.UTF_8);
    }

    public void testWhatIsNotAllowedIsNamed() {
        assertRefused(
                "{'match': {'text': '{{query}}'}}",
                "unknown placeholder [{{query}}] in the query's [{{query}}], allowed are [{{query_text}},"
                        + " {{language}}, {{pool_language}}, {{pool}}]");
        assertRefused(
                "{'match': {'text.{{lang}}': '{{query_text}}'}}",
                "unknown placeholder [{{lang}}] in the query's [text.{{lang}}], allowed are [{{query_text}},"
                        + " {{language}}, {{pool_language}}, {{pool}}]");
        assertRefused(
                "{'match': {'text': '{{query_text}} {{pool}}'}}",
                "[{{pool}}] in the query's [{{query_text}} {{pool}}] stands for a filter: make it the whole of a value,"
                        + " such as \"filter\": \"{{pool}}\"");
        assertRefused(
                "{'{{pool}}': '{{query_text}}'}",
                "[{{pool}}] in the query's [{{pool}}] stands for a filter: make it the whole of a value, such as"
                        + " \"filter\": \"{{pool}}\"");
        assertRefused(
                "{'match': {'text': 'Paris'}}",
                "the query {match={text=Paris}} has no placeholder [{{query_text}}]: it would ask the same for each"
                        + " question");
        assertRefused(
                "match text",
                "the query [match text] is no JSON object, such as {\"match\": {\"text\": \"{{query_text}}\"}}");
        assertRefused(
                "{'match': ",
                "the query [{\"match\": ] is no JSON object, such as {\"match\": {\"text\":" + " \"{{query_text}}\"}}");
    }

    public void testTwoNamesThatBecomeOneAreRefused() {
        QueryTemplate template = template("{'fields': {'{{language}}': '{{query_text}}', '{{pool_language}}': 1}}");
        assertThat(template.fill(QUESTION, List.of("en")).toString().contains("en=1"), equalTo(true));
        IllegalArgumentException refused =
                expectThrows(IllegalArgumentException.class, () -> template.fill(QUESTION, List.of("de")));
        assertThat(
                refused.getMessage(),
                equalTo("two names of the query's [{{language}}, {{pool_language}}] become [de] for a question in [de]:"
                        + " put them into a bool query of two"));
    }

    private static void assertRefused(String json, String message) {
        IllegalArgumentException refused = expectThrows(IllegalArgumentException.class, () -> template(json));
        assertThat(refused.getMessage(), equalTo(message));
    }
}

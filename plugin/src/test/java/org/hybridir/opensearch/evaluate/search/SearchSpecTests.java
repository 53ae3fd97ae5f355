package org.hybridir.opensearch.evaluate.search;

import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hybridir.measure.Setting;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.test.AbstractSerializingTestCase;

public class SearchSpecTests extends AbstractSerializingTestCase<SearchSpec> {
    private static final QueryTemplate MATCH = QueryTemplateTests.template("{'match': {'text': '{{query_text}}'}}");

    private static SearchSpec parse(String body) throws IOException {
        try (XContentParser parser = JsonXContent.jsonXContent.createParser(null, null, body.replace('\'', '"'))) {
            return SearchSpec.fromXContent(parser).build();
        }
    }

    /** Fit for any setting. */
    public static SearchSpec randomSpec(boolean compareExact) {
        List<QueryTemplate> queries = randomList(
                1,
                3,
                () -> QueryTemplateTests.template("{'match': {'" + randomAlphaOfLength(4)
                        + "': {'query': '{{query_text}}', 'boost': " + randomInt(9) + "}}}"));
        Integer constant = queries.size() == 1 || randomBoolean() ? null : Integer.valueOf(randomIntBetween(1, 10_000));
        return new SearchSpec(randomIntBetween(1, 10_000), queries, constant, compareExact);
    }

    @Override
    protected SearchSpec createTestInstance() {
        return randomSpec(randomBoolean());
    }

    @Override
    protected SearchSpec mutateInstance(SearchSpec s) {
        List<QueryTemplate> more = new ArrayList<>(s.queries());
        more.add(MATCH);
        more.add(MATCH);
        int other = s.fusionConstant() % 10_000 + 1;
        List<UnaryOperator<SearchSpec>> changes = List.of(
                x -> new SearchSpec(x.k() % 10_000 + 1, x.queries(), x.rankConstant(), x.compareExact()),
                x -> new SearchSpec(x.k(), more, x.rankConstant(), x.compareExact()),
                x -> new SearchSpec(x.k(), more, other, x.compareExact()),
                x -> new SearchSpec(x.k(), x.queries(), x.rankConstant(), !x.compareExact()));
        return randomFrom(changes).apply(s);
    }

    @Override
    protected SearchSpec doParseInstance(XContentParser parser) throws IOException {
        return SearchSpec.fromXContent(parser).build();
    }

    @Override
    protected Writeable.Reader<SearchSpec> instanceReader() {
        return SearchSpec::new;
    }

    public void testDefaults() throws IOException {
        SearchSpec spec = parse("{'query': {'match': {'text': '{{query_text}}'}}}");
        assertThat(spec, equalTo(new SearchSpec(100, List.of(MATCH), null, false)));
        assertThat(spec.fusionConstant(), equalTo(60));
    }

    public void testAQueryMayBeAString() throws IOException {
        String string = "\"{\\\"match\\\": {\\\"text\\\": \\\"{{query_text}}\\\"}}\"";
        assertThat(parse("{'query': " + string + "}").queries(), equalTo(List.of(MATCH)));
        assertThat(
                parse("{'queries': [" + string + ", {'match': {'text': '{{query_text}}'}}]}")
                        .queries(),
                equalTo(List.of(MATCH, MATCH)));
    }

    public void testWhatIsNotAllowedIsNamed() {
        String query = "'query': {'match': {'text': '{{query_text}}'}}";
        String two = "'queries': [{'a': '{{query_text}}'}, {'b': '{{query_text}}'}]";
        assertRefused("{'k': 0, " + query + "}", "[k] is [0], allowed are 1 to 10000");
        assertRefused("{'k': 10001, " + query + "}", "[k] is [10001], allowed are 1 to 10000");
        assertRefused("{}", "[search] has no query: give one in [query], or several in [queries]");
        assertRefused("{'queries': []}", "[search] has no query: give one in [query], or several in [queries]");
        assertRefused(
                "{" + query + ", " + two + "}", "[search] has both [query] and [queries]: put all into [queries]");
        assertRefused("{" + two + ", 'rank_constant': 0}", "[rank_constant] is [0], allowed are 1 to 10000");
        assertRefused("{" + two + ", 'rank_constant': 10001}", "[rank_constant] is [10001], allowed are 1 to 10000");
        assertRefused(
                "{" + query + ", 'rank_constant': 60}",
                "[rank_constant] is [60], but there is one query and nothing to fuse: give several in [queries]");
        assertRefused(
                "{'query': {'match': {'text': 'Paris'}}}",
                "the query {match={text=Paris}} has no placeholder [{{query_text}}]: it would ask the same for each"
                        + " question");
    }

    public void testTheLanguageOfAPoolNeedsPoolsOfOneLanguage() throws IOException {
        SearchSpec spec = parse("{'query': {'match': {'text.{{pool_language}}': '{{query_text}}'}}}");
        spec.check(EnumSet.of(Setting.MONOLINGUAL, Setting.CROSS_LINGUAL));
        IllegalArgumentException refused =
                expectThrows(IllegalArgumentException.class, () -> spec.check(EnumSet.allOf(Setting.class)));
        assertThat(
                refused.getMessage(),
                equalTo("[{{pool_language}}] has no value in the setting [multilingual], whose pool has all languages:"
                        + " name the other settings in [settings], or evaluate that one with a query of its own"));
    }

    private static void assertRefused(String body, String message) {
        IllegalArgumentException refused = expectThrows(IllegalArgumentException.class, () -> parse(body));
        assertThat(refused.getMessage(), equalTo(message));
    }
}

package org.hybridir.opensearch.evaluate;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hybridir.measure.Measure;
import org.hybridir.measure.Measures;
import org.hybridir.measure.Setting;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.test.AbstractSerializingTestCase;

public class EvaluationSpecTests extends AbstractSerializingTestCase<EvaluationSpec> {
    /** Reads a body written with single quotes. */
    static EvaluationSpec parse(String body) throws IOException {
        return EvaluationSpec.fromXContent(JsonXContent.jsonXContent.createParser(null, null, body.replace('\'', '"')));
    }

    @Override
    protected EvaluationSpec createTestInstance() {
        return new EvaluationSpec(
                randomAlphaOfLength(5),
                randomBoolean() ? null : randomAlphaOfLength(5),
                randomBoolean() ? null : randomAlphaOfLength(5),
                randomSubsetOf(Arrays.stream(Setting.values()).map(Setting::key).toList()),
                randomSubsetOf(List.of("ar", "de", "en")),
                randomSubsetOf(List.of("AP", "RR", "nDCG@10", "R@1")),
                randomAlphaOfLength(5),
                randomBoolean() ? null : randomAlphaOfLength(5),
                randomIntBetween(1, EvaluationSpec.MAX_BLOCK_SIZE),
                randomBoolean());
    }

    @Override
    protected EvaluationSpec mutateInstance(EvaluationSpec s) {
        List<UnaryOperator<EvaluationSpec>> changes = List.of(
                x -> with(x, x.index() + "x", x.questionsIndex(), x.encoder(), x.vectorField(), x.judgementsIndex()),
                x -> with(x, x.index(), other(x.questionsIndex()), x.encoder(), x.vectorField(), x.judgementsIndex()),
                x -> with(x, x.index(), x.questionsIndex(), other(x.encoder()), x.vectorField(), x.judgementsIndex()),
                x -> with(x, x.index(), x.questionsIndex(), x.encoder(), x.vectorField() + "x", x.judgementsIndex()),
                x -> with(x, x.index(), x.questionsIndex(), x.encoder(), x.vectorField(), other(x.judgementsIndex())),
                x -> lists(
                        x,
                        other(x.settings(), "multilingual"),
                        x.languages(),
                        x.measures(),
                        x.blockSize(),
                        x.perQuestion()),
                x -> lists(x, x.settings(), other(x.languages(), "en"), x.measures(), x.blockSize(), x.perQuestion()),
                x -> lists(x, x.settings(), x.languages(), other(x.measures(), "AP"), x.blockSize(), x.perQuestion()),
                x -> lists(x, x.settings(), x.languages(), x.measures(), x.blockSize() % 10_000 + 1, x.perQuestion()),
                x -> lists(x, x.settings(), x.languages(), x.measures(), x.blockSize(), x.perQuestion() == false));
        return randomFrom(changes).apply(s);
    }

    private static EvaluationSpec with(
            EvaluationSpec s, String index, String questions, String encoder, String vector, String judgements) {
        return new EvaluationSpec(
                index,
                questions,
                encoder,
                s.settings(),
                s.languages(),
                s.measures(),
                vector,
                judgements,
                s.blockSize(),
                s.perQuestion());
    }

    private static EvaluationSpec lists(
            EvaluationSpec s,
            List<String> settings,
            List<String> languages,
            List<String> measures,
            int blockSize,
            boolean perQuestion) {
        return new EvaluationSpec(
                s.index(),
                s.questionsIndex(),
                s.encoder(),
                settings,
                languages,
                measures,
                s.vectorField(),
                s.judgementsIndex(),
                blockSize,
                perQuestion);
    }

    private static String other(String value) {
        return value == null ? "x" : null;
    }

    private static List<String> other(List<String> values, String one) {
        return values.isEmpty() ? List.of(one) : List.of();
    }

    @Override
    protected EvaluationSpec doParseInstance(XContentParser parser) throws IOException {
        return EvaluationSpec.fromXContent(parser);
    }

    @Override
    protected Writeable.Reader<EvaluationSpec> instanceReader() {
        return EvaluationSpec::new;
    }

    public void testDefaults() throws IOException {
        EvaluationSpec spec = parse("{'index': 'xquad-r'}");
        assertThat(spec.questions(), equalTo("xquad-r-questions"));
        assertThat(spec.vectorField(), equalTo("embedding"));
        assertThat(spec.blockSize(), equalTo(1024));
        assertFalse(spec.perQuestion());
        assertThat(spec.chosenSettings(), equalTo(EnumSet.allOf(Setting.class)));
        assertThat(
                spec.chosenMeasures().stream().map(Measure::name).toList(),
                equalTo(Measures.defaults().stream().map(Measure::name).toList()));
    }

    public void testWhatIsNotAllowedIsNamed() {
        assertRefused("{}", "[index] is missing: name the index of the passages");
        assertRefused("{'index': ''}", "[index] is missing: name the index of the passages");
        assertRefused(
                "{'index': 'i', 'vector_field': ''}",
                "[vector_field] is empty: name the field of the passages' vectors");
        assertRefused("{'index': 'i', 'block_size': 0}", "[block_size] is [0], allowed are 1 to 10000");
        assertRefused("{'index': 'i', 'block_size': 10001}", "[block_size] is [10001], allowed are 1 to 10000");
        assertRefused(
                "{'index': 'i', 'settings': ['bilingual']}",
                "unknown setting [bilingual], known ones [monolingual, cross_lingual, multilingual]");
        assertRefused("{'index': 'i', 'measures': ['MAP']}", "unknown measure [MAP], known ones [");
        assertRefused("{'index': 'i', 'indexes': 'j'}", "[hybrid_ir_evaluate] unknown field [indexes]");
    }

    private static void assertRefused(String body, String message) {
        IllegalArgumentException refused = expectThrows(IllegalArgumentException.class, () -> parse(body));
        assertThat(refused.getMessage(), containsString(message));
    }
}

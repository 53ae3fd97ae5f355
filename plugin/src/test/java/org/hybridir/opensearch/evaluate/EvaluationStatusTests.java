package org.hybridir.opensearch.evaluate;

import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import org.hybridir.opensearch.evaluate.EvaluationStatus.Phase;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.test.AbstractWireSerializingTestCase;

public class EvaluationStatusTests extends AbstractWireSerializingTestCase<EvaluationStatus> {
    @Override
    protected EvaluationStatus createTestInstance() {
        return new EvaluationStatus(
                randomFrom(Phase.values()),
                randomBoolean() ? EvaluationStatus.UNKNOWN : randomNonNegativeLong(),
                randomNonNegativeLong(),
                randomNonNegativeLong(),
                randomIntBetween(0, 1000),
                randomNonNegativeLong());
    }

    @Override
    protected Writeable.Reader<EvaluationStatus> instanceReader() {
        return EvaluationStatus::new;
    }

    @Override
    protected EvaluationStatus mutateInstance(EvaluationStatus s) {
        return switch (randomIntBetween(0, 5)) {
            case 0 ->
                new EvaluationStatus(
                        randomValueOtherThan(s.phase(), () -> randomFrom(Phase.values())),
                        s.total(),
                        s.encoded(),
                        s.ranked(),
                        s.blocks(),
                        s.elapsedMillis());
            case 1 ->
                new EvaluationStatus(
                        s.phase(), s.total() / 2 + 1, s.encoded(), s.ranked(), s.blocks(), s.elapsedMillis());
            case 2 ->
                new EvaluationStatus(
                        s.phase(), s.total(), s.encoded() / 2 + 1, s.ranked(), s.blocks(), s.elapsedMillis());
            case 3 ->
                new EvaluationStatus(
                        s.phase(), s.total(), s.encoded(), s.ranked() / 2 + 1, s.blocks(), s.elapsedMillis());
            case 4 ->
                new EvaluationStatus(s.phase(), s.total(), s.encoded(), s.ranked(), s.blocks() + 1, s.elapsedMillis());
            default ->
                new EvaluationStatus(
                        s.phase(), s.total(), s.encoded(), s.ranked(), s.blocks(), s.elapsedMillis() / 2 + 1);
        };
    }

    public void testShown() throws IOException {
        assertThat(
                json(new EvaluationStatus(Phase.ENCODING, 792, 128, 64, 1, 1500)),
                equalTo("{\"phase\":\"encoding\",\"questions_total\":792,\"questions_encoded\":128,"
                        + "\"questions_ranked\":64,\"blocks\":1,\"elapsed_ms\":1500}"));
        assertThat(
                json(new EvaluationStatus(Phase.SURVEY, EvaluationStatus.UNKNOWN, 0, 0, 0, 3)),
                equalTo("{\"phase\":\"survey\",\"questions_encoded\":0,\"questions_ranked\":0,\"blocks\":0,"
                        + "\"elapsed_ms\":3}"));
    }

    public void testProgress() {
        EvaluationProgress progress = new EvaluationProgress();
        assertNull(progress.status());
        progress.enter(Phase.SURVEY);
        assertThat(progress.status().total(), equalTo(EvaluationStatus.UNKNOWN));
        progress.enter(Phase.QUESTIONS);
        progress.found(100);
        progress.leftOut(7);
        progress.encoded(64);
        progress.encoded(29);
        progress.ranked(93);
        progress.blockDone();
        EvaluationStatus status = progress.status();
        assertThat(status, equalTo(new EvaluationStatus(Phase.QUESTIONS, 93, 93, 93, 1, status.elapsedMillis())));
    }

    private static String json(EvaluationStatus status) throws IOException {
        return status.toXContent(XContentFactory.jsonBuilder(), ToXContent.EMPTY_PARAMS)
                .toString();
    }
}

package org.hybridir.opensearch.encoder;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.List;
import org.hybridir.encoder.TextRole;
import org.opensearch.ExceptionsHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.test.AbstractSerializingTestCase;

public class EncodeRequestTests extends AbstractSerializingTestCase<EncodeRequest> {
    @Override
    protected EncodeRequest createTestInstance() {
        return new EncodeRequest(
                randomAlphaOfLength(5),
                randomList(0, 5, () -> randomUnicodeOfLengthBetween(0, 20)),
                randomFrom(TextRole.values()));
    }

    @Override
    protected EncodeRequest mutateInstance(EncodeRequest request) {
        List<String> more = new ArrayList<>(request.texts());
        more.add("one more");
        TextRole otherRole = request.role() == TextRole.QUERY ? TextRole.PASSAGE : TextRole.QUERY;
        return switch (between(0, 2)) {
            case 0 -> new EncodeRequest(request.encoder() + "x", request.texts(), request.role());
            case 1 -> new EncodeRequest(request.encoder(), more, request.role());
            default -> new EncodeRequest(request.encoder(), request.texts(), otherRole);
        };
    }

    @Override
    protected Writeable.Reader<EncodeRequest> instanceReader() {
        return EncodeRequest::new;
    }

    @Override
    protected EncodeRequest doParseInstance(XContentParser parser) {
        return EncodeRequest.fromXContent(parser);
    }

    public void testWhatIsRefused() {
        assertThat(
                refusal("{\"encoder\":\"a\",\"texts\":[\"t\"],\"role\":\"document\"}"),
                containsString("a text's role is [query] or [passage], not [document]"));
        assertThat(
                refusal("{\"encoder\":\"a\",\"texts\":[\"t\"],\"role\":\"query\",\"lang\":\"de\"}"),
                containsString("unknown field [lang]"));
        assertThat(refusal("{\"encoder\":\"a\",\"texts\":[\"t\"]}"), containsString("Required [role]"));
        assertThat(refusal("{\"texts\":[\"t\"],\"role\":\"query\"}"), containsString("Required [encoder]"));
        assertThat(refusal("{\"encoder\":\"a\",\"role\":\"query\"}"), containsString("Required [texts]"));
        assertThat(refusal("{\"encoder\":\"a\",\"texts\":[null],\"role\":\"query\"}"), containsString("[texts]"));
    }

    public void testMalformedJsonIsABadRequest() {
        Exception e = expectThrows(Exception.class, () -> {
            try (XContentParser parser = createParser(JsonXContent.jsonXContent, "{\"encoder\": \"tiny\", \"tex")) {
                EncodeRequest.fromXContent(parser);
            }
        });
        assertThat(ExceptionsHelper.status(e), equalTo(RestStatus.BAD_REQUEST));
        assertThat(e.getCause().getMessage(), containsString("Unexpected end-of-input"));
    }

    private String refusal(String json) {
        Exception e = expectThrows(Exception.class, () -> {
            try (XContentParser parser = createParser(JsonXContent.jsonXContent, json)) {
                EncodeRequest.fromXContent(parser);
            }
        });
        StringBuilder messages = new StringBuilder();
        for (Throwable t = e; t != null; t = t.getCause()) {
            messages.append(t.getMessage()).append('\n');
        }
        return messages.toString();
    }
}

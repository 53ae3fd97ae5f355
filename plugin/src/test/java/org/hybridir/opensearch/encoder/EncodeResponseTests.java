package org.hybridir.opensearch.encoder;

import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.List;
import org.hybridir.encoder.Encoding;
import org.opensearch.core.common.Strings;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.test.AbstractWireSerializingTestCase;

public class EncodeResponseTests extends AbstractWireSerializingTestCase<EncodeResponse> {
    @Override
    protected EncodeResponse createTestInstance() {
        return new EncodeResponse(randomAlphaOfLength(5), randomList(0, 4, EncodeResponseTests::encoding));
    }

    private static Encoding encoding() {
        float[] vector = new float[between(1, 8)];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = randomFloat() - 0.5f;
        }
        return new Encoding(vector, between(0, 512), randomBoolean());
    }

    @Override
    protected EncodeResponse mutateInstance(EncodeResponse response) {
        List<Encoding> encodings = new ArrayList<>(response.encodings());
        if (randomBoolean() || encodings.isEmpty()) {
            return new EncodeResponse(response.encoder() + "x", encodings);
        }
        int at = between(0, encodings.size() - 1);
        Encoding old = encodings.get(at);
        float[] vector = old.vector().clone();
        vector[0] += 1;
        encodings.set(
                at,
                switch (between(0, 2)) {
                    case 0 -> new Encoding(vector, old.tokens(), old.truncated());
                    case 1 -> new Encoding(old.vector(), old.tokens() + 1, old.truncated());
                    default -> new Encoding(old.vector(), old.tokens(), !old.truncated());
                });
        return new EncodeResponse(response.encoder(), encodings);
    }

    @Override
    protected Writeable.Reader<EncodeResponse> instanceReader() {
        return EncodeResponse::new;
    }

    public void testJson() {
        EncodeResponse response = new EncodeResponse("tiny", List.of(new Encoding(new float[] {0.5f, -1f}, 3, true)));
        assertThat(
                Strings.toString(MediaTypeRegistry.JSON, response),
                equalTo(
                        "{\"encoder\":\"tiny\",\"encodings\":[{\"vector\":[0.5,-1.0],\"tokens\":3,\"truncated\":true}]}"));
    }
}

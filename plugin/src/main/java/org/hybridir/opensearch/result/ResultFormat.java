package org.hybridir.opensearch.result;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.hybridir.measure.Report;
import org.hybridir.measure.ReportTable;
import org.hybridir.page.HtmlPage;
import org.hybridir.page.MarkdownPage;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.rest.BytesRestResponse;
import org.opensearch.rest.RestChannel;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestResponse;
import org.opensearch.rest.action.RestResponseListener;
import org.opensearch.rest.action.RestToXContentListener;

/** How a result is shown: the parameter {@code format}. */
public enum ResultFormat {
    /** All of it; YAML, SMILE and CBOR go by this name too, as everywhere in OpenSearch. */
    JSON(null, null),
    /** Tables of plain text, for a terminal. */
    TXT("text/plain; charset=UTF-8", ResultFormat::table),
    /** A page for what renders Markdown, such as an issue or a wiki. */
    MARKDOWN("text/markdown; charset=UTF-8", MarkdownPage::render),
    /** A page for a browser, one file. */
    HTML("text/html; charset=UTF-8", HtmlPage::render);

    private static final String PARAMETER = "format";

    private final String contentType;
    private final Function<Map<String, Object>, String> text;

    ResultFormat(String contentType, Function<Map<String, Object>, String> text) {
        this.contentType = contentType;
        this.text = text;
    }

    /** @throws IllegalArgumentException if the request names none of them */
    public static ResultFormat of(RestRequest request) {
        String given = request.param(PARAMETER, JSON.key());
        if (MediaTypeRegistry.fromFormat(given) != null) {
            return JSON;
        }
        return Arrays.stream(values())
                .filter(format -> format.key().equals(given))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("unknown format [" + given + "], known ones " + keys()));
    }

    private static List<String> keys() {
        return Arrays.stream(values()).map(ResultFormat::key).toList();
    }

    /** As the parameter names it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Sends a response in this format.
     *
     * @param result finds, in the response, what {@code POST _hybrid_ir/_evaluate} answers; asked for text only
     */
    public <R extends ActionResponse & ToXContentObject> ActionListener<R> listener(
            RestChannel channel, Function<R, Map<String, Object>> result) {
        return textListener(channel, response -> text.apply(result.apply(response)));
    }

    /**
     * Sends a response in this format.
     *
     * @param render what is sent if this is not JSON
     */
    <R extends ActionResponse & ToXContentObject> ActionListener<R> textListener(
            RestChannel channel, Function<R, String> render) {
        if (this == JSON) {
            return new RestToXContentListener<>(channel);
        }
        return new RestResponseListener<>(channel) {
            @Override
            public RestResponse buildResponse(R response) {
                return new BytesRestResponse(RestStatus.OK, contentType, render.apply(response));
            }
        };
    }

    @SuppressWarnings("unchecked") // what Report.toMap gave
    private static String table(Map<String, Object> result) {
        return ReportTable.render(Report.fromMap((Map<String, Object>) result.get("report")));
    }
}

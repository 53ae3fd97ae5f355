package org.hybridir.trainer.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpHost;
import org.opensearch.client.json.jackson.JacksonJsonpMapper;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.opensearch.client.transport.httpclient5.ResponseException;

/** An OpenSearch that is spoken to in JSON: the k-NN plugin reads no other format. Thread-safe. */
public final class SearchServer implements AutoCloseable {
    /** An evaluation of 13,000 questions takes minutes, and answers only at its end. */
    private static final int ANSWER_LIMIT_MINUTES = 120;

    /** Requests at a time; the client's own limit of 10 would make the others wait unseen. */
    private static final int CONNECTIONS = 256;

    private static final JsonMapper JSON = new JsonMapper();

    private final URI url;
    private final OpenSearchTransport transport;
    private final OpenSearchClient client;

    private SearchServer(URI url, OpenSearchTransport transport) {
        this.url = url;
        this.transport = transport;
        client = new OpenSearchClient(transport);
    }

    /**
     * Prepares the connection; nothing is sent yet.
     *
     * @throws IllegalArgumentException if the URL is not one of HTTP
     */
    public static SearchServer at(URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException("URL [" + url + "] must look like [http://127.0.0.1:9200]");
        }
        int port = url.getPort() < 0 ? ("https".equals(url.getScheme()) ? 443 : 9200) : url.getPort();
        ApacheHttpClient5TransportBuilder builder = ApacheHttpClient5TransportBuilder.builder(
                        new HttpHost(url.getScheme(), url.getHost(), port))
                .setMapper(new JacksonJsonpMapper())
                .setHttpClientConfigCallback(
                        client -> client.setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                                .setMaxConnPerRoute(CONNECTIONS)
                                .setMaxConnTotal(CONNECTIONS)
                                .build()))
                .setRequestConfigCallback(config -> config.setResponseTimeout(ANSWER_LIMIT_MINUTES, TimeUnit.MINUTES));
        if (url.getPath().length() > 1) {
            builder.setPathPrefix(url.getPath());
        }
        OpenSearchTransport transport = builder.build();
        return new SearchServer(url, transport);
    }

    /** Where it is. */
    public URI url() {
        return url;
    }

    OpenSearchClient client() {
        return client;
    }

    /** The answer to a GET. */
    public JsonNode get(String path) throws LoadException {
        return send("GET", path, null);
    }

    /** The answer to a POST; the body may be null. */
    public JsonNode post(String path, Object body) throws LoadException {
        return send("POST", path, body);
    }

    /** The answer to a PUT. */
    public JsonNode put(String path, Object body) throws LoadException {
        return send("PUT", path, body);
    }

    /** The answer to a DELETE. */
    public JsonNode delete(String path) throws LoadException {
        return send("DELETE", path, null);
    }

    /** Whether a GET finds something. */
    public boolean has(String path) throws LoadException {
        try {
            get(path);
            return true;
        } catch (LoadException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    private JsonNode send(String method, String path, Object body) throws LoadException {
        int query = path.indexOf('?');
        var request = Requests.builder()
                .method(method)
                .endpoint(query < 0 ? path : path.substring(0, query))
                .query(query < 0 ? Map.of() : parameters(path.substring(query + 1)));
        try {
            if (body != null) {
                request.json(JSON.writeValueAsString(body));
            }
            try (Response response = client.generic().execute(request.build())) {
                JsonNode answer = parse(response.getBody());
                if (response.getStatus() >= 400) {
                    throw new LoadException(response.getStatus(), reason(method, path, response.getStatus(), answer));
                }
                return answer;
            }
        } catch (ResponseException e) {
            // The client's own exception for the statuses after which it would try another node.
            throw new LoadException(
                    e.status(), method + " " + path + " answers [" + e.status() + "]: " + e.getMessage());
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new TreeMap<>();
        for (String parameter : List.of(query.split("&"))) {
            int equals = parameter.indexOf('=');
            parameters.put(
                    equals < 0 ? parameter : parameter.substring(0, equals),
                    equals < 0 ? "true" : parameter.substring(equals + 1));
        }
        return parameters;
    }

    private static JsonNode parse(Optional<Body> body) throws IOException {
        return body.isPresent() ? JSON.readTree(body.get().body()) : JSON.createObjectNode();
    }

    private static String reason(String method, String path, int status, JsonNode answer) {
        JsonNode error = answer.path("error");
        String reason =
                error.isTextual() ? error.asText() : error.path("reason").asText(answer.toString());
        return method + " " + path + " answers [" + status + "]: " + reason;
    }

    /** The failure as one that says where, and what to do about it. */
    LoadException unreachable(IOException failure) {
        if (failure instanceof LoadException load) {
            return load;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return new LoadException(
                        "nothing answers at [" + url + "]: start OpenSearch there, or give another --url");
            }
            if (cause instanceof UnknownHostException) {
                return new LoadException("there is no host [" + url.getHost() + "]: check --url");
            }
        }
        return new LoadException("OpenSearch at [" + url + "] broke off: " + failure);
    }

    @Override
    public void close() throws IOException {
        transport.close();
    }
}

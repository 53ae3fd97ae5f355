package org.hybridir.opensearch.evaluate;

import java.io.IOException;
import java.util.List;
import org.hybridir.opensearch.result.ResultFormat;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestCancellableNodeClient;
import org.opensearch.transport.client.node.NodeClient;

/**
 * {@code POST _hybrid_ir/_evaluate}. Only {@code index} is needed; the rest is shown with its default.
 *
 * <pre>{@code
 * {
 *   "index": "xquad-r",
 *   "questions_index": "xquad-r-questions",
 *   "encoder": "mbert",                        <- the one that the index names in its settings or mapping
 *   "settings": ["monolingual", "cross_lingual", "multilingual"],
 *   "languages": ["ar", "de", "en"],           <- all languages of the passages
 *   "measures": ["AP", "RR", "nDCG@10", "R@10", "RankDistance"],
 *   "vector_field": "embedding",
 *   "judgements_index": "xquad-r-judgements",  <- none: the passages' field question_ids
 *   "block_size": 1024,
 *   "per_question": false
 * }
 * }</pre>
 *
 * A passage is a document with the keyword {@code language}, the vector, and the keywords {@code question_ids}; its id is
 * the passage's; {@code text}, if it has one, is shown with the questions that were answered worst. A question has the
 * keywords {@code question_id} and {@code language}, and {@code text}. A judgement has the keywords {@code question_id} and
 * {@code passage_id}, and may have a whole number {@code grade}: 1 if it has none, 0 or less for a passage that is not
 * relevant.
 *
 * <p>With {@code search}, questions are asked as real searches, and measures are those of the first {@code k} hits:
 *
 * <pre>{@code
 *   "search": {
 *     "k": 100,                                <- 1 to 10000
 *     "query": {"hybrid_ir": {"embedding": {"query_text": "{{query_text}}", "k": 100, "filter": "{{pool}}"}}},
 *     "queries": [{"match": {"text_in.{{language}}": "{{query_text}}"}}, ...],    <- instead of "query": several, fused
 *     "rank_constant": 60,                     <- of the fusion: each ranking adds 1 / (60 + rank)
 *     "compare_exact": false                   <- ranks exactly, too, and shows what the searches lose
 *   }
 * }</pre>
 *
 * {@code {{language}}} is the question's and {@code {{pool_language}}} the passages', where the pool has one;
 * {@code "{{pool}}"} becomes the filter of the pool's languages. A query without it is filtered from outside, and an
 * approximate one then loses hits: its nearest passages may all be of other languages. Each question is asked, and by
 * {@code hybrid_ir} encoded, once in each pool: in n languages n + 1 times, in the multilingual setting alone once. Without
 * {@code compare_exact} no vectors are read, so any index that can be searched will do.
 *
 * <p>The evaluation is a task, whose status tells how far it is; it ends when it is cancelled, or when the client closes the
 * connection.
 *
 * <p>{@code ?format=} shows the result as one of {@link ResultFormat}. {@code per_question} adds each question's own value of
 * each measure. {@code ?keep=true} keeps the result, with these values whether they are asked for or not, so that it can be
 * compared with others by {@code GET _hybrid_ir/_evaluate/_compare}, and puts its {@code id} before the answer. {@code ?wait_for_completion=false} keeps it in any case and does not wait for it; the answer comes
 * as soon as the request is checked and the encoder open:
 *
 * <pre>{@code
 * {"task": "oTUltX4IQMOUUVeiohTt8A:123", "id": "pQ3aV5kBf0kS8sLxv2wd"}
 * }</pre>
 *
 * <p>{@code POST _tasks/{task}/_cancel} ends it, {@code GET _hybrid_ir/_evaluate/{id}} shows what became of it.
 */
public final class RestEvaluateAction extends BaseRestHandler {
    @Override
    public String getName() {
        return "hybrid_ir_evaluate";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(RestRequest.Method.POST, "/_hybrid_ir/_evaluate"),
                new Route(RestRequest.Method.POST, "/_plugins/_hybrid_ir/_evaluate"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        boolean wait = request.paramAsBoolean("wait_for_completion", true);
        boolean keep = request.paramAsBoolean("keep", wait == false);
        ResultFormat format = ResultFormat.of(request);
        if (wait == false && format != ResultFormat.JSON) {
            throw new IllegalArgumentException(
                    "[format] is [" + format.key() + "], but with [wait_for_completion] [false]"
                            + " there is no result yet: GET _hybrid_ir/_evaluate/{id} takes a format");
        }
        EvaluationSpec spec;
        try (XContentParser parser = request.contentParser()) {
            spec = EvaluationSpec.fromXContent(parser);
        }
        EvaluateRequest asked = new EvaluateRequest(spec, wait, keep);
        return channel -> new RestCancellableNodeClient(client, request.getHttpChannel())
                .execute(EvaluateAction.INSTANCE, asked, format.listener(channel, EvaluateResponse::sections));
    }
}

package org.hybridir.trainer.loss;

import java.util.Locale;
import java.util.Map;

/**
 * InfoNCE (van den Oord et al. 2018), the loss of arXiv 2408.10536: each query is to find its passage among all of the
 * batch.
 *
 * <p>L = -1/n sum_i log( exp(s_ii / t) / sum_j exp(s_ij / t) ), s = cosine, t = temperature. The paper states no
 * temperature; with t = 1 the loss is nearly flat, since cosines differ by less than 2. Symmetric: the mean of it and of
 * the same with the roles of queries and the first n passages exchanged.
 *
 * @param temperature above 0; E5 and LaBSE use 0.01 to 0.05
 * @param symmetric whether passages are to find their queries too
 */
public record ContrastiveLoss(double temperature, boolean symmetric) implements Loss {
    public ContrastiveLoss {
        requireTemperature(temperature);
    }

    static void requireTemperature(double temperature) {
        if (!(temperature > 0) || temperature > 100) {
            throw new IllegalArgumentException(
                    "the temperature is [" + temperature + "]; it must be above [0] and at most [100]");
        }
    }

    @Override
    public String key() {
        return "contrastive";
    }

    @Override
    public String method() {
        String back = "torch.diagonal(torch.log_softmax(torch.slice(scores, 1, 0, torch.size(queries, 0)), 0))";
        String loss = symmetric ? "(torch.mean(found) + torch.mean(" + back + ")) * 0.5" : "torch.mean(found)";
        return String.format(Locale.ROOT, """
                  def loss(self: __torch__.Transformer, queries: Tensor, passages: Tensor) -> Tensor:
                    scores = torch.matmul(queries, torch.t(passages)) * %.9f
                    found = torch.diagonal(torch.log_softmax(scores, 1))
                    return torch.neg(%s)
                """, 1 / temperature, loss);
    }

    @Override
    public Map<String, Object> describe() {
        return Map.of("loss", key(), "temperature", temperature, "symmetric", symmetric);
    }
}

package org.hybridir.trainer.loss;

import java.util.Locale;
import java.util.Map;

/**
 * Pointwise binary cross-entropy, the standard loss that contrastive learning is compared with: each pair of query and
 * passage is judged alone, relevant or not.
 *
 * <p>L = -1/2 mean_i log sigma(z_ii) - 1/2 mean_{i != j} log(1 - sigma(z_ij)), z = (s - c) / t, s = cosine, t =
 * temperature, c = threshold. The two means weigh the same, since a batch has n relevant and about n^2 irrelevant pairs.
 *
 * @param temperature above 0
 * @param threshold the cosine at which a pair is as likely relevant as not
 */
public record CrossEntropyLoss(double temperature, double threshold) implements Loss {
    public CrossEntropyLoss {
        ContrastiveLoss.requireTemperature(temperature);
        if (!(threshold >= -1 && threshold <= 1)) {
            throw new IllegalArgumentException("the threshold is [" + threshold + "]; cosines lie in [-1, 1]");
        }
    }

    @Override
    public String key() {
        return "cross-entropy";
    }

    @Override
    public String method() {
        return String.format(Locale.ROOT, """
                  def loss(self: __torch__.Transformer, queries: Tensor, passages: Tensor) -> Tensor:
                    z = (torch.matmul(queries, torch.t(passages)) - %.9f) * %.9f
                    relevant = torch.log_sigmoid(torch.diagonal(z))
                    negatives = torch.log_sigmoid(torch.neg(z))
                    irrelevant = torch.sum(negatives) - torch.sum(torch.diagonal(negatives))
                    others = torch.size(z, 0) * (torch.size(z, 1) - 1)
                    return torch.neg(torch.mean(relevant) + irrelevant / others) * 0.5
                """, threshold, 1 / temperature);
    }

    @Override
    public Map<String, Object> describe() {
        return Map.of("loss", key(), "temperature", temperature, "threshold", threshold);
    }
}

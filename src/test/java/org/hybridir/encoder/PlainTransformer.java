package org.hybridir.encoder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import org.hybridir.program.Family;
import org.hybridir.program.TransformerConfig;
import org.hybridir.weights.Float32;
import org.hybridir.weights.TensorSource;

/** The transformer once more, in plain Java doubles and with no thought of speed: the oracle for the program. */
final class PlainTransformer {
    private final TransformerConfig config;
    private final TensorSource weights;

    PlainTransformer(ArtifactSpec spec) {
        this.config = spec.config();
        this.weights = spec.weights();
    }

    /** The last layer's vector of each token of a text without padding. */
    double[][] tokenVectors(long[] ids) {
        double[][] x = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) {
            int place = config.family() == Family.BERT ? t : t + config.padId() + 1;
            double[] word = row("embeddings.word_embeddings.weight", (int) ids[t]);
            double[] position = row("embeddings.position_embeddings.weight", place);
            double[] type = row("embeddings.token_type_embeddings.weight", 0);
            x[t] = layerNorm(sum(sum(word, position), type), "embeddings.LayerNorm");
        }
        for (int layer = 0; layer < config.layers(); layer++) {
            x = layer(x, "encoder.layer." + layer + ".");
        }
        return x;
    }

    /** The text's vector as an artifact's pooling and dense layer make it, of length one. */
    static double[] embed(ArtifactSpec spec, long[] ids) {
        double[][] tokens = new PlainTransformer(spec).tokenVectors(ids);
        double[] pooled = tokens[0];
        if (spec.pooling() == Pooling.MEAN) {
            pooled = new double[tokens[0].length];
            for (double[] token : tokens) {
                for (int i = 0; i < pooled.length; i++) {
                    pooled[i] += token[i] / tokens.length;
                }
            }
        }
        if (spec.dense().isPresent()) {
            TensorSource dense = spec.denseWeights().orElseThrow();
            pooled = linear(pooled, dense, "linear");
            for (int i = 0; i < pooled.length && spec.dense().get().tanh(); i++) {
                pooled[i] = Math.tanh(pooled[i]);
            }
        }
        double length = Math.sqrt(dot(pooled, pooled));
        for (int i = 0; i < pooled.length; i++) {
            pooled[i] /= length;
        }
        return pooled;
    }

    private double[][] layer(double[][] x, String prefix) {
        double[][] attention = attention(x, prefix + "attention.self.");
        double[][] out = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] attended = layerNorm(
                    sum(x[t], linear(attention[t], weights, prefix + "attention.output.dense")),
                    prefix + "attention.output.LayerNorm");
            double[] inner = linear(attended, weights, prefix + "intermediate.dense");
            for (int i = 0; i < inner.length; i++) {
                inner[i] = inner[i] * 0.5 * (1 + erf(inner[i] / Math.sqrt(2)));
            }
            out[t] = layerNorm(
                    sum(attended, linear(inner, weights, prefix + "output.dense")), prefix + "output.LayerNorm");
        }
        return out;
    }

    private double[][] attention(double[][] x, String prefix) {
        int width = config.hidden() / config.heads();
        double[][] out = new double[x.length][config.hidden()];
        double[][] query = linear(x, prefix + "query");
        double[][] key = linear(x, prefix + "key");
        double[][] value = linear(x, prefix + "value");
        for (int head = 0; head < config.heads(); head++) {
            for (int t = 0; t < x.length; t++) {
                double[] share = new double[x.length];
                double total = 0;
                for (int s = 0; s < x.length; s++) {
                    double score = 0;
                    for (int i = head * width; i < (head + 1) * width; i++) {
                        score += query[t][i] * key[s][i];
                    }
                    share[s] = Math.exp(score / Math.sqrt(width));
                    total += share[s];
                }
                for (int s = 0; s < x.length; s++) {
                    for (int i = head * width; i < (head + 1) * width; i++) {
                        out[t][i] += share[s] / total * value[s][i];
                    }
                }
            }
        }
        return out;
    }

    private double[][] linear(double[][] x, String name) {
        double[][] out = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            out[t] = linear(x[t], weights, name);
        }
        return out;
    }

    private static double[] linear(double[] x, TensorSource weights, String name) {
        double[] matrix = numbers(weights, name + ".weight");
        double[] out = numbers(weights, name + ".bias");
        for (int o = 0; o < out.length; o++) {
            for (int i = 0; i < x.length; i++) {
                out[o] += matrix[o * x.length + i] * x[i];
            }
        }
        return out;
    }

    private double[] layerNorm(double[] x, String name) {
        double mean = 0;
        for (double value : x) {
            mean += value / x.length;
        }
        double variance = 0;
        for (double value : x) {
            variance += (value - mean) * (value - mean) / x.length;
        }
        double[] scale = numbers(weights, name + ".weight");
        double[] shift = numbers(weights, name + ".bias");
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = (x[i] - mean) / Math.sqrt(variance + config.layerNormEps()) * scale[i] + shift[i];
        }
        return out;
    }

    private double[] row(String name, int index) {
        double[] row = new double[config.hidden()];
        System.arraycopy(numbers(weights, name), index * row.length, row, 0, row.length);
        return row;
    }

    private static double[] numbers(TensorSource weights, String name) {
        try {
            FloatBuffer floats = Float32.of(weights, name).asFloatBuffer();
            double[] numbers = new double[floats.remaining()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = floats.get(i);
            }
            return numbers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] sum(double[] x, double[] y) {
        double[] sum = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            sum[i] = x[i] + y[i];
        }
        return sum;
    }

    private static double dot(double[] x, double[] y) {
        double dot = 0;
        for (int i = 0; i < x.length; i++) {
            dot += x[i] * y[i];
        }
        return dot;
    }

    /** The error function by its power series; beyond 5 it is 1 to 12 digits. */
    static double erf(double x) {
        if (Math.abs(x) > 5) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; n < 200; n++) {
            term *= -x * x / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }
}

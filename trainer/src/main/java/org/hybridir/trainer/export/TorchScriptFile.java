package org.hybridir.trainer.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hybridir.encoder.Artifact;
import org.hybridir.encoder.EncoderProgram;
import org.hybridir.program.Precision;
import org.hybridir.program.ProgramArchive;
import org.hybridir.program.StoredZip;

/**
 * A TorchScript module with its weights, the file that {@code torch.jit.load} reads. Its program is the encoder's own
 * ({@link EncoderProgram}), inside a module that holds the weights as parameters and has the names that models of
 * sentence-transformers have: {@code forward({"input_ids": [b,t], "attention_mask": [b,t]}) -> {"sentence_embedding":
 * [b,d]}}, ids and mask as 64-bit integers, vectors of length one. A parameter is named as in the artifact, with
 * {@code _} for each dot. The same artifact gives the same bytes.
 */
final class TorchScriptFile {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String SENTENCE = "sentence_embedding";

    private static final String FOLDER = "encoder/";
    private static final String TYPE = "Encoder";
    private static final String INNER_TYPE = "Transformer";
    private static final String INNER = "transformer";

    private static final String FORWARD = """
              def forward(self: __torch__.Encoder, features: Dict[str, Tensor]) -> Dict[str, Tensor]:
                weights = [{weights}]
                vectors = self.transformer.embed(features["{ids}"], features["{mask}"], weights)
                return {"{sentence}": vectors}
            """;

    private TorchScriptFile() {}

    static void write(Artifact artifact, Path file) throws IOException {
        List<Weight> weights = Weight.of(artifact);
        List<String> names =
                weights.stream().map(weight -> weight.name().replace('.', '_')).toList();
        String code = EncoderProgram.text(artifact, Precision.FP32, 0) + module(names);
        StoredZip.write(file, zip -> {
            ProgramArchive.add(zip, FOLDER, ModulePickle.of(TYPE, names, weights, INNER, INNER_TYPE), code);
            for (int i = 0; i < weights.size(); i++) {
                Weight weight = weights.get(i);
                zip.add(FOLDER + "data/" + i, out -> write(weight, out));
            }
        });
    }

    private static void write(Weight weight, OutputStream out) throws IOException {
        ByteBuffer numbers = weight.bytes();
        byte[] part = new byte[1 << 16];
        while (numbers.hasRemaining()) {
            int length = Math.min(part.length, numbers.remaining());
            numbers.get(part, 0, length);
            out.write(part, 0, length);
        }
    }

    private static String module(List<String> names) {
        List<String> quoted = new ArrayList<>();
        List<String> own = new ArrayList<>();
        StringBuilder types = new StringBuilder();
        for (String name : names) {
            quoted.add('"' + name + '"');
            own.add("self." + name);
            types.append("  ").append(name).append(" : Tensor\n");
        }
        return "class " + TYPE + "(Module):\n  __parameters__ = [" + String.join(", ", quoted)
                + ", ]\n  __buffers__ = []\n" + types + "  training : bool\n  " + INNER + " : __torch__." + INNER_TYPE
                + "\n" + forward(String.join(", ", own));
    }

    private static String forward(String weights) {
        return FORWARD.replace("{weights}", weights)
                .replace("{ids}", IDS)
                .replace("{mask}", MASK)
                .replace("{sentence}", SENTENCE);
    }
}

package org.hybridir.trainer.export;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import java.io.IOException;
import java.nio.file.Path;
import org.hybridir.encoder.OfflineMode;
import org.hybridir.encoder.TokenBatch;

/**
 * A TorchScript module and its tokenizer in a folder, opened and called through DJL in the two ways in which ml-commons
 * calls a model of sentence-transformers: inputs by the names {@code input1.input_ids} and {@code input1.attention_mask},
 * which DJL makes one dictionary of, and texts through {@code tokenizer.json} with padding on.
 */
final class TorchScriptNet implements ExportedNet {
    private static final String IDS = "input1." + TorchScriptFile.IDS;
    private static final String MASK = "input1." + TorchScriptFile.MASK;

    private final ZooModel<String, float[]> model;
    private final Predictor<String, float[]> texts;
    private final Predictor<TokenBatch, float[][]> batches;

    private TorchScriptNet(ZooModel<String, float[]> model) {
        this.model = model;
        this.texts = model.newPredictor();
        this.batches = model.newPredictor(new Batches());
    }

    /** Opens {@code name.pt} and {@code tokenizer.json} of a folder. */
    static TorchScriptNet open(Path folder, String name) throws IOException {
        OfflineMode.enter();
        Criteria<String, float[]> criteria = Criteria.builder()
                .setTypes(String.class, float[].class)
                .optEngine("PyTorch")
                .optDevice(Device.cpu())
                .optModelPath(folder)
                .optModelName(name)
                .optTranslator(new Texts())
                .build();
        try {
            return new TorchScriptNet(criteria.loadModel());
        } catch (ModelNotFoundException | MalformedModelException | EngineException e) {
            throw new ExportException("DJL does not open the module: " + e.getMessage(), e);
        }
    }

    @Override
    public float[][] embed(TokenBatch batch) throws ExportException {
        return run(batches, batch);
    }

    /** The vector of one text, by the tokenizer beside the module. */
    float[] embed(String text) throws ExportException {
        return run(texts, text);
    }

    private static <I, O> O run(Predictor<I, O> predictor, I input) throws ExportException {
        try {
            return predictor.predict(input);
        } catch (TranslateException e) {
            throw new ExportException("DJL does not run the module: " + e.getMessage(), e);
        }
    }

    private static NDArray sentences(NDList outputs) {
        for (NDArray output : outputs) {
            if (TorchScriptFile.SENTENCE.equals(output.getName())) {
                return output;
            }
        }
        throw new IllegalStateException("the module has no output [" + TorchScriptFile.SENTENCE + "]");
    }

    /** As in ml-commons: one text, stacked into a batch by DJL. */
    private static final class Texts implements Translator<String, float[]> {
        private HuggingFaceTokenizer tokenizer;

        @Override
        public Batchifier getBatchifier() {
            return Batchifier.STACK;
        }

        @Override
        public void prepare(TranslatorContext context) throws IOException {
            Path folder = context.getModel().getModelPath();
            tokenizer = HuggingFaceTokenizer.builder()
                    .optPadding(true)
                    .optTokenizerPath(folder.resolve(MlCommonsModel.TOKENIZER))
                    .build();
        }

        @Override
        public NDList processInput(TranslatorContext context, String text) {
            Encoding encoding = tokenizer.encode(text);
            NDArray ids = context.getNDManager().create(encoding.getIds());
            ids.setName(IDS);
            NDArray mask = context.getNDManager().create(encoding.getAttentionMask());
            mask.setName(MASK);
            return new NDList(ids, mask);
        }

        @Override
        public float[] processOutput(TranslatorContext context, NDList outputs) {
            return sentences(outputs).toFloatArray();
        }
    }

    /** Token ids of several texts, padded. */
    private static final class Batches implements Translator<TokenBatch, float[][]> {
        @Override
        public Batchifier getBatchifier() {
            return null;
        }

        @Override
        public NDList processInput(TranslatorContext context, TokenBatch batch) {
            return new NDList(
                    array(context.getNDManager(), IDS, batch, batch.ids()),
                    array(context.getNDManager(), MASK, batch, batch.mask()));
        }

        private static NDArray array(NDManager manager, String name, TokenBatch batch, long[] values) {
            NDArray array = manager.create(values, new Shape(batch.texts(), batch.width()));
            array.setName(name);
            return array;
        }

        @Override
        public float[][] processOutput(TranslatorContext context, NDList outputs) {
            NDArray vectors = sentences(outputs);
            float[] values = vectors.toFloatArray();
            int width = (int) vectors.getShape().get(1);
            float[][] rows = new float[values.length / width][width];
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(values, i * width, rows[i], 0, width);
            }
            return rows;
        }
    }

    @Override
    public void close() {
        batches.close();
        texts.close();
        model.close();
    }
}

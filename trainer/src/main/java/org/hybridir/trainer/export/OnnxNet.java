package org.hybridir.trainer.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.hybridir.encoder.TokenBatch;

/** An ONNX file in ONNX Runtime. Threads may share it. */
public final class OnnxNet implements ExportedNet {
    private final OrtEnvironment environment;
    private final OrtSession session;

    private OnnxNet(OrtEnvironment environment, OrtSession session) {
        this.environment = environment;
        this.session = session;
    }

    static OnnxNet open(Path file) throws ExportException {
        // as many as the runtime chooses
        return open(file, 0);
    }

    /** @param threads how many share one run, that of the caller included */
    public static OnnxNet open(Path file, int threads) throws ExportException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            return new OnnxNet(environment, environment.createSession(file.toString(), options));
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime does not open the file: " + e.getMessage(), e);
        }
    }

    @Override
    public float[][] embed(TokenBatch batch) throws ExportException {
        return (float[][]) run(batch, TransformerGraph.SENTENCE);
    }

    /** For each text, for each token its vector in the last layer. */
    float[][][] tokenVectors(TokenBatch batch) throws ExportException {
        return (float[][][]) run(batch, TransformerGraph.TOKENS);
    }

    private Object run(TokenBatch batch, String output) throws ExportException {
        try (OnnxTensor ids = tensor(batch, batch.ids());
                OnnxTensor mask = tensor(batch, batch.mask());
                OrtSession.Result result =
                        session.run(Map.of(TransformerGraph.IDS, ids, TransformerGraph.MASK, mask), Set.of(output))) {
            return result.get(0).getValue();
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime does not run the file: " + e.getMessage(), e);
        }
    }

    private OnnxTensor tensor(TokenBatch batch, long[] values) throws OrtException {
        long[] shape = {batch.texts(), batch.width()};
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
    }

    @Override
    public void close() throws ExportException {
        try {
            session.close();
        } catch (OrtException e) {
            throw new ExportException("ONNX Runtime does not close the file: " + e.getMessage(), e);
        }
    }
}

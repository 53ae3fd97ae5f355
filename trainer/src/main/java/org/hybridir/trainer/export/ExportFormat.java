package org.hybridir.trainer.export;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The formats that an encoder is exported in. */
public enum ExportFormat {
    /** For ONNX Runtime and whatever else reads ONNX: one file. */
    ONNX(List.of(".onnx")),
    /** For libtorch: a module, or the zip of module and tokenizer that OpenSearch's ml-commons registers. */
    TORCHSCRIPT(List.of(".pt", ".zip"));

    private final List<String> endings;

    ExportFormat(List<String> endings) {
        this.endings = endings;
    }

    /** @throws ExportException if the file's name has none of the format's endings, the first of which is the usual one */
    void requireEnding(Path output) throws ExportException {
        String name = output.getFileName().toString();
        if (endings.stream().noneMatch(name::endsWith)) {
            throw new ExportException(
                    "the output of the format [" + this + "] must end in " + endings + ", not be [" + name + "]");
        }
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

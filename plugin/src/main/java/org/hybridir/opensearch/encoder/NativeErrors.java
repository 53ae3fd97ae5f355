package org.hybridir.opensearch.encoder;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.opensearch.ExceptionsHelper;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;

/**
 * Which {@link Error} ends what. OpenSearch ends the process when an Error reaches a node's thread, since after one the heap
 * may be in any state. So it stays where the Java heap is exhausted (or the classes' part of it), on whichever thread.
 *
 * <p>Every other Error out of native code says that the encoder is of no use any more, and nothing of the node: a library
 * that does not link ({@link LinkageError}), memory that the allocator of PyTorch, a direct buffer or a new thread did not
 * get ({@link OutOfMemoryError} as well, but of memory outside the heap), a page of a mapped file that cannot be read
 * ({@link InternalError}). The encoder is marked failed and closed, which gives its memory back; the node goes on.
 */
final class NativeErrors {
    /** What HotSpot says when the heap, or the memory of classes, is exhausted; all else is outside. */
    private static final List<String> HEAP = List.of(
            "Java heap space",
            "GC overhead limit exceeded",
            "Requested array size exceeds VM limit",
            "Metaspace",
            "Compressed class space");

    private NativeErrors() {}

    /** The error that the failure came of, if it came of one. */
    static Optional<Error> find(Throwable failure) {
        return ExceptionsHelper.unwrapCausesAndSuppressed(failure, Error.class::isInstance);
    }

    /** Whether the process must end. */
    static boolean endsNode(Error error) {
        return error instanceof OutOfMemoryError
                && error.getMessage() != null
                && HEAP.stream().anyMatch(error.getMessage()::startsWith);
    }

    /** What listeners can be told: an exception, without the future's wrapping; a full queue as OpenSearch says it, 429. */
    static Exception exception(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RejectedExecutionException && !(cause instanceof OpenSearchRejectedExecutionException)) {
            return new OpenSearchRejectedExecutionException(cause.getMessage(), false);
        }
        return cause instanceof Exception e ? e : new IllegalStateException("native code failed: " + cause, cause);
    }
}

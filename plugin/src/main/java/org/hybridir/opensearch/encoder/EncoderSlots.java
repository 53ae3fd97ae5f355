package org.hybridir.opensearch.encoder;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.hybridir.encoder.EncoderOptions;
import org.hybridir.encoder.TextRole;
import org.opensearch.ExceptionsHelper;
import org.opensearch.core.common.breaker.CircuitBreakingException;

/**
 * The encoders of this node that are open, opening or failed, one {@link EncoderSlot} a folder: found by name when they are
 * asked for, opened once, shared, and closed when their folder changes. Thread-safe.
 */
final class EncoderSlots {
    private static final Logger LOGGER = LogManager.getLogger(EncoderSlots.class);

    private final EncoderFolders folders;
    private final NodeEncoder.Opener opener;
    private final EncoderOptions options;
    private final EncoderMemory memory;
    private final EncoderThreads threads;
    private final Map<String, EncoderSlot> slots = new ConcurrentHashMap<>();
    private volatile boolean running;

    EncoderSlots(
            EncoderFolders folders,
            NodeEncoder.Opener opener,
            EncoderOptions options,
            EncoderMemory memory,
            EncoderThreads threads) {
        this.folders = folders;
        this.opener = opener;
        this.options = options;
        this.memory = memory;
        this.threads = threads;
    }

    void start() {
        running = true;
    }

    /** Retires all. */
    synchronized void stop() {
        running = false;
        List.copyOf(slots.keySet()).forEach(this::forget);
    }

    /** Closed, opening, open or failed, in lower case. */
    String state(String name) {
        EncoderSlot slot = slots.get(name);
        return (slot == null ? EncoderSlot.State.CLOSED : slot.state()).name().toLowerCase(Locale.ROOT);
    }

    /** Why it could not be opened, or why it failed later. */
    Optional<Exception> failure(String name) {
        return Optional.ofNullable(slots.get(name)).map(EncoderSlot::failure);
    }

    /** Asks the encoder for something that it knows; empty unless it is open. */
    <T> Optional<T> ask(String name, Function<NodeEncoder, T> question) {
        EncoderSlot slot = slots.get(name);
        if (slot == null || !slot.tryUse()) {
            return Optional.empty();
        }
        try {
            return Optional.of(question.apply(slot.encoder()));
        } finally {
            slot.decRef();
        }
    }

    /**
     * Finds or opens the encoder, has it work, and answers. When the answer is given in another way, the work is cancelled.
     *
     * @param retry whether an encoder that failed is opened again
     * @param role whose threads find the encoder and begin the work
     */
    <T> void use(
            String name,
            boolean retry,
            TextRole role,
            CompletableFuture<T> answer,
            Function<NodeEncoder, CompletableFuture<T>> work) {
        threads.run(role, () -> find(name, retry, role, answer, work), answer::completeExceptionally);
    }

    /** Looks again after an opening, and where the slot was retired meanwhile: another has its place then. */
    private <T> void find(
            String name,
            boolean retry,
            TextRole role,
            CompletableFuture<T> answer,
            Function<NodeEncoder, CompletableFuture<T>> work)
            throws Exception {
        if (answer.isDone()) {
            return;
        }
        EncoderSlot slot = slot(name, retry);
        if (slot.state() == EncoderSlot.State.OPENING) {
            slot.whenDecided(() -> use(name, false, role, answer, work));
        } else if (slot.failure() != null) {
            throw slot.failure();
        } else if (slot.tryUse()) {
            begin(name, slot, answer, work);
        } else {
            use(name, false, role, answer, work);
        }
    }

    /** @param slot open, with a reference that is given back with the answer */
    private <T> void begin(
            String name,
            EncoderSlot slot,
            CompletableFuture<T> answer,
            Function<NodeEncoder, CompletableFuture<T>> work) {
        CompletableFuture<T> result = result(slot.encoder(), work);
        result.whenComplete((value, failure) -> {
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(judge(name, slot, failure));
            }
        });
        answer.whenComplete((value, failure) -> {
            result.cancel(false);
            slot.decRef();
        });
    }

    private static <T> CompletableFuture<T> result(
            NodeEncoder encoder, Function<NodeEncoder, CompletableFuture<T>> work) {
        try {
            return work.apply(encoder);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Decides by {@link NativeErrors} whether the failure is the request's, the encoder's or the node's. */
    private static Throwable judge(String name, EncoderSlot slot, Throwable failure) {
        Optional<Error> error = NativeErrors.find(failure);
        if (error.isEmpty()) {
            return failure;
        }
        if (NativeErrors.endsNode(error.get())) {
            ExceptionsHelper.maybeDieOnAnotherThread(error.get());
            return failure;
        }
        Exception broken = new IllegalStateException(
                "encoder [" + name + "] failed in native code: " + error.get()
                        + "; when its cause is gone, open it again: " + reopening(name),
                error.get());
        if (slot.broke(broken)) {
            LOGGER.error("encoder [{}] failed in native code and is closed", name, failure);
        }
        return broken;
    }

    /** The slot for the folder as it is now, or as it was when the file system last told; opens it if that was not done yet. */
    synchronized EncoderSlot slot(String name, boolean retry) {
        if (removed(name)) {
            forget(name);
            throw folders.unknown(name);
        }
        EncoderSlot slot = slots.get(name);
        String stamp = folders.stamp(name).orElse(slot == null ? "" : slot.stamp());
        boolean again = slot != null && retry && slot.state() == EncoderSlot.State.FAILED;
        if (slot != null && slot.stamp().equals(stamp) && !again) {
            return slot;
        }
        if (!running) {
            throw new IllegalStateException("the node is not running");
        }
        forget(name);
        forgetRemoved();
        EncoderSlot fresh = new EncoderSlot(name, stamp, threads::open);
        slots.put(name, fresh);
        threads.open(() -> openInto(fresh, name));
        return fresh;
    }

    /** Retires the encoders whose folders are no longer there: nobody can ask for them, and they hold memory. */
    synchronized void forgetRemoved() {
        slots.keySet().stream().filter(this::removed).forEach(this::forget);
    }

    /** False also where the file system does not tell: what cannot be read for a moment is not closed for it. */
    private boolean removed(String name) {
        try {
            return folders.find(name).isEmpty();
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private synchronized void forget(String name) {
        EncoderSlot slot = slots.remove(name);
        if (slot != null) {
            slot.retire();
        }
    }

    private void openInto(EncoderSlot slot, String name) {
        if (slot.state() != EncoderSlot.State.OPENING) {
            return; // the folder changed while this waited for the thread
        }
        try {
            Path folder = folders.find(name).orElseThrow(() -> folders.unknown(name));
            NodeEncoder encoder = opener.open(folder, options, memory);
            if (slot.opened(encoder)) {
                LOGGER.info("encoder [{}] is open", name);
                encoder.broken().thenAccept(error -> judge(name, slot, error));
            } else {
                encoder.close();
            }
        } catch (Exception e) {
            LOGGER.warn("encoder [{}] could not be opened", name, e);
            slot.failed(notOpened(name, e));
            NativeErrors.find(e).filter(NativeErrors::endsNode).ifPresent(ExceptionsHelper::maybeDieOnAnotherThread);
        }
    }

    private static Exception notOpened(String name, Exception e) {
        String message = "encoder [" + name + "] could not be opened: " + e.getMessage()
                + "; when that is mended, open it again: " + reopening(name);
        return e instanceof CircuitBreakingException memory
                ? new CircuitBreakingException(
                        message, memory.getBytesWanted(), memory.getByteLimit(), memory.getDurability())
                : new IllegalStateException(message, e);
    }

    private static String reopening(String name) {
        return "GET _hybrid_ir/encoders/" + name + "?open=true";
    }
}

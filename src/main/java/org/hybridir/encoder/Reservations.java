package org.hybridir.encoder;

/**
 * Where an encoder accounts for the memory that it takes, before it takes it: its weights and the buffers of its passes
 * from opening to closing, each request's texts and vectors while they wait and run. Thread-safe.
 */
public interface Reservations {
    /** Accounts for nothing. */
    Reservations NONE = new Reservations() {
        @Override
        public void reserve(String what, long bytes) {}

        @Override
        public void release(long bytes) {}
    };

    /**
     * Takes bytes, or refuses with an exception of its own, which reaches the caller of the encoder; then nothing is taken.
     *
     * @param what for people: what the bytes are for
     */
    void reserve(String what, long bytes);

    /** Gives back bytes that were taken. */
    void release(long bytes);
}

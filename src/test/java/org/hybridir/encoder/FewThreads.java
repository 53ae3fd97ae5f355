package org.hybridir.encoder;

/**
 * As where the system has few threads left to give: from the one that opens this, so many more can be made, directly or not.
 */
final class FewThreads extends InheritableThreadLocal<Boolean> implements AutoCloseable {
    private int left;

    FewThreads(int left) {
        this.left = left;
        set(true);
    }

    @Override
    protected synchronized Boolean childValue(Boolean parent) {
        if (left == 0) {
            throw new OutOfMemoryError("unable to create native thread");
        }
        left--;
        return parent;
    }

    @Override
    public void close() {
        remove();
    }
}

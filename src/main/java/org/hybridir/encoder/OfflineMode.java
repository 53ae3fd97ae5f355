package org.hybridir.encoder;

/** DJL asks a server about each engine that it loads unless it is told not to; an encoder needs no network. */
public final class OfflineMode {
    private OfflineMode() {}

    /** Must run before DJL's first class is touched; what is already set stays. */
    public static void enter() {
        setIfAbsent("ai.djl.offline", "true");
        setIfAbsent("OPT_OUT_TRACKING", "true");
        setIfAbsent("ai.djl.default_engine", "PyTorch");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}

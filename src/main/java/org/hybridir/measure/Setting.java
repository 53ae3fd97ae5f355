package org.hybridir.measure;

/** Which passages a question is asked against. */
public enum Setting {
    /** Those of its own language. */
    MONOLINGUAL("monolingual"),
    /** Those of one other language. */
    CROSS_LINGUAL("cross_lingual"),
    /** Those of all languages. */
    MULTILINGUAL("multilingual");

    private final String key;

    Setting(String key) {
        this.key = key;
    }

    /** The name in requests and reports. */
    public String key() {
        return key;
    }
}

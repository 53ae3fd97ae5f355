package org.hybridir.encoder;

/** What a text is to retrieval: it decides the prefix and the length limit that the encoder applies. */
public enum TextRole {
    /** What a person asks. */
    QUERY("query"),
    /** What is retrieved. */
    PASSAGE("passage");

    private final String key;

    TextRole(String key) {
        this.key = key;
    }

    /** How files and REST write it. */
    public String key() {
        return key;
    }

    /** The role that is written so. */
    public static TextRole of(String key) {
        for (TextRole role : values()) {
            if (role.key.equals(key)) {
                return role;
            }
        }
        throw new IllegalArgumentException("a text's role is [query] or [passage], not [" + key + "]");
    }
}

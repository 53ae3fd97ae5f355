package org.hybridir.encoder;

/** What a text is to retrieval: it decides the prefix and the length limit that the encoder applies. */
public enum TextRole {
    /** What a person asks. */
    QUERY,
    /** What is retrieved. */
    PASSAGE
}

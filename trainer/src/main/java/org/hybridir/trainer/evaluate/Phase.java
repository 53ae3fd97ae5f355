package org.hybridir.trainer.evaluate;

/** What an evaluation does, one after the other. */
public enum Phase {
    PASSAGES("encode passages"),
    QUESTIONS("encode questions"),
    RANKING("rank");

    private final String title;

    Phase(String title) {
        this.title = title;
    }

    /** For people. */
    public String title() {
        return title;
    }
}

package org.hybridir.trainer.probe;

/**
 * A pair of sentences of natural language inference.
 *
 * @param premise what is taken to be true
 * @param hypothesis what may follow from it
 * @param label whether it does
 */
public record Inference(String premise, String hypothesis, Label label) {
    /** Whether the hypothesis follows from the premise; ordinals are the classes of the probe. */
    public enum Label {
        ENTAILMENT("entailment"),
        NEUTRAL("neutral"),
        CONTRADICTION("contradiction");

        private final String key;

        Label(String key) {
            this.key = key;
        }

        /** As in XNLI's files. */
        public String key() {
            return key;
        }
    }
}

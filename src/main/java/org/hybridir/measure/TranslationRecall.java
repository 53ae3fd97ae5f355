package org.hybridir.measure;

/**
 * TLR@k: recall of the relevant passages in other languages than the question's, in the multilingual pool: those found among
 * the first k / those that there are. {@link Recall} may be high because an encoder finds what is written in the question's
 * own language; this tells what it finds of the rest. A ranking with no such passage has no value.
 *
 * <p>All passages take places, those in the question's language too. With one pool, or one language, it would be recall or
 * nothing at all, so the other settings do not report it.
 *
 * @param k the cut-off, at least 1
 */
public record TranslationRecall(int k) implements Measure {
    public TranslationRecall {
        Measures.checkCutOff("TLR", k);
    }

    @Override
    public String name() {
        return "TLR@" + k;
    }

    @Override
    public double of(Ranking ranking) {
        int translations = otherLanguages(ranking, ranking.relevant());
        return translations == 0 ? NO_VALUE : otherLanguages(ranking, ranking.within(k)) / (double) translations;
    }

    private static int otherLanguages(Ranking ranking, int first) {
        int count = 0;
        for (int i = 0; i < first; i++) {
            count += ranking.languages()[i] == ranking.questionLanguage() ? 0 : 1;
        }
        return count;
    }

    @Override
    public boolean in(Setting setting) {
        return setting == Setting.MULTILINGUAL;
    }
}

package org.hybridir.collection;

import java.util.List;

/**
 * A candidate of a test collection; for LAReQA one sentence.
 *
 * @param id unique in the collection, such as {@code de-0007-03-02} (language, article, paragraph, sentence); equal scores are ranked by it
 * @param language ISO 639-1 code
 * @param title of the article that it stands in
 * @param text what is encoded
 * @param questionIds ids of the questions, in any language, that it answers
 */
public record Passage(String id, String language, String title, String text, List<String> questionIds) {}

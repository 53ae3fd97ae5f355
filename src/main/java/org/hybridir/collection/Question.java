package org.hybridir.collection;

/**
 * A question of a test collection.
 *
 * @param id shared by the same question in other languages; unique together with the language
 * @param language ISO 639-1 code
 * @param text as asked
 */
public record Question(String id, String language, String text) {}

package org.hybridir.compare;

/** A question in one of the languages that it is asked in; translations share the id. */
public record AskedQuestion(String id, String language) {}

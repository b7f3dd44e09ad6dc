package io.attestgate.policy.document;

/** A choice that a document makes by one word. */
public interface Spelled {

    /** The word, exactly as a document writes it. */
    String spelling();
}

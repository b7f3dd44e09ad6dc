package io.attestgate.verify.evidence;

/**
 * What a reader accepts of one kind of evidence beyond what all kinds have in common. Each kind has
 * a class of its own for it, in its own package; every field of it is trust, so none has a default.
 */
public interface PolicyPart {}

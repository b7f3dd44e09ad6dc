package io.attestgate.verify.evidence;

/** Reads one kind's part of a policy from JSON. Any thread. */
@FunctionalInterface
public interface PolicyPartReader {

    /**
     * @param fields the part's JSON, with its path for faults
     * @throws MalformedException if it is not this kind's, whole and with nothing else
     */
    PolicyPart read(PolicyField fields) throws MalformedException;
}

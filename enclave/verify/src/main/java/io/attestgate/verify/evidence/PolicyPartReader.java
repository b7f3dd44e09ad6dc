package io.attestgate.verify.evidence;

import io.attestgate.wire.Json;

/** Reads one kind's part of a policy from JSON. Any thread. */
@FunctionalInterface
public interface PolicyPartReader {

    /**
     * @param fields the part's JSON, with its path for faults
     * @throws MalformedException if it is not this kind's, whole and with nothing else
     */
    PolicyPart read(PolicyField fields) throws MalformedException;

    /** The member {@code name} of a policy. */
    default PolicyPart read(String name, Json json) throws MalformedException {
        return read(new PolicyField("$." + name, json));
    }
}

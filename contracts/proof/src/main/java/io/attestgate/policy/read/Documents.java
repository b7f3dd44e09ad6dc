package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.Map;

/** Finds the bytes of documents; what proves them is their hash. */
interface Documents {

    /**
     * The documents of these hashes.
     *
     * @param places where the contract says that each document's code is
     * @return each of them, under its hash
     * @throws PolicyReadException if one is not to be had, or its bytes do not have its hash
     */
    Map<Hash32, StoredDocument> find(Map<Hash32, Address> places) throws PolicyReadException;
}

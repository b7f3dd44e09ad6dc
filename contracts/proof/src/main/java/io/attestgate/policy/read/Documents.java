package io.attestgate.policy.read;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.util.Map;

/** A place where documents may be found; their hash proves them, so none is trusted. */
interface Documents {

    /**
     * Those of the documents that are here, each under its own hash; others are simply not among
     * them.
     *
     * @param wanted hashes, and where the contract says that each document's code is
     * @throws PolicyReadException if nothing was to be had, or not what was asked for
     */
    Map<Hash32, StoredDocument> find(Map<Hash32, Address> wanted) throws PolicyReadException;
}

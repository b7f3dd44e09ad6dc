package io.attestgate.attest.tpm;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Digests;

/**
 * What identifies an entity in authorisations (Part 1 §16): of an object or NV index the algorithm
 * and the digest of its public area, of everything else its handle.
 */
record TpmName(Octets octets) {

    /** Of an object or index of name algorithm SHA-256. */
    static TpmName of(byte[] publicArea) {
        return new TpmName(
                Octets.of(
                        new TpmWriter()
                                .uint16(Tpms.ALG_SHA256)
                                .bytes(Digests.sha256(publicArea))
                                .toBytes()));
    }

    /** Of a hierarchy, session or PCR. */
    static TpmName ofHandle(int handle) {
        return new TpmName(Octets.of(new TpmWriter().uint32(handle).toBytes()));
    }

    byte[] bytes() {
        return octets.bytes();
    }

    /** In hexadecimal. */
    @Override
    public String toString() {
        return octets.toString();
    }
}

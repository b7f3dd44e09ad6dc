package io.attestgate.policy.document;

import io.attestgate.wire.Hash32;
import java.util.Collection;

/**
 * What evidence ends in, as documents may spell it.
 *
 * @param name that this release has for it (docs/root-of-trust.md); its hash if it has none
 * @param sha256 of the root certificate; of a key's SubjectPublicKeyInfo where no certificate
 *     vouches for the key
 */
public record EvidenceRoot(String name, Hash32 sha256) {

    /** The simulated platform's, whose key is public; documents have no other spelling of it. */
    public static final EvidenceRoot DEVELOPMENT = new EvidenceRoot("development", Hash32.ZERO);

    /** Whether it is one of those. */
    boolean isAmong(Collection<String> spelled) {
        return spelled.contains(name) || spelled.contains(sha256.toString());
    }

    @Override
    public String toString() {
        return name.equals(sha256.toString()) ? name : name + " " + sha256;
    }
}

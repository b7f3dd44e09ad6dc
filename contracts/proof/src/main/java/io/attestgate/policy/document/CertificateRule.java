package io.attestgate.policy.document;

import java.net.URI;
import java.util.List;

/**
 * From whom a name's certificate comes, and how.
 *
 * @param authorities ACME directories (https), at least one; the first that issues is used
 * @param challenges in order of preference, at least one
 * @param keyType of every key
 * @param renewAtLifePercent how much of a certificate's life may pass before the next is ordered
 */
public record CertificateRule(
        List<URI> authorities,
        List<Challenge> challenges,
        KeyType keyType,
        int renewAtLifePercent) {
    public CertificateRule {
        authorities = List.copyOf(authorities);
        challenges = List.copyOf(challenges);
    }
}

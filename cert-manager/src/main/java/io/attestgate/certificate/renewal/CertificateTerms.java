package io.attestgate.certificate.renewal;

import io.attestgate.certificate.order.ChallengeType;
import io.attestgate.policy.document.CertificateRule;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the policy says of one name's certificate, as the keeper needs it.
 *
 * @param authorities ACME directories in the document's order; one not listed is not accepted
 * @param challenges in the document's order
 * @param renewAtLifePercent how much of a certificate's life may pass before the next is ordered
 */
public record CertificateTerms(
        List<URI> authorities, List<ChallengeType> challenges, int renewAtLifePercent) {
    public CertificateTerms {
        authorities = List.copyOf(authorities);
        challenges = List.copyOf(challenges);
        if (authorities.isEmpty() || challenges.isEmpty()) {
            throw new IllegalArgumentException(
                    "authorities, challenges: %s, %s (expected: at least one each)"
                            .formatted(authorities, challenges));
        }
        if (renewAtLifePercent < 1 || renewAtLifePercent > 99) {
            throw new IllegalArgumentException(
                    "renewAtLifePercent: %d (expected: 1 to 99)".formatted(renewAtLifePercent));
        }
    }

    public static CertificateTerms of(CertificateRule rule) {
        return new CertificateTerms(
                rule.authorities(),
                rule.challenges().stream().map(CertificateTerms::challenge).toList(),
                rule.renewAtLifePercent());
    }

    private static ChallengeType challenge(io.attestgate.policy.document.Challenge challenge) {
        return switch (challenge) {
            case TLS_ALPN_01 -> ChallengeType.TLS_ALPN_01;
            case HTTP_01 -> ChallengeType.HTTP_01;
        };
    }

    /** The challenges, beginning with another one after each failure, so that all get a turn. */
    List<ChallengeType> challengesAfter(int failures) {
        List<ChallengeType> rotated = new ArrayList<>(challenges);
        Collections.rotate(rotated, -(failures % challenges.size()));
        return rotated;
    }
}

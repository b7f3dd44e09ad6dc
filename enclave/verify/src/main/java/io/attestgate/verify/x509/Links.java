package io.attestgate.verify.x509;

import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which certificate issued which, remembered: a platform's chain is the same in every report, and
 * its signatures need no second look. Holds what verified and nothing else. Any thread.
 */
public final class Links {
    /** The chains of some thousand platforms; then it forgets all and begins anew. */
    static final int PAIRS_MAX = 4096;

    private record Pair(X509Certificate certificate, X509Certificate issuer) {}

    private final Set<Pair> verified = ConcurrentHashMap.newKeySet();

    /** Whether {@code issuer} signed {@code certificate} and is named as who did. */
    public boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        Pair pair = new Pair(certificate, issuer);
        if (verified.contains(pair)) {
            return true;
        }
        if (!Certificates.isIssuedBy(certificate, issuer)) {
            return false;
        }
        if (verified.size() >= PAIRS_MAX) {
            verified.clear();
        }
        verified.add(pair);
        return true;
    }
}

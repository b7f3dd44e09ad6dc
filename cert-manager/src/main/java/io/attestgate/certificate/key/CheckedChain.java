package io.attestgate.certificate.key;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * A chain that fits a key and a name, link by link. Who may issue is the policy's question, and
 * whether the root is trusted the client's.
 */
public final class CheckedChain {
    static final int CERTIFICATES_MAX = 8;

    /** Chains are below 10 kB today; with room for longer signatures this still seals whole. */
    static final int CHAIN_BYTES_MAX = 40 * 1024;

    /** The authority's clock and ours may differ by this much, and no more. */
    static final Duration SKEW_MAX = Duration.ofMinutes(5);

    /** GeneralName's tag of a dNSName (RFC 5280 §4.2.1.6). */
    private static final int DNS_NAME = 2;

    private final List<X509Certificate> certificates;

    private CheckedChain(List<X509Certificate> certificates) {
        this.certificates = certificates;
    }

    /** Checks what an authority, or our own store, gives as the chain for that key and its name. */
    public static Parsed<CheckedChain> of(List<X509Certificate> chain, TlsKey key, Instant now) {
        if (chain.isEmpty() || chain.size() > CERTIFICATES_MAX) {
            return fault("chain", chain.size() + " certificates", "1 to " + CERTIFICATES_MAX);
        }
        if (sizeBytes(chain) > CHAIN_BYTES_MAX) {
            return fault("chain", sizeBytes(chain) + " bytes", "at most " + CHAIN_BYTES_MAX);
        }
        X509Certificate leaf = chain.getFirst();
        PublicKey ours = key.pair().pair().getPublic();
        if (!Arrays.equals(leaf.getPublicKey().getEncoded(), ours.getEncoded())) {
            return fault("certificate's key", "another key", "SPKI " + key.spkiSha256());
        }
        if (!names(leaf, key.name())) {
            return fault("certificate's names", "others", key.name().value());
        }
        if (leaf.getBasicConstraints() >= 0) {
            return fault("certificate", "a CA's", "an end entity's");
        }
        if (now.plus(SKEW_MAX).isBefore(leaf.getNotBefore().toInstant())) {
            return fault("certificate's notBefore", leaf.getNotBefore().toInstant(), "past");
        }
        if (!now.isBefore(leaf.getNotAfter().toInstant())) {
            return fault("certificate's notAfter", leaf.getNotAfter().toInstant(), "after " + now);
        }
        return linked(chain)
                ? Parsed.good(new CheckedChain(List.copyOf(chain)))
                : fault("chain", "a broken link", "each certificate signed by the next");
    }

    public List<X509Certificate> certificates() {
        return certificates;
    }

    public Instant notBefore() {
        return certificates.getFirst().getNotBefore().toInstant();
    }

    public Instant notAfter() {
        return certificates.getFirst().getNotAfter().toInstant();
    }

    private static int sizeBytes(List<X509Certificate> chain) {
        try {
            int sum = 0;
            for (X509Certificate certificate : chain) {
                sum += certificate.getEncoded().length;
            }
            return sum;
        } catch (CertificateEncodingException e) {
            throw new AssertionError("a certificate that was parsed has its bytes", e);
        }
    }

    private static boolean names(X509Certificate leaf, Hostname name) {
        try {
            Collection<List<?>> names = leaf.getSubjectAlternativeNames();
            return names != null
                    && names.stream()
                            .filter(entry -> entry.getFirst().equals(DNS_NAME))
                            .anyMatch(entry -> name.value().equals(entry.get(1)));
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean linked(List<X509Certificate> chain) {
        try {
            for (int i = 0; i + 1 < chain.size(); i++) {
                chain.get(i).verify(chain.get(i + 1).getPublicKey());
            }
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Parsed<CheckedChain> fault(String what, Object found, String expected) {
        return Parsed.bad(new Fault(what, found.toString(), expected));
    }
}

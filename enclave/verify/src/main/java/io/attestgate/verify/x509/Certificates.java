package io.attestgate.verify.x509;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.security.auth.x500.X500Principal;

/**
 * Certificates from arbitrary bytes.
 *
 * <p>The JCA's factory throws what it likes for bytes that are no certificate, and stops at the
 * first that follow one. So it is given exactly one DER value at a time, and whatever it throws is
 * an answer.
 */
public final class Certificates {
    /** More than any chain of a vendor has, together with its revocation lists' issuers. */
    static final int CERTIFICATES_MAX = 16;

    /** The largest that a vendor issues today has 1.9 KiB. */
    static final int CERTIFICATE_BYTES_MAX = 8 * 1024;

    /** A chain with its PEM armour. */
    static final int CHAIN_BYTES_MAX = CERTIFICATES_MAX * CERTIFICATE_BYTES_MAX * 2;

    private Certificates() {}

    /** Reads one certificate in DER and nothing after it. */
    public static Parsed<X509Certificate> parse(byte[] der) {
        if (der.length > CERTIFICATE_BYTES_MAX) {
            return bad(der.length + " bytes", "at most 8 KiB");
        }
        try {
            Der reader = Der.of(der);
            byte[] whole = reader.value(Der.SEQUENCE);
            reader.finish();
            return CertificateFactory.getInstance("X.509")
                                    .generateCertificate(new ByteArrayInputStream(whole))
                            instanceof X509Certificate certificate
                    ? Parsed.good(certificate)
                    : bad("another type", "X.509");
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        } catch (CertificateException | RuntimeException e) {
            return bad("%d bytes".formatted(der.length), "an X.509 certificate (RFC 5280)");
        }
    }

    /** Reads PEM blocks of certificates, or certificates in DER one after the other. */
    public static Parsed<List<X509Certificate>> parseAll(byte[] pemOrDer) {
        if (pemOrDer.length > CHAIN_BYTES_MAX) {
            return bad(pemOrDer.length + " bytes", "at most " + CHAIN_BYTES_MAX + " bytes");
        }
        return pemOrDer.length > 0 && pemOrDer[0] == Der.SEQUENCE
                ? parseDer(pemOrDer)
                : Pem.parse(new String(pemOrDer, StandardCharsets.ISO_8859_1), CERTIFICATES_MAX)
                        .then(Certificates::parseBlocks);
    }

    private static Parsed<List<X509Certificate>> parseBlocks(List<Pem.Block> blocks) {
        List<byte[]> ders = new ArrayList<>();
        for (Pem.Block block : blocks) {
            if (!block.label().equals("CERTIFICATE")) {
                return Parsed.bad(Fault.quoted("pem", block.label(), "CERTIFICATE"));
            }
            ders.add(block.der().bytes());
        }
        return each(ders);
    }

    private static Parsed<List<X509Certificate>> parseDer(byte[] bytes) {
        List<byte[]> ders = new ArrayList<>();
        try {
            Der reader = Der.of(bytes);
            while (reader.hasNext()) {
                ders.add(reader.value(Der.SEQUENCE));
            }
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
        return ders.size() <= CERTIFICATES_MAX
                ? each(ders)
                : bad(ders.size() + " values", "at most " + CERTIFICATES_MAX);
    }

    private static Parsed<List<X509Certificate>> each(List<byte[]> ders) {
        List<X509Certificate> certificates = new ArrayList<>();
        for (byte[] der : ders) {
            switch (parse(der)) {
                case Parsed.Bad<X509Certificate> bad -> {
                    return new Parsed.Bad<>(bad.faults());
                }
                case Parsed.Good<X509Certificate> good -> certificates.add(good.value());
            }
        }
        return Parsed.good(List.copyOf(certificates));
    }

    /** SHA-256 of the certificate's DER: how a root is pinned. */
    public static Hash32 sha256(X509Certificate certificate) {
        return Hash32.of(Digests.sha256(der(certificate)));
    }

    /** The certificate's DER. */
    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new AssertionError("it was read from DER", e);
        }
    }

    /** Whether {@code issuer} signed {@code certificate} and is named as who did. */
    public static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            return false; // Another key, another algorithm, or a signature that is none.
        }
    }

    /** Whether the subject has exactly that common name. */
    public static boolean hasCommonName(X509Certificate certificate, String commonName) {
        return hasCommonName(certificate.getSubjectX500Principal(), commonName);
    }

    static boolean hasCommonName(X500Principal principal, String commonName) {
        try {
            return new LdapName(principal.getName())
                    .getRdns().stream()
                            .anyMatch(
                                    rdn ->
                                            rdn.getType().equalsIgnoreCase("CN")
                                                    && commonName.equals(rdn.getValue()));
        } catch (InvalidNameException e) {
            return false;
        }
    }

    /** The subject as text, for messages. */
    public static String name(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal());
    }

    /** A name as text, for messages: what is no printable ASCII becomes a question mark. */
    public static String name(X500Principal principal) {
        return principal.getName().replaceAll("[^\\x20-\\x7e]", "?");
    }

    /** Certificates as trees of names and values, for people. */
    public static Json.Arr tree(List<X509Certificate> certificates) {
        List<Json> all = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            all.add(
                    Json.object(
                            "subject", name(certificate),
                            "issuer", name(certificate.getIssuerX500Principal()),
                            "serial", certificate.getSerialNumber().toString(16),
                            "notBefore", certificate.getNotBefore().toInstant().toString(),
                            "notAfter", certificate.getNotAfter().toInstant().toString(),
                            "sha256", sha256(certificate).toString()));
        }
        return new Json.Arr(all);
    }

    private static <T> Parsed<T> bad(String found, String expected) {
        return Parsed.bad(new Fault("certificate", found, expected));
    }
}

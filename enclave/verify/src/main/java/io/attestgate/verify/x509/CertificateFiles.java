package io.attestgate.verify.x509;

import static io.attestgate.verify.evidence.MalformedException.good;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates and revocation lists as files have them: one value in DER, certificates in DER one
 * after the other, or blocks of PEM. Gathers what it reads, and believes none of it. One use, one
 * thread.
 */
public final class CertificateFiles {
    /** More than any vendor's chains and lists together. */
    static final int BLOCKS_MAX = 256;

    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<Crl> crls = new ArrayList<>();

    /**
     * Whether bytes begin as DER or PEM does; that they are sound is not said. An OCSP answer (RFC
     * 6960 §4.2.1) begins with its status, and is neither.
     */
    public static boolean isLike(byte[] bytes) {
        return (isDer(bytes) && !isOcsp(bytes)) || text(bytes).startsWith("-----BEGIN");
    }

    /** Whether DER is a SEQUENCE that begins with an ENUMERATED. */
    public static boolean isOcsp(byte[] der) {
        try {
            return Der.of(der).enter(Der.SEQUENCE).peekTag() == Der.ENUMERATED;
        } catch (MalformedException e) {
            return false;
        }
    }

    /** Reads a file of either form. */
    public void read(byte[] derOrPem) throws MalformedException {
        if (isDer(derOrPem)) {
            der(derOrPem);
        } else {
            pem(text(derOrPem));
        }
    }

    /** Reads blocks of PEM, of certificates and revocation lists and nothing else. */
    public void pem(String text) throws MalformedException {
        for (Pem.Block block : good(Pem.parse(text, BLOCKS_MAX))) {
            byte[] der = block.der().bytes();
            switch (block.label()) {
                case "CERTIFICATE" -> certificates.add(good(Certificates.parse(der)));
                case "X509 CRL" -> crl(der);
                default ->
                        throw new MalformedException(
                                Fault.quoted("pem", block.label(), "CERTIFICATE or X509 CRL"));
            }
        }
    }

    /** Reads one revocation list in DER. */
    public void crl(byte[] der) throws MalformedException {
        crls.add(good(Crl.parse(der)));
    }

    private void der(byte[] bytes) throws MalformedException {
        switch (Crl.parse(bytes)) {
            case Parsed.Good<Crl> good -> crls.add(good.value());
            case Parsed.Bad<Crl> notCrl -> certificates.addAll(good(Certificates.parseAll(bytes)));
        }
    }

    /** Those read so far, in their order. */
    public List<X509Certificate> certificates() {
        return List.copyOf(certificates);
    }

    /** Those read so far, in their order. */
    public List<Crl> crls() {
        return List.copyOf(crls);
    }

    private static boolean isDer(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == Der.SEQUENCE;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).strip();
    }
}

package io.attestgate.verify.nitro;

import static io.attestgate.verify.evidence.MalformedException.good;

import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.CertificatePath;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A signed document with its certificates, read and believed in nothing: the bytes as the security
 * module gave them, or their base64 text, as people pass them on.
 *
 * @param message the document's bytes and their signature
 * @param document what they say
 * @param path from the key that signed to the root that the document brings
 */
public record NitroEvidence(CoseSign1 message, Document document, CertificatePath path) {
    /** A message in base64 with a line's end for each 64 characters, and room for spaces. */
    public static final int SIZE_BYTES_MAX = 24 * 1024;

    /** Whether bytes begin as a signed document does, or as its base64 text. */
    static boolean isLike(byte[] bytes) {
        return bytes.length <= SIZE_BYTES_MAX && CoseSign1.isLike(decoded(bytes));
    }

    /** Reads all of the bytes. */
    public static Parsed<NitroEvidence> parse(byte[] bytes) {
        try {
            if (bytes.length > SIZE_BYTES_MAX) {
                throw new MalformedException("message", bytes.length + " bytes", "at most 24 KiB");
            }
            CoseSign1 message = CoseSign1.read(decoded(bytes));
            Document document = Document.read(message.payload());
            return Parsed.good(new NitroEvidence(message, document, path(document)));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    /** A message begins with a byte that no base64 text has. */
    private static byte[] decoded(byte[] bytes) {
        if (CoseSign1.isLike(bytes)) {
            return bytes;
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("[\\r\\n\\t ]", "");
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return bytes;
        }
    }

    /** The bundle begins with the root and goes down (NSM attestation process, 3.2.3). */
    private static CertificatePath path(Document document) throws MalformedException {
        List<X509Certificate> path = new ArrayList<>();
        for (Octets authority : document.authorities()) {
            path.addFirst(good(Certificates.parse(authority.bytes())));
        }
        path.addFirst(good(Certificates.parse(document.certificate().bytes())));
        return new CertificatePath(path);
    }
}

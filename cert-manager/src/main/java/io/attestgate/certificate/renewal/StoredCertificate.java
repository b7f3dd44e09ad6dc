package io.attestgate.certificate.renewal;

import io.attestgate.certificate.account.SealedJson;
import io.attestgate.certificate.account.SealedStateException;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate as it lies in the sealed store. It is checked again whenever it is taken from
 * there.
 *
 * @param authority who issued it
 * @param spki the key it is for
 * @param storedAt by our clock
 * @param chain leaf first
 */
record StoredCertificate(
        URI authority, Hash32 spki, Instant storedAt, List<X509Certificate> chain) {
    StoredCertificate {
        chain = List.copyOf(chain);
    }

    byte[] toSealed() {
        try {
            List<String> encoded = new ArrayList<>();
            for (X509Certificate certificate : chain) {
                encoded.add(Base64Url.write(certificate.getEncoded()));
            }
            return CanonicalJson.write(
                    Json.object(
                            "authority", authority.toString(),
                            "spki", spki.toString(),
                            "storedAt", storedAt.toString(),
                            "chain", Json.Arr.of(encoded)));
        } catch (CertificateEncodingException e) {
            throw new AssertionError("a certificate that was parsed has its bytes", e);
        }
    }

    static StoredCertificate ofSealed(String entry, byte[] sealed) throws SealedStateException {
        SealedJson json = SealedJson.parse(entry, sealed);
        List<X509Certificate> chain = new ArrayList<>();
        for (Json element : json.array("chain").elements()) {
            chain.add(certificate(json, element));
        }
        return new StoredCertificate(
                json.uri("authority"),
                Hash32.parse(json.text("spki")).orElseThrow(() -> json.wrong("spki", "a hash")),
                json.instant("storedAt"),
                chain);
    }

    private static X509Certificate certificate(SealedJson json, Json element)
            throws SealedStateException {
        byte[] der =
                element instanceof Json.Text text
                        ? Base64Url.parse(text.value()).orElse(new byte[0])
                        : new byte[0];
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw json.wrong("chain", "certificates");
        }
    }
}

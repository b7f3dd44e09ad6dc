package io.attestgate.verify.snp;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Crl;
import io.attestgate.verify.x509.Der;
import io.attestgate.verify.x509.Pem;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Recognises AMD's collateral by what is in a file, whatever it is called: the answers of its key
 * distribution service (a key's certificate in DER, a chain in PEM, a revocation list in DER), and
 * a host's certificate table. One use, one thread.
 */
final class CollateralReader {
    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<Crl> crls = new ArrayList<>();

    Parsed<Collateral> read(Bundle bundle) {
        for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
            try {
                file(file.getValue());
            } catch (MalformedException e) {
                Fault fault = e.fault();
                String path = "collateral " + file.getKey() + ": " + fault.path();
                return Parsed.bad(new Fault(path, fault.found(), fault.expected()));
            }
        }
        return Parsed.good(read());
    }

    /** What was read so far. */
    Collateral read() {
        return new Collateral(certificates, crls);
    }

    /** A host's certificate table. */
    void table(byte[] bytes) throws MalformedException {
        for (Octets content : good(CertificateTable.parse(bytes)).entries().values()) {
            if (content.size() > 0) {
                encoded(content.bytes());
            }
        }
    }

    private void file(byte[] bytes) throws MalformedException {
        if (CertificateTable.isLike(bytes)) {
            table(bytes);
        } else if (isDer(bytes) || text(bytes).startsWith("-----BEGIN")) {
            encoded(bytes);
        }
    }

    private void encoded(byte[] bytes) throws MalformedException {
        if (isDer(bytes)) {
            der(bytes);
        } else {
            pem(text(bytes));
        }
    }

    private void der(byte[] bytes) throws MalformedException {
        switch (Crl.parse(bytes)) {
            case Parsed.Good<Crl> good -> crls.add(good.value());
            case Parsed.Bad<Crl> notCrl -> certificates.addAll(good(Certificates.parseAll(bytes)));
        }
    }

    private void pem(String text) throws MalformedException {
        for (Pem.Block block : good(Pem.parse(text, Bundle.FILES_MAX))) {
            switch (block.label()) {
                case "CERTIFICATE" ->
                        certificates.add(good(Certificates.parse(block.der().bytes())));
                case "X509 CRL" -> crls.add(good(Crl.parse(block.der().bytes())));
                default ->
                        throw new MalformedException(
                                Fault.quoted("pem", block.label(), "CERTIFICATE or X509 CRL"));
            }
        }
    }

    private static boolean isDer(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == Der.SEQUENCE;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).strip();
    }

    private static <T> T good(Parsed<T> parsed) throws MalformedException {
        return switch (parsed) {
            case Parsed.Good<T> good -> good.value();
            case Parsed.Bad<T> bad -> throw new MalformedException(bad.faults().getFirst());
        };
    }
}

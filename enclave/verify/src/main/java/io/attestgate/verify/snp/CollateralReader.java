package io.attestgate.verify.snp;

import static io.attestgate.verify.evidence.MalformedException.good;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.CertificateFiles;
import io.attestgate.wire.Parsed;

/**
 * Recognises AMD's collateral by what is in a file, whatever it is called: the answers of its key
 * distribution service (a key's certificate in DER, a chain in PEM, a revocation list in DER), and
 * a host's certificate table. One use, one thread.
 */
final class CollateralReader {
    private final CertificateFiles x509 = new CertificateFiles();

    Parsed<Collateral> read(Bundle bundle) {
        return bundle.readEach(this::file)
                .map(Parsed::<Collateral>bad)
                .orElseGet(() -> Parsed.good(read()));
    }

    /** What was read so far. */
    Collateral read() {
        return new Collateral(x509.certificates(), x509.crls());
    }

    /** A host's certificate table. */
    void table(byte[] bytes) throws MalformedException {
        for (Octets content : good(CertificateTable.parse(bytes)).entries().values()) {
            if (content.size() > 0) {
                x509.read(content.bytes());
            }
        }
    }

    private void file(byte[] bytes) throws MalformedException {
        if (CertificateTable.isLike(bytes)) {
            table(bytes);
        } else if (CertificateFiles.isLike(bytes)) {
            x509.read(bytes);
        }
    }
}

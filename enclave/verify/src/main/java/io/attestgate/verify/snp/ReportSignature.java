package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.P384;
import java.util.Optional;

/**
 * A report's signature (SEV-SNP Firmware ABI, 10.1, Format of an ECDSA P-384 Signature): two
 * little-endian numbers of 72 bytes, and 368 bytes that nobody signs and nobody reads.
 */
record ReportSignature(Octets r, Octets s) {
    private static final int NUMBER_BYTES = 72;
    private static final int P384_BYTES = P384.SIGNATURE_BYTES / 2;
    private static final int RESERVED_BYTES = 368;

    static ReportSignature take(ByteReader reader) throws MalformedException {
        Octets r = reader.octets("signature r", NUMBER_BYTES);
        Octets s = reader.octets("signature s", NUMBER_BYTES);
        reader.skip("signature reserved", RESERVED_BYTES);
        return new ReportSignature(r, s);
    }

    /** Big-endian {@code r || s}, as the JCA takes it; empty if a number is too large for P-384. */
    Optional<byte[]> p1363() {
        byte[] both = new byte[P384.SIGNATURE_BYTES];
        for (int i = 0; i < NUMBER_BYTES; i++) {
            if (i >= P384_BYTES && (r.at(i) | s.at(i)) != 0) {
                return Optional.empty();
            }
            if (i < P384_BYTES) {
                both[P384_BYTES - 1 - i] = (byte) r.at(i);
                both[2 * P384_BYTES - 1 - i] = (byte) s.at(i);
            }
        }
        return Optional.of(both);
    }
}

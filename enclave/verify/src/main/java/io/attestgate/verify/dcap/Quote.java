package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.wire.Parsed;
import java.util.Optional;

/**
 * A DCAP quote, taken apart and believed in nothing.
 *
 * @param version 3, 4 or 5
 * @param header the 48 bytes before the body
 * @param body what it is about
 * @param signed the bytes that the attestation key signs: header, for version 5 the body's header,
 *     and body
 * @param signature what signs it, and what vouches for that
 */
public record Quote(
        int version, QuoteHeader header, QuoteBody body, Octets signed, QuoteSignature signature) {
    /** Room for every known form with its padding: Google's has 8,000 bytes. */
    public static final int SIZE_BYTES_MAX = 64 * 1024;

    /** Reads a quote with zero bytes after it, or without. */
    public static Parsed<Quote> parse(byte[] bytes) {
        return QuoteReader.parse(bytes);
    }

    /** Whether these bytes begin as a quote does: version, key type and Intel's vendor id. */
    public static boolean isLike(byte[] bytes) {
        return QuoteHeader.isLike(bytes);
    }

    public Tee tee() {
        return body.tee();
    }

    /**
     * The platform's provisioning id, as the certificate in the quote has it, believed in nothing;
     * empty if the quote carries no chain of certificates.
     */
    public Optional<Octets> ppid() {
        try {
            return Optional.of(Pck.of(signature).platform().ppid());
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }
}

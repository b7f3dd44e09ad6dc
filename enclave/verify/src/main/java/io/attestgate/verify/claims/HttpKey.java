package io.attestgate.verify.claims;

import io.attestgate.wire.Base64Url;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/**
 * The key that signs HTTP messages (RFC 9421, {@code ecdsa-p256-sha256}): a point of P-256, as its
 * SubjectPublicKeyInfo in DER (RFC 5480 §2), which has one form only.
 */
public final class HttpKey {
    /** Algorithm id-ecPublicKey, curve secp256r1, then a bit string of an uncompressed point. */
    private static final byte[] PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private static final int SIZE_BYTES = PREFIX.length + 64;

    private final byte[] spki;

    private HttpKey(byte[] spki) {
        this.spki = spki;
    }

    /** Takes such a key's DER; anything else is our bug. */
    public static HttpKey of(byte[] spki) {
        return parse(spki)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "httpKey: %d bytes (expected: a P-256 SPKI)"
                                                .formatted(spki.length)));
    }

    /** Reads such a key's DER; empty unless it is a point of the curve in the one form. */
    public static Optional<HttpKey> parse(byte[] spki) {
        boolean formed =
                spki.length == SIZE_BYTES
                        && Arrays.equals(spki, 0, PREFIX.length, PREFIX, 0, PREFIX.length);
        return formed && onCurve(spki) ? Optional.of(new HttpKey(spki.clone())) : Optional.empty();
    }

    static Optional<HttpKey> parse(String base64) {
        return Base64Url.parse(base64).flatMap(HttpKey::parse);
    }

    private static boolean onCurve(byte[] spki) {
        byte[] point = Arrays.copyOfRange(spki, PREFIX.length - 1, spki.length);
        try {
            return !CustomNamedCurves.getByName("secp256r1")
                    .getCurve()
                    .decodePoint(point)
                    .isInfinity();
        } catch (IllegalArgumentException e) {
            return false; // decodePoint's word for a point elsewhere.
        }
    }

    /** A copy of the DER. */
    public byte[] spki() {
        return spki.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HttpKey key && Arrays.equals(spki, key.spki);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(spki);
    }

    /** The DER in base64url, as claims write it. */
    @Override
    public String toString() {
        return Base64Url.write(spki);
    }
}

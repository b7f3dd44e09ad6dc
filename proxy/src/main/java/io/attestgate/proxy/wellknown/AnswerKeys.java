package io.attestgate.proxy.wellknown;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.claims.HttpKey;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * The two keys that sign answers: secp256k1 for contracts, P-256 for HTTP (RFC 9421). Made anew at
 * each start, never written anywhere, and bound by the evidence from the first answer on.
 *
 * <p>The private halves lie in locked native memory. Making them takes arithmetic on the Java heap,
 * whose copies the collector clears when it likes.
 */
public final class AnswerKeys implements AutoCloseable {
    private static final int SCALAR_BYTES = 32;

    private final SecretMemory signingSecret;
    private final SecretMemory httpSecret;
    private final Address signingKey;
    private final HttpKey httpKey;

    private AnswerKeys(Pair signing, Pair http) {
        this.signingSecret = signing.secret();
        this.httpSecret = http.secret();
        this.signingKey = address(signing.point());
        this.httpKey = HttpKey.of(spki(http.point()));
    }

    /** A private half in native memory, and the point it leads to. */
    @SuppressWarnings("ArrayRecordComponent") // Taken apart by the constructor, never compared.
    private record Pair(SecretMemory secret, byte[] point) {}

    /** Makes both. */
    @MustBeClosed
    public static AnswerKeys make(SecureRandom random) {
        Pair signing = pair("secp256k1", random);
        return new AnswerKeys(signing, pair("secp256r1", random));
    }

    @SuppressWarnings("MustBeClosedChecker") // The keys own their secrets and close them.
    private static Pair pair(String curveName, SecureRandom random) {
        X9ECParameters curve = CustomNamedCurves.getByName(curveName);
        BigInteger scalar =
                BigIntegers.createRandomInRange(
                        BigInteger.ONE, curve.getN().subtract(BigInteger.ONE), random);
        ECPoint point = new FixedPointCombMultiplier().multiply(curve.getG(), scalar).normalize();
        byte[] secret = BigIntegers.asUnsignedByteArray(SCALAR_BYTES, scalar);
        return new Pair(SecretMemory.move(secret), point.getEncoded(false));
    }

    /** The last 20 bytes of keccak256 of both coordinates (Ethereum Yellow Paper, appendix F). */
    static Address address(byte[] point) {
        byte[] hash = Digests.keccak256(Arrays.copyOfRange(point, 1, point.length));
        return Address.of(Arrays.copyOfRange(hash, 12, hash.length));
    }

    private static byte[] spki(byte[] point) {
        ASN1ObjectIdentifier curve = SECObjectIdentifiers.secp256r1;
        try {
            return new SubjectPublicKeyInfo(
                            new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve),
                            point)
                    .getEncoded();
        } catch (IOException e) {
            throw new AssertionError("DER of a point", e);
        }
    }

    /** The account whose signature will be on answers for contracts. */
    public Address signingKey() {
        return signingKey;
    }

    /** The key whose signature will be on HTTP messages. */
    public HttpKey httpKey() {
        return httpKey;
    }

    /** Zeroes both private halves. A second call does nothing. */
    @Override
    public void close() {
        signingSecret.close();
        httpSecret.close();
    }

    /** The public halves alone: a secret has no text. */
    @Override
    public String toString() {
        return "AnswerKeys[" + signingKey + ", " + httpKey + "]";
    }
}

package io.attestgate.attest.dstack;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.verify.collateral.JsonFields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/**
 * A private key of secp256k1 as an agent hands it out: a scalar of 1 to the group's order less one,
 * 32 bytes.
 *
 * <p>It came as text in JSON. The bytes of the answer are zeroed; the {@code String} that its
 * reader makes of them, and the number that is checked, stay on the heap until the collector reuses
 * the place.
 */
final class AgentKey {
    static final int BYTES = 32;

    /** SEC 1 §2.3.3, compressed. */
    static final int PUBLIC_BYTES = 33;

    private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

    private final byte[] scalar;

    private AgentKey(byte[] scalar) {
        this.scalar = scalar;
    }

    /** Reads one from a member; the fault shows none of it. */
    static AgentKey of(JsonFields answer, String name) throws MalformedException {
        byte[] scalar =
                JsonFields.hex(answer.text(name))
                        .filter(AgentKey::isScalar)
                        .orElseThrow(() -> answer.fault(name, "32 bytes, a scalar of secp256k1"));
        return new AgentKey(scalar);
    }

    private static boolean isScalar(byte[] bytes) {
        BigInteger value = new BigInteger(1, bytes);
        return bytes.length == BYTES && value.signum() > 0 && value.compareTo(CURVE.getN()) < 0;
    }

    /** The public key that belongs to it, compressed. */
    Octets publicKey() {
        return Octets.of(CURVE.getG().multiply(new BigInteger(1, scalar)).getEncoded(true));
    }

    /** Zeroes it, where nobody is to have it. */
    void erase() {
        Arrays.fill(scalar, (byte) 0);
    }

    /** Moves it off the heap; afterwards this holds zeros. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // The result is the caller's to close.
    SecretMemory secret() {
        try {
            return SecretMemory.move(scalar);
        } finally {
            erase();
        }
    }
}

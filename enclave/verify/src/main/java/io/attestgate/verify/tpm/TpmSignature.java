package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.P384;
import io.attestgate.wire.Parsed;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Optional;

/**
 * A signature of a TPM (TPM 2.0 Part 2 §11.3.4, TPMT_SIGNATURE): RSASSA, RSAPSS or ECDSA. Others
 * are refused by their number, and so is every hash function but SHA-256 and SHA-384.
 *
 * @param hash with which the message was digested
 * @param first RSA's number, or {@code r}
 * @param second {@code s}; empty for RSA
 */
public record TpmSignature(Algorithm algorithm, TpmHash hash, Octets first, Octets second) {
    /** Several times the largest. */
    public static final int SIZE_BYTES_MAX = 2048;

    /** By their TPM_ALG_ID. */
    public enum Algorithm {
        RSASSA(0x0014),
        RSAPSS(0x0016),
        ECDSA(0x0018);

        private final int id;

        Algorithm(int id) {
            this.id = id;
        }

        int id() {
            return id;
        }

        private static Algorithm require(int id) throws MalformedException {
            for (Algorithm one : values()) {
                if (one.id == id) {
                    return one;
                }
            }
            throw new MalformedException(
                    "sigAlg", "TPM_ALG_ID 0x%04x".formatted(id), "RSASSA, RSAPSS or ECDSA");
        }
    }

    /** A bare RSA signature, of which somebody else says how it was made. */
    static TpmSignature rsa(Algorithm algorithm, TpmHash hash, byte[] number) {
        return new TpmSignature(algorithm, hash, Octets.of(number), Octets.of(new byte[0]));
    }

    /** Reads all of the bytes. */
    public static Parsed<TpmSignature> parse(byte[] bytes) {
        try {
            if (bytes.length > SIZE_BYTES_MAX) {
                throw new MalformedException(
                        "TPMT_SIGNATURE", bytes.length + " bytes", "at most 2 KiB");
            }
            ByteReader reader = ByteReader.bigEndian(bytes);
            Algorithm algorithm = Algorithm.require(reader.uint16("sigAlg"));
            TpmHash hash = TpmHash.require("signature hash", reader.uint16("signature hash"));
            Octets first = Octets.of(reader.bytes16("signature"));
            Octets second =
                    Octets.of(algorithm == Algorithm.ECDSA ? reader.bytes16("s") : new byte[0]);
            reader.end("TPMT_SIGNATURE");
            return Parsed.good(new TpmSignature(algorithm, hash, first, second));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    /** The bytes that {@link #parse} reads. */
    public byte[] toBytes() {
        boolean ec = algorithm == Algorithm.ECDSA;
        ByteBuffer bytes =
                ByteBuffer.allocate(6 + first.size() + (ec ? 2 + second.size() : 0))
                        .putShort((short) algorithm.id)
                        .putShort((short) hash.id())
                        .putShort((short) first.size())
                        .put(first.bytes());
        if (ec) {
            bytes.putShort((short) second.size()).put(second.bytes());
        }
        return bytes.array();
    }

    /** Whether it is that key's over the message. */
    boolean isOf(PublicKey key, Octets message) {
        return switch (algorithm) {
            case RSASSA -> key instanceof RSAPublicKey && isRsassa(key, message);
            case RSAPSS -> key instanceof RSAPublicKey rsa && isRsapss(rsa, message);
            case ECDSA -> EcCurve.of(key).filter(curve -> isEcdsa(curve, key, message)).isPresent();
        };
    }

    private boolean isRsassa(PublicKey key, Octets message) {
        return isSigned(hash.joined() + "withRSA", Optional.empty(), key, first.bytes(), message);
    }

    /**
     * The salt is as long as the digest (FIPS 186-5 §5.4), or as long as the key allows (Part 1
     * B.7): a TPM does one or the other, and the signature does not say.
     */
    private boolean isRsapss(RSAPublicKey key, Octets message) {
        int longest = (key.getModulus().bitLength() + 6) / Byte.SIZE - hash.sizeBytes() - 2;
        return List.of(hash.sizeBytes(), longest).stream()
                .map(salt -> pss(salt))
                .anyMatch(
                        pss ->
                                isSigned(
                                        "RSASSA-PSS",
                                        Optional.of(pss),
                                        key,
                                        first.bytes(),
                                        message));
    }

    private PSSParameterSpec pss(int saltBytes) {
        return new PSSParameterSpec(
                hash.algorithm(),
                "MGF1",
                new MGF1ParameterSpec(hash.algorithm()),
                saltBytes,
                PSSParameterSpec.TRAILER_FIELD_BC);
    }

    private boolean isEcdsa(EcCurve curve, PublicKey key, Octets message) {
        if (first.size() > curve.numberBytes() || second.size() > curve.numberBytes()) {
            return false;
        }
        byte[] both = new byte[2 * curve.numberBytes()];
        System.arraycopy(fixed(curve, first), 0, both, 0, curve.numberBytes());
        System.arraycopy(fixed(curve, second), 0, both, curve.numberBytes(), curve.numberBytes());
        if (curve == EcCurve.P384 && hash == TpmHash.SHA384) {
            return P384.isSigned(key, both, message); // Several times faster than the JDK's.
        }
        return isSigned(
                hash.joined() + "withECDSAinP1363Format", Optional.empty(), key, both, message);
    }

    private static byte[] fixed(EcCurve curve, Octets number) {
        return curve.fixed(new BigInteger(1, number.bytes()));
    }

    private static boolean isSigned(
            String algorithm,
            Optional<PSSParameterSpec> parameters,
            PublicKey key,
            byte[] signature,
            Octets message) {
        try {
            Signature verifier = Signature.getInstance(algorithm);
            if (parameters.isPresent()) {
                verifier.setParameter(parameters.get());
            }
            verifier.initVerify(key);
            verifier.update(message.bytes());
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false; // Such as an r of zero, or a number of another length.
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + algorithm, e);
        }
    }
}

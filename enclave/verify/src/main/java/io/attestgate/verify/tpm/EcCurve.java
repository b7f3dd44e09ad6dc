package io.attestgate.verify.tpm;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/** The curves whose keys count (TPM 2.0 Part 2 §6.4, TPM_ECC_CURVE). */
enum EcCurve {
    P256(0x0003, "secp256r1", 32),
    P384(0x0004, "secp384r1", 48);

    private final int id;
    private final String curve;
    private final int numberBytes;

    EcCurve(int id, String curve, int numberBytes) {
        this.id = id;
        this.curve = curve;
        this.numberBytes = numberBytes;
    }

    static Optional<EcCurve> of(int id) {
        return Arrays.stream(values()).filter(one -> one.id == id).findFirst();
    }

    static Optional<EcCurve> of(PublicKey key) {
        if (io.attestgate.verify.x509.P256.isP256(key)) {
            return Optional.of(P256);
        }
        return io.attestgate.verify.x509.P384.isP384(key) ? Optional.of(P384) : Optional.empty();
    }

    /** How many bytes a coordinate has. */
    int numberBytes() {
        return numberBytes;
    }

    /** The key of that point; empty if it is none of the curve. Not every provider checks it. */
    Optional<PublicKey> key(BigInteger x, BigInteger y) {
        try {
            X9ECParameters parameters = CustomNamedCurves.getByName(curve);
            ECPublicKeyParameters point =
                    new ECPublicKeyParameters(
                            parameters.getCurve().createPoint(x, y),
                            new ECDomainParameters(parameters));
            ECPoint checked =
                    new ECPoint(
                            point.getQ().getAffineXCoord().toBigInteger(),
                            point.getQ().getAffineYCoord().toBigInteger());
            return Optional.of(
                    KeyFactory.getInstance("EC")
                            .generatePublic(new ECPublicKeySpec(checked, parameters())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + curve, e);
        }
    }

    /** A number of a point, of this curve's size. */
    byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[numberBytes];
        int size = Math.min(bytes.length, numberBytes);
        System.arraycopy(bytes, bytes.length - size, fixed, numberBytes - size, size);
        return fixed;
    }

    /** The abscissa of a key of this curve. */
    byte[] x(PublicKey key) {
        return fixed(((ECPublicKey) key).getW().getAffineX());
    }

    byte[] y(PublicKey key) {
        return fixed(((ECPublicKey) key).getW().getAffineY());
    }

    KeyPair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + curve, e);
        }
    }

    /** The abscissa that both sides compute (SP 800-56A, ECC CDH). */
    byte[] agree(KeyPair own, PublicKey other) {
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(own.getPrivate());
            agreement.doPhase(other, true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("both are keys of " + curve, e);
        }
    }

    private ECParameterSpec parameters() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }
}

package io.attestgate.verify.testpki;

import static io.attestgate.verify.testpki.DcapQuote.concat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;

/**
 * A key in a TPM, played: its public area may be changed before {@link #area} writes it, and it
 * signs as its scheme says. One thread.
 */
public final class TpmKey {
    public static final int RSASSA = 0x0014;
    public static final int RSAPSS = 0x0016;
    public static final int ECDSA = 0x0018;
    public static final int SHA1 = 0x0004;
    public static final int SHA256 = 0x000b;
    public static final int SHA384 = 0x000c;
    public static final int NULL = 0x0010;

    /** Restricted, signing, made in this TPM and staying there. */
    public static final int ATTESTING = 0x00050072;

    /** Restricted, decrypting, made in this TPM and staying there: the default EK template. */
    public static final int ENDORSING = 0x000300b2;

    private static final KeyPair RSA_ATTESTING = rsa(2048);
    private static final KeyPair RSA_ENDORSING = rsa(2048);

    public final KeyPair keys;
    public final boolean decrypts;
    public int attributes;
    public int nameHash = SHA256;
    public int scheme;
    public int hash;
    public int symmetricBits = 128;

    /** Of RSAPSS. */
    public int saltBytes = 32;

    private TpmKey(KeyPair keys, boolean decrypts, int scheme, int hash) {
        this.keys = keys;
        this.decrypts = decrypts;
        this.attributes = decrypts ? ENDORSING : ATTESTING;
        this.scheme = scheme;
        this.hash = hash;
    }

    /** A key that signs quotes by RSASSA with SHA-256; the same for all who ask. */
    public static TpmKey attesting() {
        return new TpmKey(RSA_ATTESTING, false, RSASSA, SHA256);
    }

    /** A key that signs quotes on {@code secp256r1} or {@code secp384r1}. */
    public static TpmKey attesting(String curve, int hash) {
        return new TpmKey(ec(curve), false, ECDSA, hash);
    }

    /** An EK of RSA. */
    public static TpmKey endorsing() {
        return new TpmKey(RSA_ENDORSING, true, NULL, 0);
    }

    /** An EK of RSA with so many bits. */
    public static TpmKey endorsing(int bits) {
        return new TpmKey(rsa(bits), true, NULL, 0);
    }

    /** An EK on that curve. */
    public static TpmKey endorsing(String curve) {
        return new TpmKey(ec(curve), true, NULL, 0);
    }

    public static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair ec(String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The TPMT_PUBLIC. */
    public byte[] area() {
        boolean rsa = keys.getPublic() instanceof RSAPublicKey;
        byte[] head =
                concat(
                        uint16(rsa ? 0x0001 : 0x0023),
                        uint16(nameHash),
                        uint32(attributes),
                        sized(new byte[0]),
                        decrypts
                                ? concat(uint16(0x0006), uint16(symmetricBits), uint16(0x0043))
                                : uint16(NULL),
                        scheme == NULL ? uint16(NULL) : concat(uint16(scheme), uint16(hash)));
        return concat(head, rsa ? rsaNumbers() : ecNumbers());
    }

    private byte[] rsaNumbers() {
        BigInteger modulus = ((RSAPublicKey) keys.getPublic()).getModulus();
        return concat(
                uint16(modulus.bitLength()),
                uint32(0),
                sized(fixed(modulus, modulus.bitLength() / 8)));
    }

    private byte[] ecNumbers() {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        int size = numberBytes();
        return concat(
                uint16(size == 32 ? 3 : 4),
                uint16(NULL),
                sized(fixed(key.getW().getAffineX(), size)),
                sized(fixed(key.getW().getAffineY(), size)));
    }

    private int numberBytes() {
        return ((ECPublicKey) keys.getPublic()).getParams().getCurve().getField().getFieldSize()
                / 8;
    }

    /** The Name. */
    public byte[] name() {
        return concat(uint16(nameHash), digest(nameHash, area()));
    }

    /** The TPMT_SIGNATURE over a message. */
    public byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance(algorithm());
            if (scheme == RSAPSS) {
                String name = jca(hash);
                signer.setParameter(
                        new PSSParameterSpec(
                                name, "MGF1", new MGF1ParameterSpec(name), saltBytes, 1));
            }
            signer.initSign(keys.getPrivate());
            signer.update(message);
            byte[] signature = signer.sign();
            byte[] head = concat(uint16(scheme), uint16(hash));
            if (scheme != ECDSA) {
                return concat(head, sized(signature));
            }
            int half = signature.length / 2;
            return concat(
                    head,
                    sized(Arrays.copyOf(signature, half)),
                    sized(Arrays.copyOfRange(signature, half, signature.length)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String algorithm() {
        String digest = jca(hash).replace("-", "");
        return switch (scheme) {
            case RSAPSS -> "RSASSA-PSS";
            case ECDSA -> digest + "withECDSAinP1363Format";
            default -> digest + "withRSA";
        };
    }

    static byte[] digest(int hash, byte[] bytes) {
        try {
            return MessageDigest.getInstance(jca(hash)).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static String jca(int hash) {
        return switch (hash) {
            case SHA1 -> "SHA-1";
            case SHA384 -> "SHA-384";
            default -> "SHA-256";
        };
    }

    static byte[] fixed(BigInteger number, int size) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[size];
        int count = Math.min(bytes.length, size);
        System.arraycopy(bytes, bytes.length - count, fixed, size - count, count);
        return fixed;
    }

    /** A TPM2B: its size, and itself. */
    static byte[] sized(byte[] bytes) {
        return concat(uint16(bytes.length), bytes);
    }

    static byte[] uint16(int value) {
        return ByteBuffer.allocate(2).putShort((short) value).array();
    }

    static byte[] uint32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    static byte[] joined(Iterable<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}

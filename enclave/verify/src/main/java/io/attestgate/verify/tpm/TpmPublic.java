package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Parsed;
import java.math.BigInteger;
import java.security.PublicKey;
import java.util.Optional;

/**
 * The public area of a key in a TPM (TPM 2.0 Part 2 §12.2.4, TPMT_PUBLIC): RSA or ECC.
 *
 * @param bytes all of it, whose digest is in the Name
 * @param nameHash the hash function of its Name
 * @param attributes what the TPM lets be done with it (§8.3, TPMA_OBJECT)
 * @param symmetric of a key that is a parent or an EK
 * @param scheme how it signs or decrypts, if it may do so in one way alone
 * @param key its numbers
 */
public record TpmPublic(
        Octets bytes,
        TpmHash nameHash,
        long attributes,
        Optional<Symmetric> symmetric,
        Optional<Scheme> scheme,
        PublicKey key) {
    /** Several times the largest. */
    public static final int SIZE_BYTES_MAX = 2048;

    static final int TYPE_RSA = 0x0001;
    static final int TYPE_ECC = 0x0023;

    static final long FIXED_TPM = 1 << 1;
    static final long FIXED_PARENT = 1 << 4;
    static final long SENSITIVE_DATA_ORIGIN = 1 << 5;
    static final long RESTRICTED = 1 << 16;
    static final long DECRYPT = 1 << 17;
    static final long SIGN = 1 << 18;

    private static final int ALG_NULL = 0x0010;
    private static final int ALG_AES = 0x0006;
    private static final int ALG_CFB = 0x0043;
    private static final int ALG_RSAES = 0x0015;
    private static final int ALG_ECDAA = 0x001a;
    private static final long EXPONENT = 65537;
    private static final String NAME = "TPMT_PUBLIC";

    /** AES in CFB mode, with keys of 128 or 256 bits. */
    public record Symmetric(int keyBits) {}

    /** An algorithm and its hash function, by their TPM_ALG_IDs; 0 where it has none. */
    public record Scheme(int algorithm, int hash) {}

    /** Reads all of the bytes. */
    public static Parsed<TpmPublic> parse(byte[] bytes) {
        try {
            if (bytes.length > SIZE_BYTES_MAX) {
                throw new MalformedException(NAME, bytes.length + " bytes", "at most 2 KiB");
            }
            return Parsed.good(read(bytes));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private static TpmPublic read(byte[] bytes) throws MalformedException {
        ByteReader reader = ByteReader.bigEndian(bytes);
        int type = reader.uint16("type");
        if (type != TYPE_RSA && type != TYPE_ECC) {
            throw new MalformedException("type", TpmHash.hex(type), "0x0001 RSA or 0x0023 ECC");
        }
        TpmHash nameHash = TpmHash.require("nameAlg", reader.uint16("nameAlg"));
        long attributes = reader.uint32("objectAttributes");
        reader.skip("authPolicy", reader.uint16("authPolicy size"));
        Optional<Symmetric> symmetric = symmetric(reader);
        Optional<Scheme> scheme = scheme(reader);
        PublicKey key = type == TYPE_RSA ? rsa(reader) : ecc(reader);
        reader.end(NAME);
        return new TpmPublic(Octets.of(bytes), nameHash, attributes, symmetric, scheme, key);
    }

    /** §11.1.7, TPMT_SYM_DEF_OBJECT. */
    private static Optional<Symmetric> symmetric(ByteReader reader) throws MalformedException {
        int algorithm = reader.uint16("symmetric");
        if (algorithm == ALG_NULL) {
            return Optional.empty();
        }
        int keyBits = reader.uint16("symmetric keyBits");
        int mode = reader.uint16("symmetric mode");
        if (algorithm != ALG_AES || mode != ALG_CFB || (keyBits != 128 && keyBits != 256)) {
            throw new MalformedException(
                    "symmetric",
                    "%s of %d bits".formatted(TpmHash.hex(algorithm), keyBits),
                    "none, or AES of 128 or 256 bits in CFB mode");
        }
        return Optional.of(new Symmetric(keyBits));
    }

    /** §11.2.4.2 and §11.2.5.6, TPMT_RSA_SCHEME and TPMT_ECC_SCHEME. */
    private static Optional<Scheme> scheme(ByteReader reader) throws MalformedException {
        int algorithm = reader.uint16("scheme");
        if (algorithm == ALG_NULL) {
            return Optional.empty();
        }
        int hash = algorithm == ALG_RSAES ? 0 : reader.uint16("scheme hash");
        if (algorithm == ALG_ECDAA) {
            reader.skip("scheme count", Short.BYTES);
        }
        return Optional.of(new Scheme(algorithm, hash));
    }

    private static PublicKey rsa(ByteReader reader) throws MalformedException {
        int bits = reader.uint16("keyBits");
        long exponent = reader.uint32("exponent");
        BigInteger modulus = new BigInteger(1, reader.bytes16("modulus"));
        return Optional.of(modulus)
                .filter(is -> is.bitLength() == bits)
                .flatMap(
                        is -> Keys.rsa(is, BigInteger.valueOf(exponent == 0 ? EXPONENT : exponent)))
                .orElseThrow(
                        () ->
                                new MalformedException(
                                        "RSA key",
                                        "%d bits, exponent %d".formatted(bits, exponent),
                                        "2048 to 4096 bits, and an odd exponent"));
    }

    private static PublicKey ecc(ByteReader reader) throws MalformedException {
        int id = reader.uint16("curve");
        EcCurve curve =
                EcCurve.of(id)
                        .orElseThrow(
                                () ->
                                        new MalformedException(
                                                "curve",
                                                "0x%04x".formatted(id),
                                                "0x0003 P-256 or 0x0004 P-384"));
        if (reader.uint16("kdf") != ALG_NULL) {
            reader.skip("kdf hash", Short.BYTES);
        }
        BigInteger x = new BigInteger(1, reader.bytes16("x"));
        BigInteger y = new BigInteger(1, reader.bytes16("y"));
        return curve.key(x, y)
                .orElseThrow(
                        () -> new MalformedException("ECC key", "another point", "of " + curve));
    }

    /** What names it everywhere: its hash function's id and its digest (Part 1 §16). */
    public Octets name() {
        byte[] digest = nameHash.digest(bytes).bytes();
        byte[] name = new byte[Short.BYTES + digest.length];
        name[0] = (byte) (nameHash.id() >> Byte.SIZE);
        name[1] = (byte) nameHash.id();
        System.arraycopy(digest, 0, name, Short.BYTES, digest.length);
        return Octets.of(name);
    }

    /** Whether all of these are set and none of those. */
    boolean has(long set, long clear) {
        return (attributes & set) == set && (attributes & clear) == 0;
    }
}

package io.attestgate.attest.tpm;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A P-256 key's public area (TPMT_PUBLIC, Part 2 §12.2.4): what it is for and, once the TPM has
 * filled it in, its point.
 *
 * @param template everything before the point; taken, not copied
 * @param x of at most 32 bytes; taken, not copied
 * @param y of at most 32 bytes; taken, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by name.
record EccPublic(byte[] template, byte[] x, byte[] y) {
    static final int COORDINATE_BYTES = 32;

    private static final int FIXED_TPM = 1 << 1;
    private static final int FIXED_PARENT = 1 << 4;
    private static final int SENSITIVE_DATA_ORIGIN = 1 << 5;
    private static final int USER_WITH_AUTH = 1 << 6;
    private static final int ADMIN_WITH_POLICY = 1 << 7;
    private static final int NO_DA = 1 << 10;
    private static final int RESTRICTED = 1 << 16;
    private static final int DECRYPT = 1 << 17;
    private static final int SIGN = 1 << 18;
    private static final int MADE_HERE = FIXED_TPM | FIXED_PARENT | SENSITIVE_DATA_ORIGIN;
    private static final int AES_KEY_BITS = 128;

    /** PolicySecret of the endorsement hierarchy (TCG EK Credential Profile 2.5, B.3.3). */
    private static final byte[] POLICY_OF_ENDORSEMENT =
            HexFormat.of()
                    .parseHex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");

    /** The endorsement key: template L-2 of the TCG EK Credential Profile 2.5, B.3.4. */
    static EccPublic endorsement() {
        return unmade(
                MADE_HERE | ADMIN_WITH_POLICY | RESTRICTED | DECRYPT,
                POLICY_OF_ENDORSEMENT,
                storage());
    }

    /** The storage key: template of the TCG Provisioning Guidance 1.0, 7.5.1. */
    static EccPublic storageRoot() {
        return unmade(
                MADE_HERE | USER_WITH_AUTH | NO_DA | RESTRICTED | DECRYPT, new byte[0], storage());
    }

    /** The attestation key: it signs what the TPM says, by ECDSA with SHA-256, and nothing else. */
    static EccPublic attestation() {
        return unmade(
                MADE_HERE | USER_WITH_AUTH | NO_DA | RESTRICTED | SIGN,
                new byte[0],
                new TpmWriter()
                        .uint16(Tpms.ALG_NULL)
                        .uint16(Tpms.ALG_ECDSA)
                        .uint16(Tpms.ALG_SHA256));
    }

    /** A key outside the TPM, whose signatures it is to verify. */
    static EccPublic external(byte[] x, byte[] y) {
        TpmWriter parameters = new TpmWriter().uint16(Tpms.ALG_NULL).uint16(Tpms.ALG_NULL);
        return new EccPublic(template(SIGN | USER_WITH_AUTH, new byte[0], parameters), x, y);
    }

    private static EccPublic unmade(int attributes, byte[] policy, TpmWriter parameters) {
        byte[] zero = new byte[COORDINATE_BYTES];
        return new EccPublic(template(attributes, policy, parameters), zero, zero);
    }

    private static byte[] template(int attributes, byte[] policy, TpmWriter parameters) {
        return new TpmWriter()
                .uint16(Tpms.ALG_ECC)
                .uint16(Tpms.ALG_SHA256)
                .uint32(attributes)
                .sized(policy)
                .bytes(parameters.toBytes())
                .uint16(Tpms.ECC_NIST_P256)
                .uint16(Tpms.ALG_NULL)
                .toBytes();
    }

    /** AES-128 in CFB mode, and no signing scheme. */
    private static TpmWriter storage() {
        return new TpmWriter()
                .uint16(Tpms.ALG_AES)
                .uint16(AES_KEY_BITS)
                .uint16(Tpms.ALG_CFB)
                .uint16(Tpms.ALG_NULL);
    }

    /**
     * The key that was made from this template.
     *
     * @param publicArea TPMT_PUBLIC as the TPM gave it
     * @throws TpmException if it is of another template, or has no point of 32 bytes each
     */
    EccPublic made(byte[] publicArea) throws TpmException {
        TpmReader reader = TpmReader.of("public area", publicArea);
        byte[] found = reader.bytes("template", template.length);
        if (!Arrays.equals(found, template)) {
            throw reader.malformed("another template", "the one that was asked for");
        }
        EccPublic made = new EccPublic(template, coordinate(reader, "x"), coordinate(reader, "y"));
        reader.end();
        return made;
    }

    /** As found, since the name is over it: some TPMs leave out leading zero bytes. */
    private static byte[] coordinate(TpmReader reader, String field) throws TpmException {
        byte[] found = reader.sized(field);
        if (found.length == 0 || found.length > COORDINATE_BYTES) {
            throw reader.malformed(
                    "%d bytes of %s".formatted(found.length, field),
                    "1 to %d bytes".formatted(COORDINATE_BYTES));
        }
        return found;
    }

    /** {@code x || y} of 32 bytes each. */
    byte[] point() {
        byte[] point = new byte[2 * COORDINATE_BYTES];
        System.arraycopy(x, 0, point, COORDINATE_BYTES - x.length, x.length);
        System.arraycopy(y, 0, point, point.length - y.length, y.length);
        return point;
    }

    /** TPMT_PUBLIC. */
    byte[] toBytes() {
        return new TpmWriter().bytes(template).sized(x).sized(y).toBytes();
    }

    TpmName name() {
        return TpmName.of(toBytes());
    }
}

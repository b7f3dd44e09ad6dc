package io.attestgate.verify.testpki;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A quote to be made: every field may be changed before {@link #make} signs it as Intel's quoting
 * enclave would. One thread.
 */
public final class DcapQuote {
    public static final int SGX = 1;
    public static final int TD_1_0 = 2;
    public static final int TD_1_5 = 3;
    public static final int TD_1_5_EX = 4;

    public static final int TD_ATTRIBUTES = 120;
    public static final int TD_REPORT_DATA = 520;
    public static final int TD_TEE_TCB_SVN_2 = 584;
    public static final int TD_SEAM_SIGNER = 64;
    public static final int SGX_ATTRIBUTES = 48;
    public static final int SGX_MR_SIGNER = 128;
    public static final int SGX_ISV_SVN = 258;
    public static final int SGX_REPORT_DATA = 320;

    /** What {@link DcapCollateral} says of Intel's quoting enclave. */
    public static final int QE_ISV_SVN = 4;

    private static final int QE_SIZE_BYTES = 384;
    private static final byte[] VENDOR =
            HexFormat.of().parseHex("939a7233f79c4ca9940a0db3957f0607");

    public final DcapPki pki;
    public final int version;
    public final int bodyType;
    public final byte[] body;
    public final byte[] qeReport = new byte[QE_SIZE_BYTES];
    public byte[] qeAuthData = new byte[32];
    public int certificationType = 5;
    public byte[] certificationData;
    public byte[] padding = new byte[0];
    public KeyPair attestationKey = TestAuthority.newKeys();

    /** The key that really signs; another than the attestation key makes a forgery. */
    public KeyPair signingKey = attestationKey;

    public TestAuthority qeSigner;

    private DcapQuote(DcapPki pki, int version, int bodyType) {
        this.pki = pki;
        this.version = version;
        this.bodyType = bodyType;
        this.body =
                new byte
                        [switch (bodyType) {
                            case SGX -> 384;
                            case TD_1_0 -> 584;
                            case TD_1_5 -> 648;
                            default -> 885;
                        }];
        this.certificationData = pki.chain();
        this.qeSigner = pki.pck();
        qeReport[SGX_ATTRIBUTES] = 0x11;
        qeReport[SGX_ISV_SVN] = QE_ISV_SVN;
    }

    /** A good quote: production, all SVNs {@link DcapPki#SVN}, module of major 1. */
    public static DcapQuote of(DcapPki pki, int version, int bodyType) {
        DcapQuote quote = new DcapQuote(pki, version, bodyType);
        if (bodyType == SGX) {
            quote.body[SGX_ATTRIBUTES] = 0x05;
        } else {
            quote.teeTcbSvn(0, DcapPki.SVN, 1, DcapPki.SVN);
            if (bodyType != TD_1_0) {
                quote.teeTcbSvn(TD_TEE_TCB_SVN_2, DcapPki.SVN, 1, DcapPki.SVN);
            }
        }
        return quote;
    }

    /** Sets the SVNs at that offset: the module's minor and major, and all others. */
    public DcapQuote teeTcbSvn(int offset, int minor, int major, int others) {
        Arrays.fill(body, offset, offset + 16, (byte) others);
        body[offset] = (byte) minor;
        body[offset + 1] = (byte) major;
        return this;
    }

    public DcapQuote reportData(byte[] data) {
        int offset = bodyType == SGX ? SGX_REPORT_DATA : TD_REPORT_DATA;
        System.arraycopy(data, 0, body, offset, data.length);
        return this;
    }

    /** The quote's bytes, signed. */
    public byte[] make() {
        byte[] key = raw(attestationKey);
        byte[] bound = sha256(concat(key, qeAuthData));
        System.arraycopy(bound, 0, qeReport, SGX_REPORT_DATA, bound.length);
        byte[] signed = concat(header(), version == 5 ? bodyHeader() : new byte[0], body);
        byte[] inner =
                concat(
                        qeReport,
                        qeSigner.sign(qeReport),
                        uint16(qeAuthData.length),
                        qeAuthData,
                        uint16(certificationType),
                        uint32(certificationData.length),
                        certificationData);
        byte[] nested = version == 3 ? inner : concat(uint16(6), uint32(inner.length), inner);
        byte[] signature = concat(TestAuthority.sign(signingKey.getPrivate(), signed), key, nested);
        return concat(signed, uint32(signature.length), signature, padding);
    }

    private byte[] header() {
        return concat(
                uint16(version),
                uint16(2),
                uint32(bodyType == SGX ? 0 : 0x81),
                new byte[4],
                VENDOR,
                new byte[20]);
    }

    private byte[] bodyHeader() {
        return concat(uint16(bodyType), uint32(body.length));
    }

    private static byte[] raw(KeyPair keys) {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        return concat(number(key.getW().getAffineX()), number(key.getW().getAffineY()));
    }

    private static byte[] number(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[32];
        int size = Math.min(bytes.length, fixed.length);
        System.arraycopy(bytes, bytes.length - size, fixed, fixed.length - size, size);
        return fixed;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] uint16(int value) {
        return ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) value)
                .array();
    }

    private static byte[] uint32(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }

    /** These, one after the other. */
    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

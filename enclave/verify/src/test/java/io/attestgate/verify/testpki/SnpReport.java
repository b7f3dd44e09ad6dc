package io.attestgate.verify.testpki;

import io.attestgate.verify.x509.Certificates;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An attestation report to be made: every byte of its signed part may be changed before {@link
 * #make} signs it as the secure processor would. One thread.
 */
public final class SnpReport {
    public static final int POLICY = 0x8;
    public static final int VMPL = 0x30;
    public static final int ALGORITHM = 0x34;
    public static final int CURRENT_TCB = 0x38;
    public static final int FLAGS = 0x48;
    public static final int REPORT_DATA = 0x50;
    public static final int MEASUREMENT = 0x90;
    public static final int HOST_DATA = 0xc0;
    public static final int AUTHOR_KEY_DIGEST = 0x110;
    public static final int REPORTED_TCB = 0x180;
    public static final int CPUID = 0x188;
    public static final int CHIP_ID = 0x1a0;
    public static final int COMMITTED_TCB = 0x1e0;
    public static final int LAUNCH_TCB = 0x1f0;
    public static final int SIGNATURE = 0x2a0;

    public static final int SIZE_BYTES = 1184;
    public static final String PROVIDER = "CN=test.example";

    /** Bit 17, which is always set. */
    public static final int POLICY_PLAIN = 0x20000;

    private static final int NUMBER_BYTES = 72;
    private static final int P384_BYTES = 48;

    public final SnpPki pki;
    public final byte[] bytes = new byte[SIZE_BYTES];

    /** The TCB that the report names, in the product's layout. */
    public final byte[] tcb;

    /** What follows the report. */
    public byte[] after = new byte[0];

    private SnpReport(SnpPki pki, int version) {
        this.pki = pki;
        this.tcb =
                pki.product().equals(SnpPki.TURIN)
                        ? new byte[] {1, 2, 3, 4, 0, 0, 0, 70}
                        : new byte[] {2, 3, 0, 0, 0, 0, 4, (byte) 209};
        put32(0, version);
        put32(POLICY, POLICY_PLAIN);
        put32(ALGORITHM, 1);
        for (int at : new int[] {CURRENT_TCB, REPORTED_TCB, COMMITTED_TCB, LAUNCH_TCB}) {
            put(at, tcb);
        }
        if (version > 2) {
            put(CPUID, cpuid(pki.product()));
        }
        put(CHIP_ID, hardwareId());
    }

    /** A report that every policy with floors at its TCB accepts, by a chip's own key. */
    public static SnpReport of(SnpPki pki, int version) {
        return new SnpReport(pki, version);
    }

    private static byte[] cpuid(String product) {
        return HexFormat.of()
                .parseHex(
                        switch (product) {
                            case "Milan" -> "190101";
                            case "Genoa" -> "191101";
                            default -> "1a0200";
                        });
    }

    /** The chip's id: Turin's has 8 bytes. */
    public byte[] hardwareId() {
        byte[] id = new byte[pki.product().equals(SnpPki.TURIN) ? 8 : 64];
        Arrays.fill(id, (byte) 7);
        return id;
    }

    public SnpReport put(int at, byte... value) {
        System.arraycopy(value, 0, bytes, at, value.length);
        return this;
    }

    public SnpReport put32(int at, int value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        return this;
    }

    /** Says that the provider's key signed it, and masks the chip. */
    public SnpReport loaded() {
        return put32(FLAGS, 1 << 2).put(CHIP_ID, new byte[64]);
    }

    /** The certificate of the key that signs this: the chip's. */
    public SnpPki.Vek vcek() {
        return pki.vcek(tcb, hardwareId());
    }

    /** The certificate of the key that signs this: the provider's. */
    public SnpPki.Vek vlek() {
        return pki.vlek(tcb, PROVIDER);
    }

    /** Signed by that key. */
    public byte[] make(KeyPair key) {
        byte[] signature = sign(key, Arrays.copyOf(bytes, SIGNATURE));
        for (int i = 0; i < P384_BYTES; i++) {
            bytes[SIGNATURE + i] = signature[P384_BYTES - 1 - i];
            bytes[SIGNATURE + NUMBER_BYTES + i] = signature[2 * P384_BYTES - 1 - i];
        }
        return DcapQuote.concat(bytes, after);
    }

    /** A certificate table of the key, its authority and the root, as a host gives it. */
    public static byte[] table(SnpPki pki, SnpPki.Vek vek) {
        byte[][] contents = {
            Certificates.der(vek.certificate()), SnpPki.pem(pki.ask()), SnpPki.pem(pki.ark())
        };
        String[] guids = {
            "63da758de6644564adc5f4b93be8accd",
            "4ab7b379bbac4fe4a02f05aef327c782",
            "c0b406a4a803495297433fb6014cd0ae"
        };
        int at = (guids.length + 1) * 24;
        ByteBuffer head = ByteBuffer.allocate(at).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < guids.length; i++) {
            head.put(HexFormat.of().parseHex(guids[i])).putInt(at).putInt(contents[i].length);
            at += contents[i].length;
        }
        return DcapQuote.concat(
                head.array(), DcapQuote.concat(contents[0], contents[1], contents[2]));
    }

    private static byte[] sign(KeyPair key, byte[] message) {
        try {
            Signature signer = Signature.getInstance("SHA384withECDSAinP1363Format");
            signer.initSign(key.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

package io.attestgate.verify.testpki;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/** A report in the true format, whose every byte a test may choose. */
public final class NvidiaReport {
    public static final int REQUEST_BYTES = 37;
    public static final int MEASUREMENTS = 64;
    public static final int DRIVER_VERSION = 3;
    public static final int VBIOS_VERSION = 6;
    public static final int NVDEC0_STATUS = 11;
    public static final int FWID = 20;
    public static final int PROTECTED_PCIE_STATUS = 21;
    public static final int VERSION = 34;
    public static final int CHIP_INFO = 35;
    public static final int FEATURE_FLAG = 36;
    public static final String DRIVER = "590.48.01";
    public static final String VBIOS = "97.00.D9.00.35";
    public static final String BOARD = "G525_0220_886";

    /** The request, from its version to its slot. */
    public final byte[] request = new byte[REQUEST_BYTES];

    /** Version, code, parameter, slot. */
    public final byte[] response = {0x11, 0x60, 0, 0};

    /** By index from 1. */
    public final SortedMap<Integer, byte[]> measurements = new TreeMap<>();

    public final SortedMap<Integer, byte[]> opaque = new TreeMap<>();

    /** How many blocks it says that it has. */
    public int blocks = MEASUREMENTS;

    private NvidiaReport() {}

    /** Of that firmware, in single passthrough, every measurement its index in 48 bytes. */
    public static NvidiaReport of(byte[] fwid, byte[] nonce) {
        NvidiaReport report = new NvidiaReport();
        report.request[0] = 0x11;
        report.request[1] = (byte) 0xe0;
        report.request[2] = 1;
        report.request[3] = (byte) 0xff;
        System.arraycopy(nonce, 0, report.request, 4, nonce.length);
        for (int i = 1; i <= MEASUREMENTS; i++) {
            report.measurements.put(i, value(i - 1));
        }
        report.opaque.put(DRIVER_VERSION, text(DRIVER));
        report.opaque.put(
                VBIOS_VERSION, new byte[] {0, (byte) 0xd9, 0, (byte) 0x97, 0x35, 0, 0, 0});
        report.opaque.put(NVDEC0_STATUS, new byte[] {(byte) 0xaa});
        report.opaque.put(15, Arrays.copyOf(text("886"), 9));
        report.opaque.put(17, text("G525"));
        report.opaque.put(18, text("0220"));
        report.opaque.put(FWID, fwid.clone());
        report.opaque.put(VERSION, new byte[] {1, 0});
        report.opaque.put(FEATURE_FLAG, new byte[2]);
        return report;
    }

    /** What measurement {@code index}, from 0, is unless a test says otherwise. */
    public static byte[] value(int index) {
        byte[] value = new byte[48];
        Arrays.fill(value, (byte) (index + 1));
        return value;
    }

    /** Text as a field has it, with a zero byte. */
    public static byte[] text(String text) {
        return (text + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    /** Request and response without their signature. */
    public byte[] unsigned() {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        measurements.forEach(
                (index, value) -> {
                    record.writeBytes(new byte[] {(byte) (int) index, 1});
                    record.writeBytes(uint16(value.length + 3));
                    record.write(1);
                    record.writeBytes(uint16(value.length));
                    record.writeBytes(value);
                });
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        opaque.forEach(
                (number, value) -> {
                    fields.writeBytes(uint16(number));
                    fields.writeBytes(uint16(value.length));
                    fields.writeBytes(value);
                });
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(request);
        all.writeBytes(response);
        all.write(blocks);
        all.writeBytes(uint16(record.size() & 0xffff));
        all.write(record.size() >> 16);
        all.writeBytes(record.toByteArray());
        all.writeBytes(new byte[32]);
        all.writeBytes(uint16(fields.size()));
        all.writeBytes(fields.toByteArray());
        return all.toByteArray();
    }

    /** The whole report, signed by that key. */
    public byte[] make(PrivateKey key) {
        byte[] unsigned = unsigned();
        try {
            Signature signer = Signature.getInstance("SHA384withECDSAinP1363Format");
            signer.initSign(key);
            signer.update(unsigned);
            return DcapQuote.concat(unsigned, signer.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] uint16(int value) {
        return ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) value)
                .array();
    }
}

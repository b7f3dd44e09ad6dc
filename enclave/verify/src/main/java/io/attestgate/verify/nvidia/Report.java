package io.attestgate.verify.nvidia;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.P384;
import io.attestgate.wire.Parsed;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a GPU signed: the request that it was asked with, of 37 bytes, and its answer (DMTF DSP0274
 * 1.1, GET_MEASUREMENTS and MEASUREMENTS). Numbers are little-endian.
 *
 * <pre>
 * request    version 0x11, code 0xe0, attributes 1, operation 0xff, nonce 32, slot 1
 * response   version 0x11, code 0x60, 0, slot, blocks 1, size of the record 3, the record,
 *            nonce 32, size of the opaque data 2, the opaque data
 * signature  r || s of 48 bytes each: ECDSA P-384, SHA-384, over request and response
 * </pre>
 *
 * Zero bytes after the signature are a buffer's and say nothing.
 */
public final class Report {
    /** 254 blocks of 55 bytes, opaque data, and room for a buffer's zero bytes. */
    public static final int SIZE_BYTES_MAX = 64 * 1024;

    /** The request's nonce. */
    public static final int NONCE_BYTES = 32;

    static final int REQUEST_BYTES = 37;

    private static final int VERSION_1_1 = 0x11;
    private static final int GET_MEASUREMENTS = 0xe0;
    private static final int MEASUREMENTS = 0x60;
    private static final int SIGNED = 1;
    private static final int ALL = 0xff;
    private static final int SLOT_MAX = 7;
    private static final int DMTF = 1;
    private static final int DMTF_HEADER_BYTES = 3;

    /** DSP0274 1.1: no opaque data is longer. */
    private static final int OPAQUE_BYTES_MAX = 1024;

    private final Octets nonce;
    private final Octets record;
    private final SortedMap<Integer, Octets> measurements;
    private final OpaqueData opaque;
    private final Octets signed;
    private final Octets signature;
    private final Said said;

    /** What the opaque data says of the device, where it says it. */
    record Said(
            Mode mode,
            Optional<String> driverVersion,
            Optional<String> vbiosVersion,
            Optional<String> board,
            Optional<String> chip) {
        static Said of(OpaqueData opaque) throws MalformedException {
            return new Said(
                    Mode.of(opaque),
                    opaque.text(OpaqueData.DRIVER_VERSION),
                    opaque.vbiosVersion(),
                    opaque.board(),
                    opaque.text(OpaqueData.CHIP_INFO));
        }
    }

    private Report(
            Octets nonce,
            Octets record,
            SortedMap<Integer, Octets> measurements,
            OpaqueData opaque,
            Octets signed,
            Octets signature)
            throws MalformedException {
        this.nonce = nonce;
        this.record = record;
        this.measurements = Collections.unmodifiableSortedMap(measurements);
        this.opaque = opaque;
        this.signed = signed;
        this.signature = signature;
        this.said = Said.of(opaque);
    }

    /** Whether bytes begin as a report does; that they are sound is not said. */
    static boolean isLike(byte[] bytes) {
        return bytes.length > REQUEST_BYTES + 1
                && bytes[0] == VERSION_1_1
                && Byte.toUnsignedInt(bytes[1]) == GET_MEASUREMENTS
                && bytes[REQUEST_BYTES] == VERSION_1_1
                && bytes[REQUEST_BYTES + 1] == MEASUREMENTS;
    }

    /** Reads all of the bytes. */
    public static Parsed<Report> parse(byte[] bytes) {
        try {
            if (bytes.length > SIZE_BYTES_MAX) {
                throw new MalformedException("report", bytes.length + " bytes", "at most 64 KiB");
            }
            return Parsed.good(read(bytes, ByteReader.of(bytes)));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private static Report read(byte[] bytes, ByteReader reader) throws MalformedException {
        is("request version", reader.uint8("request version"), VERSION_1_1);
        is("request code", reader.uint8("request code"), GET_MEASUREMENTS);
        is("request attributes", reader.uint8("request attributes"), SIGNED);
        is("request operation", reader.uint8("request operation"), ALL);
        Octets nonce = reader.octets("nonce", NONCE_BYTES);
        int slot = reader.uint8("slot");
        if (slot > SLOT_MAX) {
            throw new MalformedException("slot", Integer.toString(slot), "0 to 7");
        }
        is("response version", reader.uint8("response version"), VERSION_1_1);
        is("response code", reader.uint8("response code"), MEASUREMENTS);
        is("response parameter", reader.uint8("response parameter"), 0);
        is("response slot", reader.uint8("response slot"), slot);
        int blocks = reader.uint8("blocks");
        int recordBytes = reader.uint16("record size") | reader.uint8("record size") << 16;
        Octets record = reader.octets("measurement record", recordBytes);
        SortedMap<Integer, Octets> measurements = measurements(record, blocks);
        reader.skip("response nonce", NONCE_BYTES);
        OpaqueData opaque = OpaqueData.read(opaque(reader));
        Octets signed = Octets.of(Arrays.copyOf(bytes, reader.position()));
        Octets signature = reader.octets("signature", P384.SIGNATURE_BYTES);
        reader.padding("report");
        return new Report(nonce, record, measurements, opaque, signed, signature);
    }

    private static byte[] opaque(ByteReader reader) throws MalformedException {
        byte[] opaque = reader.bytes16("opaque data");
        if (opaque.length > OPAQUE_BYTES_MAX) {
            throw new MalformedException(
                    "opaque data", opaque.length + " bytes", "at most 1024 bytes");
        }
        return opaque;
    }

    private static SortedMap<Integer, Octets> measurements(Octets record, int blocks)
            throws MalformedException {
        ByteReader reader = ByteReader.of(record.bytes());
        SortedMap<Integer, Octets> measurements = new TreeMap<>();
        for (int i = 0; i < blocks; i++) {
            int index = reader.uint8("measurement index");
            String name = "measurement block " + index;
            is(name + " specification", reader.uint8(name), DMTF);
            int blockBytes = reader.uint16(name);
            reader.skip(name + " type", 1);
            Octets value = Octets.of(reader.bytes16(name));
            is(name + " size", blockBytes, value.size() + DMTF_HEADER_BYTES);
            if (index == 0 || measurements.put(index, value) != null) {
                throw new MalformedException(name, "zero or twice", "each index once, from 1");
            }
        }
        reader.end("measurement record");
        return measurements;
    }

    private static void is(String name, int found, int expected) throws MalformedException {
        if (found != expected) {
            throw new MalformedException(
                    name, "0x%02x".formatted(found), "0x%02x".formatted(expected));
        }
    }

    /** What it was asked with. */
    public Octets nonce() {
        return nonce;
    }

    /** The values by their index, which begins at 1. */
    public SortedMap<Integer, Octets> measurements() {
        return measurements;
    }

    /** All of them as they were signed. */
    Octets record() {
        return record;
    }

    public OpaqueData opaque() {
        return opaque;
    }

    Said said() {
        return said;
    }

    /** Whether that key signed request and response. */
    boolean isSignedBy(PublicKey key) {
        return P384.isSigned(key, signature.bytes(), signed);
    }
}

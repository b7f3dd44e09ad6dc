package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hex;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The quote header, 48 bytes (TDX DCAP Quoting Library API, A.3.1).
 *
 * @param tee whose quote it is
 * @param userData 20 bytes that the quoting enclave chose, of which the first 16 name the platform
 */
public record QuoteHeader(int version, Tee tee, Octets userData) {
    static final int SIZE_BYTES = 48;

    /** ECDSA on P-256, the only key type that Intel's quoting enclaves make. */
    private static final int KEY_TYPE_ECDSA_P256 = 2;

    private static final int VENDOR_OFFSET = 12;
    private static final byte[] VENDOR_INTEL =
            HexFormat.of().parseHex("939a7233f79c4ca9940a0db3957f0607");

    static boolean isLike(byte[] bytes) {
        return bytes.length >= SIZE_BYTES
                && Arrays.equals(
                        VENDOR_INTEL,
                        Arrays.copyOfRange(
                                bytes, VENDOR_OFFSET, VENDOR_OFFSET + VENDOR_INTEL.length));
    }

    static QuoteHeader read(ByteReader reader) throws MalformedException {
        int version = reader.uint16("version");
        require(version >= 3 && version <= 5, "version", version, "3, 4 or 5");
        int keyType = reader.uint16("attestation key type");
        require(keyType == KEY_TYPE_ECDSA_P256, "attestation key type", keyType, "2: ECDSA P-256");
        Tee tee = tee(reader.uint32("TEE type"));
        require(tee == Tee.SGX || version > 3, "version", version, "4 or 5 for TDX");
        reader.skip("QE and PCE SVN", 4); // SVNs in version 3, reserved later; the PCK has both.
        byte[] vendor = reader.bytes("QE vendor", VENDOR_INTEL.length);
        if (!Arrays.equals(vendor, VENDOR_INTEL)) {
            throw new MalformedException("QE vendor", Hex.write(vendor), Hex.write(VENDOR_INTEL));
        }
        return new QuoteHeader(version, tee, reader.octets("user data", 20));
    }

    private static Tee tee(long type) throws MalformedException {
        for (Tee tee : Tee.values()) {
            if (tee.type() == type) {
                return tee;
            }
        }
        throw new MalformedException("TEE type", Long.toString(type), "0: SGX, or 129: TDX");
    }

    private static void require(boolean holds, String name, int found, String expected)
            throws MalformedException {
        if (!holds) {
            throw new MalformedException(new Fault(name, Integer.toString(found), expected));
        }
    }
}

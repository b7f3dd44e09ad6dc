package io.attestgate.verify.azure;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Parsed;
import java.util.Arrays;
import java.util.Optional;

/**
 * The report that an Azure confidential machine's virtual TPM has in NV index 0x01400001 ("Guest
 * attestation for confidential VMs, design", attestation report format): a header, a report of the
 * hardware, and the runtime data whose hash that report carries. All numbers are little-endian.
 *
 * @param type of the hardware
 * @param hardware 1184 bytes: of SEV-SNP the report; of TDX a TDREPORT, which only its own machine
 *     can verify, so that a quote must come from elsewhere
 * @param runtime whose hash the hardware's report carries
 */
public record HclReport(Type type, Octets hardware, RuntimeData runtime) {
    /** The NV index has 2600 bytes; those of later firmware have more. */
    public static final int SIZE_BYTES_MAX = 64 * 1024;

    private static final byte[] SIGNATURE = {'H', 'C', 'L', 'A'};
    private static final int VERSION_MAX = 2;
    private static final int HARDWARE_BYTES = 1184;
    private static final int REQUEST_AND_STATUS_BYTES = 24;
    private static final int DATA_VERSION = 1;
    private static final int SHA256 = 1;
    private static final String NAME = "HCL report";

    /** The hardware below. */
    public enum Type {
        SNP(2),
        TDX(4);

        private final long id;

        Type(long id) {
            this.id = id;
        }

        private static Type require(long id) throws MalformedException {
            return Arrays.stream(values())
                    .filter(one -> one.id == id)
                    .findFirst()
                    .orElseThrow(
                            () ->
                                    new MalformedException(
                                            "report type", Long.toString(id), "2 SNP or 4 TDX"));
        }
    }

    /** Whether bytes begin as one does. */
    public static boolean isLike(byte[] bytes) {
        return bytes.length > SIGNATURE.length
                && Arrays.equals(Arrays.copyOf(bytes, SIGNATURE.length), SIGNATURE);
    }

    /** Reads a report; after it only zero bytes may follow, as the NV index has them. */
    public static Parsed<HclReport> parse(byte[] bytes) {
        try {
            if (bytes.length > SIZE_BYTES_MAX || !isLike(bytes)) {
                throw new MalformedException(
                        NAME, bytes.length + " bytes", "HCLA, and at most 64 KiB");
            }
            return Parsed.good(read(ByteReader.of(bytes)));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    private static HclReport read(ByteReader reader) throws MalformedException {
        reader.skip("signature", SIGNATURE.length);
        long version = reader.uint32("version");
        if (version < 1 || version > VERSION_MAX) {
            throw new MalformedException("version", Long.toString(version), "1 or 2");
        }
        reader.skip("header", REQUEST_AND_STATUS_BYTES);
        Octets hardware = reader.octets("hardware report", HARDWARE_BYTES);
        reader.skip("data size", Integer.BYTES);
        long dataVersion = reader.uint32("data version");
        if (dataVersion != DATA_VERSION) {
            throw new MalformedException("data version", Long.toString(dataVersion), "1");
        }
        Type type = Type.require(reader.uint32("report type"));
        long hash = reader.uint32("hash type");
        if (hash != SHA256) {
            throw new MalformedException("hash type", Long.toString(hash), "1, SHA-256");
        }
        byte[] runtime = reader.bytes32("runtime data");
        reader.padding(NAME);
        return new HclReport(type, hardware, MalformedException.good(RuntimeData.parse(runtime)));
    }

    /** The report that a processor's key signed; empty where the hardware has no such thing. */
    public Optional<Octets> signedReport() {
        return type == Type.SNP ? Optional.of(hardware) : Optional.empty();
    }
}

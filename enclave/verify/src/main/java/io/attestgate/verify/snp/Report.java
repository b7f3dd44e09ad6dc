package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.ByteReader;
import io.attestgate.verify.evidence.Fields;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An attestation report (SEV-SNP Firmware ABI, 7.3, ATTESTATION_REPORT), taken apart and believed
 * in nothing: version 2, 3 (with the processor's model) or 5 (with mitigation vectors).
 */
public final class Report {
    /** Signed part, signature, and what is reserved after it. */
    public static final int SIZE_BYTES = 1184;

    static final int SIGNED_BYTES = 0x2a0;
    static final int CHIP_ID_BYTES = 64;

    private static final int ECDSA_P384_SHA384 = 1;
    private static final int SIGNING_KEY_SHIFT = 2;
    private static final int SIGNING_KEY_MASK = 7;
    private static final int FLAGS_MAX = 0x1f;
    private static final int MASK_CHIP_KEY = 2;
    private static final int AUTHOR_KEY = 1;
    private static final int SIGNING_VCEK = 0;
    private static final int SIGNING_VLEK = 1;

    private static final String CLAUSE_NAME = "report";

    private static final Object[] LAYOUT = {
        "version", 4,
        "guestSvn", 4,
        "policy", 8,
        "familyId", 16,
        "imageId", 16,
        "vmpl", 4,
        "signatureAlgorithm", 4,
        "currentTcb", 8,
        "platformInfo", 8,
        "flags", 4,
        ".reserved0", 4,
        "reportData", 64,
        "measurement", 48,
        "hostData", 32,
        "idKeyDigest", 48,
        "authorKeyDigest", 48,
        "reportId", 32,
        "reportIdMa", 32,
        "reportedTcb", 8,
        "cpuidFamily", 1,
        "cpuidModel", 1,
        "cpuidStepping", 1,
        ".reserved1", 21,
        "chipId", CHIP_ID_BYTES,
        "committedTcb", 8,
        "currentBuild", 1,
        "currentMinor", 1,
        "currentMajor", 1,
        ".reserved2", 1,
        "committedBuild", 1,
        "committedMinor", 1,
        "committedMajor", 1,
        ".reserved3", 1,
        "launchTcb", 8,
        "launchMitigations", 8,
        "currentMitigations", 8,
        ".reserved4", 152
    };

    /** Since which version those fields are more than reserved bytes. */
    private static final Map<String, Integer> SINCE =
            Map.of(
                    "cpuidFamily", 3,
                    "cpuidModel", 3,
                    "cpuidStepping", 3,
                    "launchMitigations", 5,
                    "currentMitigations", 5);

    private final Octets signed;
    private final ReportSignature signature;
    private final Fields fields;
    private final int version;
    private final GuestPolicy policy;

    private Report(
            byte[] signed,
            ReportSignature signature,
            Fields fields,
            int version,
            GuestPolicy policy) {
        this.signed = Octets.of(signed);
        this.signature = signature;
        this.fields = fields;
        this.version = version;
        this.policy = policy;
    }

    /** Reads exactly the 1184 bytes of a report. */
    public static Parsed<Report> parse(byte[] bytes) {
        try {
            ByteReader reader = ByteReader.of(bytes);
            byte[] signed = reader.bytes(CLAUSE_NAME, SIGNED_BYTES);
            ReportSignature signature = ReportSignature.take(reader);
            reader.end(CLAUSE_NAME);
            return Parsed.good(of(signed, signature));
        } catch (MalformedException e) {
            return Parsed.bad(e.fault());
        }
    }

    /** Whether these bytes begin as a report does: a small version, and the one algorithm. */
    static boolean isLike(byte[] bytes) {
        if (bytes.length < SIZE_BYTES) {
            return false;
        }
        Fields fields = Fields.cut(Arrays.copyOf(bytes, SIGNED_BYTES), LAYOUT);
        long version = number(fields.octets("version"));
        return version > 0
                && version < 256
                && number(fields.octets("signatureAlgorithm")) == ECDSA_P384_SHA384;
    }

    private static Report of(byte[] signed, ReportSignature signature) throws MalformedException {
        Fields fields = Fields.cut(signed, LAYOUT);
        long version = number(fields.octets("version"));
        if (version != 2 && version != 3 && version != 5) {
            throw new MalformedException("version", Long.toString(version), "2, 3 or 5");
        }
        long algorithm = number(fields.octets("signatureAlgorithm"));
        if (algorithm != ECDSA_P384_SHA384) {
            throw new MalformedException(
                    "signature algorithm", Long.toString(algorithm), "1, ECDSA P-384 with SHA-384");
        }
        flags(fields);
        GuestPolicy policy = GuestPolicy.parse(number(fields.octets("policy")));
        return new Report(signed, signature, fields, (int) version, policy);
    }

    private static void flags(Fields fields) throws MalformedException {
        long flags = number(fields.octets("flags"));
        if (flags > FLAGS_MAX) {
            throw new MalformedException("flags", "0x%x".formatted(flags), "bits 5 to 31 clear");
        }
        if ((flags & AUTHOR_KEY) == 0 && !isZero(fields.octets("authorKeyDigest"))) {
            throw new MalformedException(
                    new Fault(
                            "author key digest",
                            fields.octets("authorKeyDigest").toString(),
                            "zero, since the flags say that there is no author key"));
        }
    }

    public int version() {
        return version;
    }

    /** The bytes that are signed. */
    Octets signed() {
        return signed;
    }

    ReportSignature signature() {
        return signature;
    }

    /** The key that signed it; empty if none did, or one that no specification names. */
    public Optional<Signer> signer() {
        return switch ((int) (number(field("flags")) >> SIGNING_KEY_SHIFT) & SIGNING_KEY_MASK) {
            case SIGNING_VCEK -> Optional.of(Signer.VCEK);
            case SIGNING_VLEK -> Optional.of(Signer.VLEK);
            default -> Optional.empty();
        };
    }

    /** Whether the host forbade the use of the chip's key, so that nothing is signed. */
    public boolean isChipKeyMasked() {
        return (number(field("flags")) & MASK_CHIP_KEY) != 0;
    }

    public GuestPolicy policy() {
        return policy;
    }

    /** The privilege level that asked for the report, 0 the highest. */
    public long vmpl() {
        return number(field("vmpl"));
    }

    /** The security version that the guest's owner gave it in the ID block, 32 bits unsigned. */
    public long guestSvn() {
        return number(field("guestSvn"));
    }

    /** The TCB below which the chip goes no more, as its eight bytes stand in the report. */
    public Octets committedTcb() {
        return field("committedTcb");
    }

    public Octets reportData() {
        return field("reportData");
    }

    /** What the processor says it is; empty in version 2, and for one that is not known. */
    public Optional<SnpProduct> product() {
        return version < 3
                ? Optional.empty()
                : SnpProduct.of(field("cpuidFamily").at(0), field("cpuidModel").at(0));
    }

    /** The chip's id as the report has it; empty if the host masks it. */
    public Optional<Octets> chipId() {
        return Optional.of(field("chipId")).filter(id -> !isZero(id));
    }

    /** The TCB that the key was made for. */
    Octets reportedTcb() {
        return field("reportedTcb");
    }

    /** One of the four TCBs, such as {@code launchTcb}, in that product's layout. */
    SnpTcb tcb(String name, SnpProduct product) {
        return SnpTcb.of(product, field(name));
    }

    /** As docs/measurement.md lists them. */
    public byte[] registers() {
        return fields.concatenated("measurement", "hostData", "policy");
    }

    /** Every field that its version has, by name, in hexadecimal as its bytes stand. */
    public SortedMap<String, String> fields() {
        SortedMap<String, String> named = fields.hex();
        named.keySet().removeIf(name -> SINCE.getOrDefault(name, 0) > version);
        return named;
    }

    private Octets field(String name) {
        return fields.octets(name);
    }

    static boolean isZero(Octets octets) {
        return octets.equals(Octets.of(new byte[octets.size()]));
    }

    /** Little-endian; of eight bytes the sign is the highest bit. */
    private static long number(Octets octets) {
        long number = 0;
        for (int i = octets.size() - 1; i >= 0; i--) {
            number = number << Byte.SIZE | octets.at(i);
        }
        return number;
    }
}

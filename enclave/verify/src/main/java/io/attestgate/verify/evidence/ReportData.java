package io.attestgate.verify.evidence;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Merkle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The 64 bytes that a report must carry to speak for claims: two hashes of the same bytes, so that
 * a contract can compute both halves and neither hash alone is trusted.
 *
 * <p>For claims alone those bytes are {@code p = "attestgate/evidence/v1" || 0x00 || claims}. Where
 * several claims share a report, the leaves {@code SHA-256(0x00 || p)} make a Merkle tree with
 * nodes {@code SHA-256(0x01 || min || max)}, and the bytes are {@code
 * "attestgate/evidence-batch/v1" || 0x00 || root}.
 *
 * @param sha256 the first half
 * @param keccak256 the second half
 */
public record ReportData(Hash32 sha256, Hash32 keccak256) {
    public static final int SIZE_BYTES = 64;

    /** No batch is larger than {@code 2^16}. */
    public static final int PATH_SIBLINGS_MAX = 16;

    private static final byte[] SINGLE = type("attestgate/evidence/v1");
    private static final byte[] BATCH = type("attestgate/evidence-batch/v1");

    /** For claims that have a report to themselves. */
    public static ReportData of(byte[] claims) {
        return over(SINGLE, claims);
    }

    /** For all claims below a root. */
    public static ReportData ofBatchRoot(Hash32 root) {
        return over(BATCH, root.bytes());
    }

    /** For claims with their path; an empty one means a report to themselves. */
    public static ReportData of(byte[] claims, List<Hash32> path) {
        return path.isEmpty()
                ? of(claims)
                : ofBatchRoot(Merkle.rootOf(leaf(claims), path, ReportData::node));
    }

    /** Takes both halves as a report carries them; another length is our bug. */
    public static ReportData fromBytes(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException(
                    "reportData: %d bytes (expected: 64)".formatted(bytes.length));
        }
        return new ReportData(
                Hash32.of(Arrays.copyOf(bytes, Hash32.SIZE_BYTES)),
                Hash32.of(Arrays.copyOfRange(bytes, Hash32.SIZE_BYTES, SIZE_BYTES)));
    }

    /** The leaf of claims that share a report. */
    public static Hash32 leaf(byte[] claims) {
        return Hash32.of(Digests.sha256(new byte[] {0}, SINGLE, claims));
    }

    /** The node above two, the lesser first. */
    public static Hash32 node(Hash32 min, Hash32 max) {
        return Hash32.of(Digests.sha256(new byte[] {1}, min.bytes(), max.bytes()));
    }

    /** Both halves, as a report carries them. */
    public byte[] bytes() {
        byte[] bytes = new byte[SIZE_BYTES];
        System.arraycopy(sha256.bytes(), 0, bytes, 0, Hash32.SIZE_BYTES);
        System.arraycopy(keccak256.bytes(), 0, bytes, Hash32.SIZE_BYTES, Hash32.SIZE_BYTES);
        return bytes;
    }

    /** SHA-256 of both halves: what a TPM's {@code qualifyingData} holds. */
    public Hash32 qualifyingData() {
        return Hash32.of(Digests.sha256(bytes()));
    }

    private static ReportData over(byte[] type, byte[] content) {
        return new ReportData(
                Hash32.of(Digests.sha256(type, content)),
                Hash32.of(Digests.keccak256(type, content)));
    }

    private static byte[] type(String name) {
        return (name + '\0').getBytes(StandardCharsets.US_ASCII);
    }
}

package io.attestgate.attest.tsm;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.snp.Report;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What the secure processor mixes into a guest's key ({@code struct snp_derived_key_req}; SEV-SNP
 * Firmware ABI, 7.2, MSG_KEY_REQ).
 *
 * <p>The root is the key that signs this guest's reports: the chip's, or where the host loaded a
 * provider's, that. Mixed in is everything there is to mix: policy, image id, family id,
 * measurement, security version, TCB version. So another guest has another key, and so has the same
 * guest once the chip's committed TCB moves on; that is survived by hand-over only.
 *
 * @param vmpl the level that asks
 * @param guestSvn the guest's own
 * @param tcbVersion the committed TCB, its eight bytes as the report has them
 */
record DerivedKeyRequest(long vmpl, long guestSvn, Octets tcbVersion) {
    static final int SIZE_BYTES = 32;

    /** Bits 0 to 5 of GUEST_FIELD_SELECT. */
    static final long FIELDS = 0b111111;

    private static final int ROOT_THAT_SIGNS = 0;

    /** Of the guest that a report is about. */
    static DerivedKeyRequest of(Report report) {
        return new DerivedKeyRequest(report.vmpl(), report.guestSvn(), report.committedTcb());
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(SIZE_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(ROOT_THAT_SIGNS)
                .putInt(0)
                .putLong(FIELDS)
                .putInt((int) vmpl)
                .putInt((int) guestSvn)
                .put(tcbVersion.bytes())
                .array();
    }
}

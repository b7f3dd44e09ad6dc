package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.MalformedException;

/**
 * What the guest's owner lets the host do (SEV-SNP Firmware ABI, 4.3, POLICY): 64 bits, fixed at
 * launch.
 */
public record GuestPolicy(long bits) {
    private static final int MAJOR_SHIFT = 8;
    private static final int BYTE = 0xff;
    private static final int ALWAYS_SET = 17;
    private static final int DEBUG = 19;

    /** Bits from here on have no meaning yet, and might permit what nobody looked for. */
    private static final int RESERVED_FROM = 26;

    static GuestPolicy parse(long bits) throws MalformedException {
        GuestPolicy policy = new GuestPolicy(bits);
        if (bits >>> RESERVED_FROM != 0 || !policy.has(ALWAYS_SET)) {
            throw new MalformedException(
                    "guest policy", "0x%x".formatted(bits), "bit 17 set, bits 26 to 63 clear");
        }
        return policy;
    }

    /** The least firmware ABI under which the guest runs. */
    public SnpPolicy.Abi abi() {
        return new SnpPolicy.Abi((int) (bits >> MAJOR_SHIFT) & BYTE, (int) bits & BYTE);
    }

    /** Whether the host may read and write the guest's memory. */
    public boolean isDebug() {
        return has(DEBUG);
    }

    boolean allows(SnpPolicy.Permission permission) {
        return has(permission.bit());
    }

    boolean asksFor(SnpPolicy.Restriction restriction) {
        return has(restriction.bit());
    }

    private boolean has(int bit) {
        return (bits >>> bit & 1) == 1;
    }

    @Override
    public String toString() {
        return "0x%x".formatted(bits);
    }
}

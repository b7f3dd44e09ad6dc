package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.PolicyPart;
import io.attestgate.verify.evidence.Revocation;
import java.util.Map;
import java.util.Set;

/**
 * What a reader accepts of an AMD processor and of the guest's own policy. AMD publishes no levels,
 * so the reader says the least that he accepts. Every field is trust, so none has a default.
 *
 * @param floors by product; a product without floors does not pass
 * @param keys what may sign: {@code vcek}, or {@code vlek:} and the provider's id in the
 *     certificate, since a loaded key is the provider's on all his machines
 * @param allowed what the guest's policy may let the host do; DEBUG is the whole policy's matter
 * @param required what the guest's policy must ask of the host
 * @param abi the least firmware ABI that the guest's policy must ask for
 * @param vmplMax the least privileged level that may have asked for the report, 0 to 3
 * @param revocation what a missing revocation list means
 */
public record SnpPolicy(
        Map<SnpProduct, Floors> floors,
        Set<String> keys,
        Set<Permission> allowed,
        Set<Restriction> required,
        Abi abi,
        int vmplMax,
        Revocation revocation)
        implements PolicyPart {
    public static final int VMPL_MAX = 3;

    /** The name of chips' own keys in {@link #keys}. */
    public static final String VCEK = "vcek";

    /** Before the provider's id in {@link #keys}. */
    public static final String VLEK = "vlek:";

    /**
     * The least of each TCB that a report has.
     *
     * @param committed what the firmware cannot go back below
     * @param current what runs now
     * @param reported what the key was made for
     * @param launch what ran when the guest started
     */
    public record Floors(SnpTcb committed, SnpTcb current, SnpTcb reported, SnpTcb launch) {}

    /** A version of the firmware ABI. */
    public record Abi(int major, int minor) {
        /** Whether this one is that or a later one. */
        public boolean reaches(Abi floor) {
            return major > floor.major || (major == floor.major && minor >= floor.minor);
        }

        @Override
        public String toString() {
            return major + "." + minor;
        }
    }

    /** Bits of a guest's policy that let the host do something. */
    public enum Permission {
        /** Two threads of a core may run at once. */
        SMT(16),
        /** A migration agent may be bound, which can move the guest and its memory. */
        MIGRATION(18),
        /** Memory may be on devices behind CXL. */
        CXL(21);

        private final int bit;

        Permission(int bit) {
            this.bit = bit;
        }

        public int bit() {
            return bit;
        }
    }

    /** Bits of a guest's policy that ask something of the host. */
    public enum Restriction {
        SINGLE_SOCKET(20),
        MEMORY_AES_256_XTS(22),
        RAPL_DISABLED(23),
        CIPHERTEXT_HIDING(24),
        PAGE_SWAP_DISABLED(25);

        private final int bit;

        Restriction(int bit) {
            this.bit = bit;
        }

        public int bit() {
            return bit;
        }
    }

    public SnpPolicy {
        floors = Map.copyOf(floors);
        keys = Set.copyOf(keys);
        allowed = Set.copyOf(allowed);
        required = Set.copyOf(required);
        if (vmplMax < 0 || vmplMax > VMPL_MAX) {
            throw new IllegalArgumentException(
                    "vmplMax: %d (expected: 0 to %d)".formatted(vmplMax, VMPL_MAX));
        }
    }
}

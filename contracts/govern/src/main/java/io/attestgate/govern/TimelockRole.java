package io.attestgate.govern;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import java.nio.charset.StandardCharsets;

/** The roles of an OpenZeppelin TimelockController. */
enum TimelockRole {
    /** Grants and revokes roles. */
    ADMIN("admin", ""),
    /** Schedules. */
    PROPOSER("proposer", "PROPOSER_ROLE"),
    /** Executes what is due; the zero address is everybody. */
    EXECUTOR("executor", "EXECUTOR_ROLE"),
    /** Cancels what is scheduled. */
    CANCELLER("canceller", "CANCELLER_ROLE");

    private final String label;
    private final String name;

    TimelockRole(String label, String name) {
        this.label = label;
        this.name = name;
    }

    String label() {
        return label;
    }

    /** The hash of its name; the admin's alone is zero. */
    Hash32 id() {
        return this == ADMIN
                ? Hash32.ZERO
                : Hash32.of(Digests.keccak256(name.getBytes(StandardCharsets.US_ASCII)));
    }
}

package io.attestgate.govern;

import io.attestgate.wire.Address;
import java.util.Optional;

/**
 * Who decides and who may only reduce.
 *
 * @param governor never the zero address
 * @param guardian empty for none
 */
public record Roles(Address governor, Optional<Address> guardian) {
    public Roles {
        if (governor.isZero()) {
            throw new IllegalArgumentException("governor: zero (expected: an account)");
        }
    }

    Address guardianOrZero() {
        return guardian.orElse(Address.ZERO);
    }
}

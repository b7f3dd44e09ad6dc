package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.TcbState;
import io.attestgate.wire.Hash32;
import java.util.Optional;

/**
 * Who is to enforce a policy, as its own platform says: a policy that does not accept this platform
 * is no policy to serve by.
 *
 * @param platform such as {@code simulated}
 * @param tcbState of that platform; {@link TcbState#UNJUDGED} for the simulated one
 * @param instance the digest that names the machine, as evidence carries it; empty if it has none
 * @param rollback what keeps its state from being replaced by an older one
 */
public record Enforcer(
        String platform, TcbState tcbState, Optional<Hash32> instance, Rollback rollback) {

    /** What keeps sealed state from being rolled back. */
    public enum Rollback {
        /** A register that only the platform can move. */
        TRUSTED_REGISTER,
        /** Nothing. */
        UNPROTECTED
    }
}

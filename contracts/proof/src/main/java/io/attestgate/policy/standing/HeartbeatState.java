package io.attestgate.policy.standing;

import io.attestgate.policy.snapshot.Beats;
import io.attestgate.wire.Address;
import java.time.Instant;
import java.util.Optional;

/**
 * How the heartbeat goes. Immutable.
 *
 * @param askedSince from when on beats are asked for again and again; see {@link Beats}
 * @param awaited the nonce to send; empty where none is due
 * @param seen the newest that was seen since the start
 * @param contract to which it is sent, as the policy names it; empty if it names none
 * @param failure why the newest look at the contract failed; empty if it did not
 */
public record HeartbeatState(
        Instant askedSince,
        Optional<Nonce> awaited,
        Optional<SeenBeat> seen,
        Optional<Address> contract,
        Optional<String> failure) {

    /** What a snapshot's permissions take from it. */
    public Beats beats() {
        return new Beats(askedSince, seen.map(beat -> beat.nonce().drawnAt()));
    }
}

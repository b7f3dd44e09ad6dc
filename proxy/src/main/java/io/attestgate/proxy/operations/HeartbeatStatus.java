package io.attestgate.proxy.operations;

import io.attestgate.policy.snapshot.HeartbeatDuty;
import io.attestgate.policy.standing.HeartbeatState;
import io.attestgate.policy.standing.Nonce;
import io.attestgate.policy.standing.SeenBeat;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the heartbeat goes, and what to send where to keep it going.
 *
 * @param beforeServing whether one has to be seen before anything is served after a start
 * @param repeated whether one is asked for again and again
 * @param chainId where to send it
 * @param contract to which; empty if the policy names none
 * @param nonce to send now; empty if none is due
 * @param drawnAt when that one was drawn
 * @param seenAt when the newest beat was seen in final state; empty if none was since the start
 * @param seenBlock in which it was sent
 * @param freshFrom from when on the age counts: the draw of the nonce that was seen
 * @param failure why the newest look at the contract failed
 */
public record HeartbeatStatus(
        boolean beforeServing,
        boolean repeated,
        long chainId,
        Optional<Address> contract,
        Optional<Hash32> nonce,
        Optional<Instant> drawnAt,
        Optional<Instant> seenAt,
        Optional<Long> seenBlock,
        Instant freshFrom,
        Optional<String> failure) {

    /** Of a gateway whose document asks for {@code duty}. */
    public static HeartbeatStatus of(HeartbeatDuty duty, HeartbeatState state, long chainId) {
        return new HeartbeatStatus(
                duty.beforeServing(),
                duty.rule().isPresent(),
                chainId,
                state.contract(),
                state.awaited().map(Nonce::value),
                state.awaited().map(Nonce::drawnAt),
                state.seen().map(SeenBeat::seenAt),
                state.seen().map(SeenBeat::block),
                state.beats().freshFrom(),
                state.failure());
    }

    /** How long ago the newest nonce that was seen was drawn; never negative. */
    Duration age(Instant now) {
        return now.isBefore(freshFrom) ? Duration.ZERO : Duration.between(freshFrom, now);
    }
}

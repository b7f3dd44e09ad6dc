package io.attestgate.policy.standing;

import io.attestgate.contracts.ContractArtifact;
import io.attestgate.contracts.StorageSlot;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.document.HeartbeatRule;
import io.attestgate.policy.read.NamedContract;
import io.attestgate.policy.read.NamedState;
import io.attestgate.policy.read.Slots;
import io.attestgate.policy.snapshot.HeartbeatDuty;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Draws nonces and looks for their beats in final state.
 *
 * <h2>What a beat proves</h2>
 *
 * <p>Nobody can send a nonce before it was drawn. So a final block whose state holds it is younger
 * than the draw, by no clock and by nobody's word. It proves no more: a beat that is shown late was
 * perhaps withheld, and the state it was shown with may be as old as the draw. Hence the age of a
 * heartbeat counts from the draw, not from the block and not from when it was seen.
 *
 * <h2>How</h2>
 *
 * <ol>
 *   <li>The first nonce is drawn when the first final block was proven, which dates it on the
 *       chain.
 *   <li>At each final block the slots of the nonces that are outstanding are read, in one call: the
 *       one that is published, and the one before it, whose beat may be under way. So it costs the
 *       same whoever sends whatever else.
 *   <li>A beat counts if its block is younger than the draw's and no younger than the final one.
 *       Any other number is state that cannot be.
 *   <li>The next nonce is drawn an interval after the draw of the one that was seen; or once the
 *       one that is published is so old that its beat would be no fresh one.
 * </ol>
 *
 * <p>One thread but for {@link #state}.
 */
public final class HeartbeatLoop {
    private static final int OUTSTANDING_MAX = 2;

    private final SecureRandom random;
    private final InstantSource clock;
    private final StorageSlot blockOf = ContractArtifact.load("Heartbeat").slot("blockOf");

    /** The oldest first. */
    private final Deque<Nonce> outstanding = new ArrayDeque<>();

    /** Once for all: who asks again after a pause gives no old beat another life. */
    private boolean asked;

    /** Written by the loop's thread alone. */
    private volatile HeartbeatState state;

    /**
     * Starts now.
     *
     * @param clock the latest of all clocks
     */
    public HeartbeatLoop(SecureRandom random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
        this.state =
                new HeartbeatState(
                        clock.instant(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
    }

    /** How it goes; any thread. */
    public HeartbeatState state() {
        return state;
    }

    /**
     * Looks for beats at the final block {@code block} and draws what is due. A look that fails
     * sees nothing and keeps what was seen: the heartbeat ages by itself.
     */
    void proceed(HeartbeatDuty duty, long block, NamedState named) {
        Optional<SeenBeat> seen = state.seen();
        Instant since = asked || duty.rule().isEmpty() ? state.askedSince() : clock.instant();
        asked = asked || duty.rule().isPresent();
        if (!duty.asks(seen.isPresent())) {
            outstanding.clear();
            publish(since, seen, Optional.empty(), Optional.empty());
            return;
        }
        Optional<Address> contract = Optional.empty();
        Optional<String> failure = Optional.empty();
        try {
            contract = named.addressOf(NamedContract.HEARTBEAT);
            if (contract.isPresent()) {
                seen = look(block, named).or(state::seen);
            }
        } catch (PolicyReadException e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
        }
        drawIfDue(duty.drawnBy(), seen, block);
        publish(since, seen, contract, failure);
    }

    /** The newest of the outstanding nonces that was beaten; it and those before it are done. */
    private Optional<SeenBeat> look(long block, NamedState named) throws PolicyReadException {
        if (outstanding.isEmpty()) {
            return Optional.empty();
        }
        List<Hash32> slots =
                outstanding.stream().map(nonce -> Slots.under(blockOf, nonce.value())).toList();
        Iterator<Hash32> words = named.words(NamedContract.HEARTBEAT, slots).iterator();
        Optional<SeenBeat> newest = Optional.empty();
        for (Nonce nonce : outstanding) {
            Optional<SeenBeat> beat = beat(nonce, words.next(), block);
            newest = beat.isPresent() ? beat : newest;
        }
        newest.ifPresent(
                beat ->
                        outstanding.removeIf(
                                nonce -> !nonce.drawnAt().isAfter(beat.nonce().drawnAt())));
        return newest;
    }

    private Optional<SeenBeat> beat(Nonce nonce, Hash32 word, long block)
            throws PolicyReadException {
        long at = Words.uint64(word, blockOf);
        if (at == 0) {
            return Optional.empty();
        }
        if (at <= nonce.afterBlock() || at > block) {
            throw Words.contradiction(
                    "block of nonce " + nonce.value(),
                    Long.toString(at),
                    "after %d, when it was drawn, and at most %d"
                            .formatted(nonce.afterBlock(), block));
        }
        return Optional.of(new SeenBeat(nonce, at, clock.instant()));
    }

    private void drawIfDue(HeartbeatRule rule, Optional<SeenBeat> seen, long block) {
        Instant now = clock.instant();
        Instant due =
                outstanding.isEmpty()
                        ? seen.map(beat -> beat.nonce().drawnAt().plus(rule.interval())).orElse(now)
                        : outstanding.getLast().drawnAt().plus(rule.soft());
        if (!now.isBefore(due)) {
            byte[] value = new byte[Hash32.SIZE_BYTES];
            random.nextBytes(value);
            outstanding.add(new Nonce(Hash32.of(value), now, block));
        }
        while (outstanding.size() > OUTSTANDING_MAX) {
            outstanding.remove();
        }
    }

    private void publish(
            Instant since,
            Optional<SeenBeat> seen,
            Optional<Address> contract,
            Optional<String> failure) {
        state =
                new HeartbeatState(
                        since,
                        Optional.ofNullable(outstanding.peekLast()),
                        seen,
                        contract,
                        failure);
    }
}

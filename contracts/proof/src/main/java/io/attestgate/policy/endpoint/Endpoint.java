package io.attestgate.policy.endpoint;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.endpoint.EndpointStatus.Refusal;
import io.attestgate.policy.endpoint.EndpointStatus.State;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.Question;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One endpoint and what became of it: asked, resting after failures, or set aside for a lie. For
 * any thread.
 */
public final class Endpoint implements AutoCloseable {
    /** The first rest; it doubles with each failure in a row. */
    static final Duration REST_MIN = Duration.ofSeconds(1);

    /** A minute of an endpoint that is back is worth more than the calls that it costs. */
    static final Duration REST_MAX = Duration.ofMinutes(1);

    /** Long enough that lying again costs who lies, and short enough for a node that was mended. */
    static final Duration QUARANTINE = Duration.ofHours(1);

    private final String name;
    private final JsonRpc rpc;
    private final InstantSource clock;

    private State state = State.UNTRIED;
    private Optional<Instant> until = Optional.empty();
    private Optional<Hash32> key = Optional.empty();
    private OptionalLong finalised = OptionalLong.empty();
    private Optional<Refusal> lastRefusal = Optional.empty();
    private final Map<Failure, Long> refusals = new EnumMap<>(Failure.class);
    private int failuresInARow;

    /**
     * @param name for people, without secrets
     * @param rpc closed with this
     * @param clock ends rests and quarantines
     */
    public Endpoint(String name, JsonRpc rpc, InstantSource clock) {
        this.name = name;
        this.rpc = rpc;
        this.clock = clock;
    }

    public String name() {
        return name;
    }

    /** Asks, and takes note of how it went. */
    public <T> T ask(Question<T> question) throws PolicyReadException {
        try {
            T answer = question.askOf(rpc);
            answered();
            return answer;
        } catch (PolicyReadException e) {
            refuse(e);
            throw e;
        }
    }

    /** Takes note that its TLS presented this key. */
    public synchronized void presented(Hash32 presented) {
        key = Optional.of(presented);
    }

    /** Takes note that it said this block to be final. */
    public synchronized void saidFinal(long number) {
        finalised = OptionalLong.of(Math.max(number, finalised.orElse(0)));
    }

    /** Takes note that an answer of it was refused, and does what that leads to. */
    public synchronized void refuse(PolicyReadException cause) {
        Instant now = clock.instant();
        refusals.merge(cause.failure(), 1L, Long::sum);
        lastRefusal =
                Optional.of(new Refusal(cause.failure(), String.valueOf(cause.getMessage()), now));
        switch (Consequence.of(cause.failure())) {
            case NONE -> {}
            case REST -> rest(now);
            case QUARANTINE -> setAside(Optional.of(now.plus(QUARANTINE)));
            case QUARANTINE_FOR_GOOD -> setAside(Optional.empty());
        }
    }

    /** How it stands now. */
    public synchronized EndpointStatus status() {
        letGo();
        return new EndpointStatus(name, state, until, key, finalised, lastRefusal, refusals);
    }

    /** Whether it failed a moment ago, and is better asked after the others. */
    public boolean isResting() {
        return status().state() == State.RESTING;
    }

    /** Closes idle connections; what runs is cut off. */
    @Override
    public void close() {
        rpc.close();
    }

    /** A quarantine that began while the question ran is not ended by its answer. */
    private synchronized void answered() {
        if (state != State.QUARANTINED) {
            state = State.ANSWERING;
            until = Optional.empty();
            failuresInARow = 0;
        }
    }

    private void rest(Instant now) {
        if (state != State.QUARANTINED) {
            Duration rest = REST_MIN.multipliedBy(1L << Math.min(failuresInARow, 6));
            failuresInARow++;
            state = State.RESTING;
            until = Optional.of(now.plus(rest.compareTo(REST_MAX) < 0 ? rest : REST_MAX));
        }
    }

    /** One for good is not shortened by another. */
    private void setAside(Optional<Instant> newUntil) {
        boolean isForGood = state == State.QUARANTINED && until.isEmpty();
        state = State.QUARANTINED;
        until = isForGood ? Optional.empty() : newUntil;
    }

    private void letGo() {
        Instant now = clock.instant();
        if (until.filter(end -> !now.isBefore(end)).isPresent()) {
            state = State.UNTRIED;
            until = Optional.empty();
        }
    }
}

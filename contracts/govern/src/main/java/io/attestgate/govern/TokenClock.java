package io.attestgate.govern;

import io.attestgate.govern.GovernException.Cause;
import io.attestgate.wire.Fault;
import java.time.Duration;
import java.util.Optional;

/**
 * In what a token counts time (ERC-6372), and so the Governor that reads it.
 *
 * @param unit a second, or the time between two blocks
 */
record TokenClock(Duration unit) {
    private static final String SECONDS = "mode=timestamp";
    private static final String BLOCKS = "mode=blocknumber&from=default";

    /** Asks the token; one that says nothing counts blocks, as OpenZeppelin's Governor assumes. */
    static TokenClock of(ContractView token, Duration blockTime) throws GovernException {
        Optional<String> mode = token.text("CLOCK_MODE()");
        return switch (mode.orElse(BLOCKS)) {
            case SECONDS -> new TokenClock(Duration.ofSeconds(1));
            case BLOCKS -> new TokenClock(blockTime);
            default ->
                    throw new GovernException(
                            Cause.WRONG_TERMS,
                            Fault.quoted(
                                            "CLOCK_MODE() of the token",
                                            mode.orElseThrow(),
                                            SECONDS + " or " + BLOCKS)
                                    .toString());
        };
    }

    /** How many units are at least that long. */
    long units(Duration duration) {
        return Math.ceilDiv(duration.toSeconds(), unit.toSeconds());
    }
}

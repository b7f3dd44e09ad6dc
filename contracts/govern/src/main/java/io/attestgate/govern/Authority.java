package io.attestgate.govern;

import io.attestgate.wire.Address;
import java.time.Duration;

/** Who is to govern a policy, and through what delay. */
public sealed interface Authority {

    /**
     * The holders of a token's votes, through a PolicyGovernor and a PolicyTimelock.
     *
     * @param token an ERC-5805 token; where its clock counts blocks, so do the terms
     * @param blockTime between two blocks of the chain; used for such a token alone
     * @param delay from a vote that was queued to the first second of its execution
     */
    record Votes(Address token, VotingTerms terms, Duration blockTime, Duration delay)
            implements Authority {
        public Votes {
            if (blockTime.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException(
                        "blockTime: %s (expected: 1s or more)".formatted(blockTime));
            }
        }
    }

    /** An account such as a Safe, through a PolicyTimelock of this delay. */
    record Timelocked(Address account, Duration delay) implements Authority {}

    /** An account such as a Safe with a delay module, or a DAO that has a timelock already. */
    record Account(Address account) implements Authority {
        public Account {
            if (account.isZero()) {
                throw new IllegalArgumentException("account: zero (expected: an account)");
            }
        }
    }
}

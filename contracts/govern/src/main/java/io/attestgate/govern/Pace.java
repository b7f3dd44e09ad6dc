package io.attestgate.govern;

import io.attestgate.wire.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast decisions may come about: what keeps a policy from changing before anybody noticed.
 *
 * <p>The upper bound is there because terms that last for years lock a DAO out of its own policy.
 */
public enum Pace {
    /** Terms of days, for a policy that guards something. */
    PRODUCTION(Duration.ofDays(1), Duration.ofDays(3), Duration.ofDays(1), Duration.ofDays(2)),

    /** Terms of seconds, for a development chain. */
    DEVNET(Duration.ZERO, Duration.ofSeconds(1), Duration.ZERO, Duration.ZERO);

    static final Duration TERM_MAX = Duration.ofDays(30);

    private final Duration votingDelayMin;
    private final Duration votingPeriodMin;
    private final Duration voteExtensionMin;
    private final Duration delayMin;

    Pace(
            Duration votingDelayMin,
            Duration votingPeriodMin,
            Duration voteExtensionMin,
            Duration delayMin) {
        this.votingDelayMin = votingDelayMin;
        this.votingPeriodMin = votingPeriodMin;
        this.voteExtensionMin = voteExtensionMin;
        this.delayMin = delayMin;
    }

    /** What is wrong with these terms at this pace; empty if nothing is. */
    public List<Fault> faults(VotingTerms terms) {
        List<Fault> faults = new ArrayList<>();
        require("votingDelay", terms.votingDelay(), votingDelayMin, faults);
        require("votingPeriod", terms.votingPeriod(), votingPeriodMin, faults);
        require("voteExtension", terms.voteExtension(), voteExtensionMin, faults);
        return faults;
    }

    /** What is wrong with a timelock's delay at this pace; empty if nothing is. */
    public List<Fault> faults(Duration delay) {
        List<Fault> faults = new ArrayList<>();
        require("delay", delay, delayMin, faults);
        return faults;
    }

    private void require(String name, Duration value, Duration min, List<Fault> faults) {
        if (value.compareTo(min) < 0 || value.compareTo(TERM_MAX) > 0) {
            faults.add(
                    new Fault(
                            name,
                            value.toSeconds() + "s",
                            "%ds to %ds at the pace %s"
                                    .formatted(min.toSeconds(), TERM_MAX.toSeconds(), this)));
        }
    }
}

package io.attestgate.proxy.main;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.tpm.Upgrades;
import io.attestgate.policy.snapshot.Ending;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Obeys the proven registry in which versions may open this state.
 *
 * <p>Nothing is signed and nothing taken back on a policy on which no certificate would be ordered:
 * one that is old may allow what was revoked since, and one without its heartbeat may be old. A
 * failure of the TPM leaves things as they are, and the next block tries again.
 *
 * <p>One thread, that of the policy.
 */
final class VersionsInForce {
    private static final Logger LOG = LoggerFactory.getLogger(VersionsInForce.class);

    private final Upgrades upgrades;
    private final Hash32 own;
    private Optional<String> failure = Optional.empty();

    /**
     * @param own the measurement of the code that runs
     */
    VersionsInForce(Upgrades upgrades, Hash32 own) {
        this.upgrades = upgrades;
        this.own = own;
    }

    /** What the registry has to be asked about. */
    Set<Hash32> measurements() {
        return upgrades.measurements();
    }

    /**
     * Makes it so.
     *
     * @param now by the latest clock
     */
    void obey(Snapshot policy, Instant now) {
        if (policy.ordersEnd().isOver(now)) {
            return;
        }
        Predicate<Hash32> allowed = measurement -> isAllowed(measurement, policy, now);
        try {
            for (Hash32 taken : upgrades.withdraw(allowed)) {
                LOG.info("version {}: opens this state no more", taken);
            }
            for (Hash32 added : upgrades.authorise(allowed)) {
                LOG.info("version {}: may open this state", added);
            }
            failure = Optional.empty();
        } catch (PlatformException e) {
            report(String.valueOf(e.getMessage()));
        }
    }

    /** One that nobody has asked about is not. */
    private boolean isAllowed(Hash32 measurement, Snapshot policy, Instant now) {
        Optional<Ending> trust =
                measurement.equals(own)
                        ? Optional.of(policy.grounds().measurement())
                        : Optional.ofNullable(policy.grounds().others().get(measurement));
        return trust.filter(ending -> !ending.isOver(now)).isPresent();
    }

    /** Once, and not at every block. */
    private void report(String message) {
        if (!failure.filter(message::equals).isPresent()) {
            LOG.warn("versions that may open this state: {}", message);
            failure = Optional.of(message);
        }
    }
}

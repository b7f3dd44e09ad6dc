package io.attestgate.proxy.operations;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.snapshot.Ending;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.wire.Address;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The policy in force and where it was read.
 *
 * @param blockTime the block's own timestamp
 * @param softStaleAt from then on the block is too old to order certificates by
 * @param hardStaleAt from then on it is too old to serve anything by
 * @param ordering from when on no certificates are ordered, and why, by the first reason not to
 * @param serving from when on nothing is served, likewise
 * @param earlyHalts the names that are halted short of finality
 * @param gatewayFaults what is wrong with the gateway's newest document; empty if it is good
 */
public record PolicyStatus(
        long chainId,
        Address contract,
        long epoch,
        Hash32 head,
        long block,
        Hash32 blockHash,
        Instant blockTime,
        Instant softStaleAt,
        Instant hardStaleAt,
        Ending ordering,
        Ending serving,
        List<String> earlyHalts,
        List<String> gatewayFaults) {
    public PolicyStatus {
        earlyHalts = List.copyOf(earlyHalts);
        gatewayFaults = List.copyOf(gatewayFaults);
    }

    /** The status of a policy that was read. */
    public static PolicyStatus of(Snapshot snapshot) {
        PolicyPoint point = snapshot.point();
        return new PolicyStatus(
                point.chainId(),
                point.contract(),
                point.epoch(),
                point.head(),
                point.block(),
                point.blockHash(),
                point.blockTime(),
                snapshot.softStaleAt(),
                snapshot.hardStaleAt(),
                snapshot.ordersEnd(),
                snapshot.servesEnd(),
                snapshot.earlyHalts().stream().map(PolicyName::value).toList(),
                snapshot.gatewayFaults().stream().map(Fault::toString).toList());
    }

    /** How far it has aged. */
    public enum Freshness {
        FRESH,
        SOFT_STALE,
        HARD_STALE
    }

    Freshness freshness(Instant now) {
        if (!now.isBefore(hardStaleAt)) {
            return Freshness.HARD_STALE;
        }
        return now.isBefore(softStaleAt) ? Freshness.FRESH : Freshness.SOFT_STALE;
    }

    /** How old the block is; never negative, whatever the clocks say. */
    Duration age(Instant now) {
        return now.isBefore(blockTime) ? Duration.ZERO : Duration.between(blockTime, now);
    }
}

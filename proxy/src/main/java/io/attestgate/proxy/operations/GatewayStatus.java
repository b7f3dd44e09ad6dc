package io.attestgate.proxy.operations;

import io.attestgate.attest.secret.ProcessHardening;
import io.attestgate.wire.Hash32;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the gateway says about itself at one instant. Holds nothing about any client.
 *
 * @param identity what it is
 * @param policy what it obeys; empty before the first policy was read
 * @param heartbeat how the heartbeat goes; empty where none is asked for
 * @param reading how the reading of the policy goes
 * @param chain how the chain is read
 * @param domains what every name of the policy is, in the order of names
 * @param certificates how every certificate stands, in the order of names
 * @param listeners what is bound, by kind
 */
public record GatewayStatus(
        Identity identity,
        Optional<PolicyStatus> policy,
        Optional<HeartbeatStatus> heartbeat,
        ReadingStatus reading,
        ChainStatus chain,
        List<DomainStatus> domains,
        List<CertificateStatus> certificates,
        List<ListenerStatus> listeners) {
    public GatewayStatus {
        domains = List.copyOf(domains);
        certificates = List.copyOf(certificates);
        listeners = List.copyOf(listeners);
    }

    /**
     * What stays the same while it runs.
     *
     * @param platform its name
     * @param measurement what a registry must allow
     * @param config SHA-256 of the bootstrap file
     * @param process how its memory is kept from others on the machine
     */
    public record Identity(
            String version,
            Instant startedAt,
            String platform,
            Hash32 measurement,
            Hash32 config,
            ProcessHardening process) {}

    /**
     * How the reading of the policy goes.
     *
     * @param lastGoodAt when it last succeeded
     * @param failures how often it failed since the start
     * @param lastFailure what the newest failure was, if no success followed it
     * @param earlyFailure why the newest look beyond finality failed, if it did
     */
    public record ReadingStatus(
            Optional<Instant> lastGoodAt,
            long failures,
            Optional<Failure> lastFailure,
            Optional<String> earlyFailure) {
        /** Before anything was read. */
        public static final ReadingStatus NONE =
                new ReadingStatus(Optional.empty(), 0, Optional.empty(), Optional.empty());
    }

    /** Something that went wrong, and when. */
    public record Failure(Instant at, String text) {}

    /** What is bound: {@code https}, {@code http} or {@code operations}, and to which IP:PORT. */
    public record ListenerStatus(String kind, String address) {}
}

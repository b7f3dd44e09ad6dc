package io.attestgate.proxy.bootstrap;

import io.attestgate.policy.beacon.LightClientSettings;
import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.proxy.bootstrap.EndpointReader.Plain;
import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Judges what of the section {@code chain} says how a finalised header is justified. */
final class TrustReader {
    static final Duration CHECKPOINT_AGE = Duration.ofDays(30);
    static final Duration CHECKPOINT_AGE_MIN = Duration.ofHours(1);

    /** Validators that left so long ago can sign another history at no cost. */
    static final Duration CHECKPOINT_AGE_MAX = Duration.ofDays(90);

    private static final int QUORUM_MIN = 2;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?");
    private static final List<String> OF_LIGHT_CLIENTS =
            List.of("beacon", "checkpoint", "checkpointAge", "network");

    private final Faults faults;
    private final boolean isSimulated;

    /**
     * @param isSimulated whether the platform proves nothing, so that loopback may be plain
     */
    TrustReader(Faults faults, boolean isSimulated) {
        this.faults = faults;
        this.isSimulated = isSimulated;
    }

    List<RpcEndpoint> rpc(Section section, Optional<Trust> trust) {
        EndpointReader reader = new EndpointReader(faults, plainRpc(trust));
        List<RpcEndpoint> rpc = reader.endpoints(section, "rpc");
        if (trust.filter(Trust::asksQuorum).isPresent()) {
            reader.requireEachPinOnce(section, "rpc", rpc);
        }
        if (trust.filter(Trust.DEVNET::equals).isPresent() && rpc.size() > 1) {
            faults.add(
                    section.at("rpc"),
                    section.name("rpc"),
                    rpc.size() + " endpoints",
                    "one: devnet trust believes a single endpoint");
        }
        return rpc;
    }

    /** Empty too after a fault, which refuses the whole file. */
    OptionalInt quorum(Section section, Optional<Trust> trust, int endpoints) {
        if (trust.isEmpty()) {
            section.drop("quorum");
            return OptionalInt.empty();
        }
        if (!trust.get().asksQuorum()) {
            refuse(section, trust.get(), "quorum");
            return OptionalInt.empty();
        }
        Optional<Integer> quorum =
                section.required(
                        "quorum",
                        "a whole number from 2 to the number of endpoints",
                        v ->
                                Optional.of(v.text())
                                        .filter(text -> NUMBER.matcher(text).matches())
                                        .map(Integer::parseInt)
                                        .filter(k -> k >= QUORUM_MIN && k <= endpoints));
        return quorum.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    Optional<LightClientTrust> lightClient(Section section, Optional<Trust> trust) {
        if (trust.isEmpty()) {
            OF_LIGHT_CLIENTS.forEach(section::drop);
            return Optional.empty();
        }
        if (!trust.get().asksLightClient()) {
            OF_LIGHT_CLIENTS.forEach(key -> refuse(section, trust.get(), key));
            return Optional.empty();
        }
        List<RpcEndpoint> beacons =
                new EndpointReader(faults, onLoopback()).endpoints(section, "beacon");
        Optional<BeaconNetwork> network = new NetworkReader(faults).network(section, "network");
        Optional<Hash32> checkpoint =
                section.required(
                        "checkpoint",
                        "0x and 64 lower-case hexadecimal digits: root of a finalised beacon block",
                        v -> Hash32.parse(v.text()).filter(root -> !root.isZero()));
        Optional<Duration> age =
                section.optional(
                        "checkpointAge",
                        CHECKPOINT_AGE,
                        "a duration such as 30d, 1h to 90d",
                        v -> SpeltDuration.parse(v.text(), CHECKPOINT_AGE_MIN, CHECKPOINT_AGE_MAX));
        return beacons.isEmpty() || network.isEmpty() || checkpoint.isEmpty() || age.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new LightClientTrust(
                                beacons,
                                new LightClientSettings(
                                        network.get(), checkpoint.get(), age.get())));
    }

    /** A voice needs a key. What a light client proves needs none, but https hides who asks. */
    private Plain plainRpc(Optional<Trust> trust) {
        return trust.map(
                        t ->
                                switch (t) {
                                    case DEVNET -> Plain.ANYWHERE;
                                    case LIGHT_CLIENT -> onLoopback();
                                    case QUORUM, BOTH -> Plain.NOWHERE;
                                })
                .orElse(Plain.ANYWHERE);
    }

    private Plain onLoopback() {
        return isSimulated ? Plain.ON_LOOPBACK : Plain.NOWHERE;
    }

    private void refuse(Section section, Trust trust, String key) {
        if (section.has(key)) {
            section.drop(key);
            faults.add(
                    section.at(key),
                    section.name(key),
                    "present",
                    "none: %s trust reads no %s".formatted(trust.word(), key));
        }
        section.drop(key);
    }
}

package io.attestgate.policy.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.policy.beacon.spec.BeaconNetwork;
import io.attestgate.policy.beacon.spec.KnownNetworks;
import io.attestgate.policy.beacon.spec.LightClientBootstrap;
import io.attestgate.policy.beacon.spec.LightClientReader;
import io.attestgate.policy.beacon.spec.LightClientUpdate;
import io.attestgate.policy.beacon.spec.Preset;
import io.attestgate.wire.Parsed;
import java.util.List;

/** The messages of mainnet in the order in which a client would have taken them. */
final class MainnetMessages {
    static final BeaconNetwork NETWORK = KnownNetworks.MAINNET;
    static final LightClientReader READER = new LightClientReader(Preset.MAINNET);

    /** The newest message's signature slot. */
    static final long NOW = 7_109_432;

    private MainnetMessages() {}

    static LightClientBootstrap bootstrap() {
        return good(READER.bootstrap(Vectors.mainnet("bootstrap.json")));
    }

    static List<LightClientUpdate> updates() {
        return good(READER.updates(Vectors.mainnet("updates.json"), 6));
    }

    static LightClientUpdate finality() {
        return good(READER.finalityUpdate(Vectors.mainnet("finality.json")));
    }

    static LightClientUpdate optimistic() {
        return good(READER.optimisticUpdate(Vectors.mainnet("optimistic.json")));
    }

    /** The store before the finality update. */
    static LightClientStore caughtUp() {
        LightClientStore store = begun();
        for (LightClientUpdate update : updates()) {
            store = accepted(store.process(update, NOW));
        }
        return store;
    }

    static LightClientStore begun() {
        return accepted(LightClientStore.begin(NETWORK, Vectors.MAINNET_ROOT, bootstrap()));
    }

    static LightClientStore accepted(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Accepted.class);
        return ((Outcome.Accepted) outcome).store();
    }

    static Check refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).refusal().check();
    }

    static <T> T good(Parsed<T> parsed) {
        assertThat(parsed.faults()).isEmpty();
        return parsed.toOptional().orElseThrow();
    }
}

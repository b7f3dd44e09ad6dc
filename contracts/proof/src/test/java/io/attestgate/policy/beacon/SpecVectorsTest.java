package io.attestgate.policy.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.beacon.spec.Fork;
import io.attestgate.policy.beacon.spec.LightClientBootstrap;
import io.attestgate.policy.beacon.spec.LightClientHeader;
import io.attestgate.policy.beacon.spec.LightClientReader;
import io.attestgate.policy.beacon.spec.LightClientUpdate;
import io.attestgate.policy.beacon.spec.Preset;
import io.attestgate.wire.Hash32;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The specification's own vectors, executed as written up to the first forced update, which is
 * refused.
 */
@RequiresPeer("vectors")
class SpecVectorsTest {
    static final LightClientReader READER = new LightClientReader(Preset.MINIMAL);
    static final List<String> TESTS =
            List.of(
                    "light_client_sync",
                    "advance_finality_without_sync_committee",
                    "supply_sync_committee_from_past_update");
    private static final Pattern TRUSTED = Pattern.compile("trusted_block_root: '(\\w+)'");

    @ParameterizedTest
    @CsvSource({
        "light_client_sync, 5, true",
        "advance_finality_without_sync_committee, 5, false",
        "supply_sync_committee_from_past_update, 1, false"
    })
    void theStoreIsAsTheSpecificationSaysAfterEveryStep(
            String test, int stepsExpected, boolean endsForced) {
        Path folder = Vectors.spec(test);
        LightClientStore store = begun(folder);
        int steps = 0;
        boolean forced = false;
        for (SpecStep step : SpecStep.read(folder.resolve("steps.yaml"))) {
            if (step.isForced()) {
                assertThat(MainnetMessages.refused(store.forceUpdate()))
                        .isEqualTo(Check.FORCED_UPDATE);
                forced = true;
                break;
            }
            store =
                    MainnetMessages.accepted(
                            store.process(update(folder, step.update()), step.currentSlot()));
            holds(store.finalized(), step.finalized());
            holds(store.optimistic(), step.optimistic());
            steps++;
        }
        assertThat(steps).isEqualTo(stepsExpected);
        assertThat(forced).isEqualTo(endsForced);
    }

    private static void holds(LightClientHeader header, SpecStep.Expected expected) {
        assertThat(header.beacon().slot()).isEqualTo(expected.slot());
        assertThat(header.beacon().root()).isEqualTo(expected.beaconRoot());
        assertThat(header.execution().root(Fork.DENEB)).isEqualTo(expected.executionRoot());
    }

    static LightClientStore begun(Path folder) {
        return MainnetMessages.accepted(
                LightClientStore.begin(Vectors.MINIMAL, trusted(folder), bootstrap(folder)));
    }

    private static LightClientBootstrap bootstrap(Path folder) {
        return MainnetMessages.good(READER.bootstrap(Fork.DENEB, ssz(folder, "bootstrap")));
    }

    private static LightClientUpdate update(Path folder, String name) {
        return MainnetMessages.good(READER.update(Fork.DENEB, ssz(folder, name)));
    }

    static byte[] ssz(Path folder, String name) {
        return Snappy.decompress(Vectors.read(folder.resolve(name + ".ssz_snappy")));
    }

    private static Hash32 trusted(Path folder) {
        String meta = new String(Vectors.read(folder.resolve("meta.yaml")), StandardCharsets.UTF_8);
        Matcher found = TRUSTED.matcher(meta);
        assertThat(found.find()).isTrue();
        return Vectors.hash(found.group(1));
    }
}

package io.attestgate.policy.beacon.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.util.Arrays;
import java.util.List;

/**
 * Arbitrary bytes are a message or are refused with a path, in both encodings and for every fork,
 * which the first byte chooses.
 */
class LightClientReaderFuzzTest {
    private static final LightClientReader READER = new LightClientReader(Preset.MINIMAL);
    private static final List<Fork> FORKS = List.of(Fork.values());
    private static final int SIZE_BYTES_MAX = 1 << 16;

    @FuzzTest(maxDuration = "60s")
    void json(byte[] bytes) {
        JsonReader.parse(bytes, SIZE_BYTES_MAX)
                .toOptional()
                .ifPresent(
                        json -> {
                            holds(READER.bootstrap(json));
                            holds(READER.updates(json, 4));
                            holds(READER.finalityUpdate(json));
                            holds(READER.optimisticUpdate(json));
                        });
    }

    @FuzzTest(maxDuration = "60s")
    void ssz(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        Fork fork = FORKS.get(bytes[0] & 3);
        byte[] ssz = Arrays.copyOfRange(bytes, 1, bytes.length);
        holds(READER.bootstrap(fork, ssz));
        holds(READER.update(fork, ssz));
        holds(READER.finalityUpdate(fork, ssz));
        holds(READER.optimisticUpdate(fork, ssz));
    }

    private static void holds(Parsed<?> parsed) {
        switch (parsed) {
            case Parsed.Bad<?> bad ->
                    assertThat(bad.faults()).allMatch(fault -> fault.path().startsWith("$"));
            case Parsed.Good<?> good -> {
                switch (good.value()) {
                    case LightClientBootstrap b ->
                            assertThat(b.committee().keys()).hasSize(committeeSize());
                    case LightClientUpdate u -> slotsHold(u);
                    case List<?> updates -> updates.forEach(u -> slotsHold((LightClientUpdate) u));
                    default -> throw new AssertionError(good.value());
                }
            }
        }
    }

    private static void slotsHold(LightClientUpdate update) {
        assertThat(update.signatureSlot()).isBetween(0L, BeaconBlockHeader.SLOT_MAX);
        assertThat(update.attested().beacon().slot()).isBetween(0L, BeaconBlockHeader.SLOT_MAX);
    }

    private static int committeeSize() {
        return Preset.MINIMAL.syncCommitteeSize();
    }
}

package io.attestgate.policy.beacon.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attestgate.wire.Hash32;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeaconNetworkTest {
    private static final BeaconNetwork MAINNET = KnownNetworks.MAINNET;

    @Test
    void aSlotOfMainnetBeginsWhenItsExecutionBlockSays() {
        // The execution block in the beacon block of slot 7069376 has timestamp 1691656535.
        assertThat(MAINNET.timeOf(7_069_376)).isEqualTo(Instant.ofEpochSecond(1_691_656_535));
        assertThat(MAINNET.slotAt(Instant.ofEpochSecond(1_691_656_535))).isEqualTo(7_069_376);
        assertThat(MAINNET.slotAt(Instant.ofEpochSecond(1_691_656_534))).isEqualTo(7_069_375);
        assertThat(MAINNET.slotAt(Instant.EPOCH)).isZero();
    }

    @Test
    void aForkHoldsFromTheFirstSlotOfItsEpoch() {
        long electra = 364_032L * 32;
        assertThat(MAINNET.forkAt(electra - 1).map(ForkActivation::fork)).contains(Fork.DENEB);
        assertThat(MAINNET.forkAt(electra).map(ForkActivation::fork)).contains(Fork.ELECTRA);
        assertThat(MAINNET.forkAt(194_048L * 32 - 1)).isEmpty();
    }

    @Test
    void aPeriodIs8192SlotsAndOfTheSmallPreset64() {
        assertThat(MAINNET.periodAt(8191)).isZero();
        assertThat(MAINNET.periodAt(8192)).isEqualTo(1);
        assertThat(Preset.MINIMAL.slotsPerPeriod()).isEqualTo(64);
    }

    @Test
    void aNetworkIsKnownByItsName() {
        assertThat(KnownNetworks.named("mainnet")).contains(MAINNET);
        assertThat(KnownNetworks.named("sepolia")).contains(KnownNetworks.SEPOLIA);
        assertThat(KnownNetworks.named("Mainnet")).isEmpty();
    }

    @Test
    void forksOutOfOrderOrTwiceAreNoSchedule() {
        ForkActivation capella = MAINNET.forks().get(0);
        ForkActivation deneb = MAINNET.forks().get(1);
        for (List<ForkActivation> forks :
                List.of(
                        List.of(deneb, capella),
                        List.of(deneb, deneb),
                        List.<ForkActivation>of())) {
            assertThatThrownBy(() -> network(Duration.ofSeconds(12), forks))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aSlotLastsFromAMillisecondToAnHour() {
        for (Duration slot :
                List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofSeconds(3601))) {
            assertThatThrownBy(() -> network(slot, MAINNET.forks()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        // No slot that a reader lets through overflows the clock.
        BeaconNetwork slow = network(Duration.ofHours(1), MAINNET.forks());
        assertThat(slow.timeOf(BeaconBlockHeader.SLOT_MAX)).isAfter(Instant.EPOCH);
    }

    private static BeaconNetwork network(Duration slot, List<ForkActivation> forks) {
        return new BeaconNetwork("test", Preset.MAINNET, Instant.EPOCH, slot, Hash32.ZERO, forks);
    }
}

package io.attestgate.policy.beacon;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.policy.beacon.spec.LightClientUpdate;
import io.attestgate.policy.beacon.spec.LightClientUpdate.Finality;
import io.attestgate.wire.Hash32;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mainnet's own messages of periods 862 to 867, from the checkpoint to the newest final block. */
@RequiresPeer("vectors")
class MainnetVectorsTest {

    @Test
    void mainnetsMessagesLeadFromTheCheckpointToTheNewestFinalBlock() {
        LightClientStore store = MainnetMessages.begun();
        assertThat(store.period()).isEqualTo(862);
        assertThat(store.finalizedBy()).isEmpty();
        for (LightClientUpdate update : MainnetMessages.updates()) {
            store = MainnetMessages.accepted(store.process(update, MainnetMessages.NOW));
            assertThat(store.knowsNextCommittee()).isTrue();
        }
        assertThat(store.period()).isEqualTo(867);

        store = MainnetMessages.accepted(store.process(MainnetMessages.finality(), NOW));
        assertThat(store.finalized().execution().blockHash())
                .isEqualTo(
                        hash("0xbc8499537876e5406c7a65e25f99063f1cd85a17014a3aa5ade38271b1fbf64f"));
        assertThat(store.finalizedBy())
                .hasValueSatisfying(
                        by -> {
                            assertThat(by.period()).isEqualTo(867);
                            assertThat(by.signers()).isBetween(510, 512);
                        });

        store = MainnetMessages.accepted(store.process(MainnetMessages.optimistic(), NOW));
        assertThat(store.optimistic().execution().blockHash())
                .isEqualTo(
                        hash("0x3c015340e234ff7f8e75ecebb11d45154a394cd896ddcfcfffc941a07b314960"));
    }

    private static final long NOW = MainnetMessages.NOW;

    @Test
    void anUpdateOfAnEarlierSlotTellsTheNextCommitteeAndNothingElse() {
        LightClientStore begun = MainnetMessages.begun();
        LightClientUpdate update = MainnetMessages.updates().getFirst();
        assertThat(update.attested().beacon().slot()).isLessThan(begun.finalized().beacon().slot());
        LightClientStore store = MainnetMessages.accepted(begun.process(update, NOW));
        assertThat(store.knowsNextCommittee()).isTrue();
        assertThat(store.finalized()).isEqualTo(begun.finalized());
        assertThat(store.finalizedBy()).isEmpty();
        assertThat(MainnetMessages.refused(store.process(update, NOW))).isEqualTo(Check.RELEVANCE);
    }

    @Test
    void aPeriodThatIsLeftOutIsRefused() {
        LightClientUpdate second = MainnetMessages.updates().get(1);
        assertThat(MainnetMessages.refused(MainnetMessages.begun().process(second, NOW)))
                .isEqualTo(Check.SIGNATURE_PERIOD);
    }

    @Test
    void aSignatureOfTheFutureIsRefused() {
        LightClientUpdate finality = MainnetMessages.finality();
        assertThat(
                        MainnetMessages.refused(
                                MainnetMessages.caughtUp()
                                        .process(finality, finality.signatureSlot() - 1)))
                .isEqualTo(Check.FUTURE);
    }

    @Test
    void anotherBlockThanTheTrustedOneIsRefused() {
        assertThat(
                        MainnetMessages.refused(
                                LightClientStore.begin(
                                        MainnetMessages.NETWORK,
                                        Hash32.ZERO,
                                        MainnetMessages.bootstrap())))
                .isEqualTo(Check.TRUSTED_ROOT);
    }

    @Test
    void aForcedUpdateIsRefusedByItsName() {
        assertThat(MainnetMessages.refused(MainnetMessages.begun().forceUpdate()))
                .isEqualTo(Check.FORCED_UPDATE);
    }

    @Test
    void whatStandsInTheUpdateIsWhatThePeriodsSay() {
        List<LightClientUpdate> updates = MainnetMessages.updates();
        for (int i = 0; i < updates.size(); i++) {
            Optional<Finality> finality = updates.get(i).finality();
            assertThat(
                            MainnetMessages.NETWORK.periodAt(
                                    finality.orElseThrow().header().beacon().slot()))
                    .isEqualTo(862L + i);
        }
    }

    private static Hash32 hash(String hex) {
        return Vectors.hash(hex);
    }
}

package io.attestgate.proxy.main;

import static io.attestgate.proxy.main.RunningGateway.at;
import static io.attestgate.proxy.main.RunningGateway.domain;
import static io.attestgate.proxy.main.RunningGateway.number;
import static io.attestgate.proxy.main.RunningGateway.permitted;
import static io.attestgate.proxy.main.RunningGateway.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway and the real contracts: what it takes to serve, and what ends it. */
@RequiresPeer("anvil")
final class FreshnessOnAnvilTest {
    private static final String HEARTBEAT =
            ",\"heartbeat\":{\"interval\":\"10s\",\"soft\":\"10m\",\"hard\":\"20m\"}";
    private static final String ACCEPTED = ",\"rollbackRisk\":\"accepted\"";

    @TempDir private Path folder;

    @Test
    void aStartWaitsForABeatInFinalStateAndAHeartbeatThatIsWithheldEndsOrdersThenServing()
            throws Exception {
        try (ChainAround chain = ChainAround.deploy(HEARTBEAT);
                RunningGateway gateway =
                        RunningGateway.start(
                                folder.resolve("state"), chain.deployed(), chain.anvil().rpc())) {
            gateway.awaitEnded("measurement-unknown");
            chain.allow(gateway.measurement());
            Json.Obj waiting = gateway.awaitEnded("heartbeat-awaited");
            assertThat(gateway.readiness())
                    .contains("heartbeat-awaited", "the nonce of /status beaten and final");
            assertThat(text(waiting, "heartbeat", "contract"))
                    .isEqualTo(chain.deployed().heartbeat().toString());
            Hash32 first = gateway.awaitNonce(Hash32.ZERO);
            long block = number(waiting, "policy", "block");
            chain.beat(first);
            chain.mine();
            assertThat(permitted(gateway.awaitBlock(block + 2), "serving")).isFalse();
            chain.finalise();
            Json.Obj serving = gateway.awaitServing();
            assertThat(domain(serving)).isEqualTo("live");
            assertThat(gateway.readiness()).doesNotContain("heartbeat");

            gateway.clockAhead(Duration.ofMinutes(11));
            Json.Obj soft = gateway.await("soft", status -> !permitted(status, "ordering"));
            assertThat(text(soft, "policy", "ordering", "cause")).isEqualTo("heartbeat-missed");
            assertThat(permitted(soft, "serving")).isTrue();
            gateway.clockAhead(Duration.ofMinutes(25));
            Json.Obj hard = gateway.await("hard", status -> !permitted(status, "serving"));
            assertThat(text(hard, "policy", "serving", "cause")).isEqualTo("heartbeat-missed");
            assertThat(gateway.readiness()).contains("heartbeat-missed");

            chain.beat(first);
            chain.finalise();
            Hash32 next = gateway.awaitNonce(first);
            assertThat(permitted(gateway.status(), "serving")).isFalse();
            chain.beat(next);
            chain.finalise();
            gateway.await("back", s -> permitted(s, "serving") && permitted(s, "ordering"));
        }
    }

    @Test
    void afterARestartABeatOfTheLifeBeforeIsNotEnough() throws Exception {
        try (ChainAround chain = ChainAround.deploy("")) {
            Path state = folder.resolve("state");
            Hash32 before;
            try (RunningGateway gateway =
                    RunningGateway.start(state, chain.deployed(), chain.anvil().rpc())) {
                chain.allow(gateway.measurement());
                before = gateway.awaitNonce(Hash32.ZERO);
                chain.beat(before);
                chain.finalise();
                gateway.awaitServing();
            }
            try (RunningGateway gateway =
                    RunningGateway.start(state, chain.deployed(), chain.anvil().rpc())) {
                gateway.awaitEnded("heartbeat-awaited");
                Hash32 after = gateway.awaitNonce(Hash32.ZERO);
                assertThat(after).isNotEqualTo(before);
                chain.beat(after);
                chain.finalise();
                gateway.awaitServing();
            }
        }
    }

    @Test
    void anEndpointThatHidesTheBeatKeepsTheGatewayClosedAndNoMore() throws Exception {
        try (ChainAround chain = ChainAround.deploy("");
                HidingEndpoint endpoint =
                        HidingEndpoint.of(chain.anvil().rpc(), chain.deployed().heartbeat());
                RunningGateway gateway =
                        RunningGateway.start(
                                folder.resolve("state"), chain.deployed(), endpoint.rpc())) {
            chain.allow(gateway.measurement());
            gateway.awaitEnded("heartbeat-awaited");
            chain.beat(gateway.awaitNonce(Hash32.ZERO));
            chain.finalise();
            long block = number(gateway.status(), "policy", "block");
            chain.finalise();
            gateway.await("a later block", s -> number(s, "policy", "block") > block + 2);
            Json.Obj closed = gateway.awaitEnded("heartbeat-awaited");
            assertThat(text(closed, "heartbeat", "failure")).startsWith("WRONG_PROOF");
            endpoint.hidesNoMore();

            gateway.awaitServing();
        }
    }

    @Test
    void aHaltCountsBeforeItIsFinalAndOneThatIsReorganisedAwayUntilFinalityHasPassedIt()
            throws Exception {
        try (ChainAround chain = ChainAround.deploy(ACCEPTED);
                RunningGateway gateway =
                        RunningGateway.start(
                                folder.resolve("state"), chain.deployed(), chain.anvil().rpc())) {
            chain.allow(gateway.measurement());
            Json.Obj live = gateway.await("live", s -> domain(s).equals("live"));
            chain.halt();
            Json.Obj halted = gateway.await("halted", s -> domain(s).equals("halted"));
            assertThat(at(halted, "policy", "earlyHalts"))
                    .isEqualTo(Json.Arr.of(List.of(ChainAround.NAME)));
            assertThat(at(halted, "policy", "epoch")).isEqualTo(at(live, "policy", "epoch"));
            assertThat(at(halted, "policy", "head")).isEqualTo(at(live, "policy", "head"));

            long block = number(halted, "policy", "block");
            chain.reorganise(1);
            chain.mine();
            assertThat(domain(gateway.awaitBlock(block + 1))).isEqualTo("halted");
            chain.finalise();
            Json.Obj back = gateway.await("live again", s -> domain(s).equals("live"));
            assertThat(at(back, "policy", "epoch")).isEqualTo(at(live, "policy", "epoch"));
        }
    }

    @Test
    void theOwnRevocationCountsBeforeItIsFinal() throws Exception {
        try (ChainAround chain = ChainAround.deploy(ACCEPTED);
                RunningGateway gateway =
                        RunningGateway.start(
                                folder.resolve("state"), chain.deployed(), chain.anvil().rpc())) {
            Hash32 measurement = gateway.measurement();
            chain.allow(measurement);
            gateway.awaitServing();
            chain.revoke(measurement);

            Json.Obj revoked = gateway.awaitEnded("measurement-revoked");
            assertThat(permitted(revoked, "ordering")).isFalse();
            chain.finalise();
            gateway.awaitEnded("measurement-revoked");
        }
    }

    @Test
    void aRegistryThatTheBootstrapFileDoesNotPinTrustsNobody() throws Exception {
        try (ChainAround chain = ChainAround.deploy(ACCEPTED)) {
            Map<Address, Hash32> pins = new HashMap<>(chain.deployed().codeHashes());
            pins.remove(chain.deployed().measurementRegistry());
            try (RunningGateway gateway =
                    RunningGateway.start(
                            folder.resolve("state"), chain.deployed(), pins, chain.anvil().rpc())) {
                chain.allow(gateway.measurement());
                gateway.awaitEnded("unknown-registry");
            }
        }
    }
}

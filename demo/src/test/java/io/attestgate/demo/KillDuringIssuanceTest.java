package io.attestgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The gateway is killed with SIGKILL at moments that the operator would choose, while it orders a
 * certificate for a new name each time; then it must come up with everything it had.
 */
@RequiresPeer({"anvil", "pebble", "pebble-challtestsrv"})
final class KillDuringIssuanceTest {
    private static final long SEED = 20_260_101;
    private static final Duration KILL_AFTER_MIN = Duration.ofMillis(700);
    private static final Duration KILL_AFTER_SPAN = Duration.ofMillis(2_300);

    @Test
    void threeKillsLoseNothing() throws Exception {
        killAndCount(3);
    }

    @Test
    @Tag("long")
    void twentyKillsLoseNothing() throws Exception {
        killAndCount(20);
    }

    private static void killAndCount(int kills) throws Exception {
        Random moments = new Random(SEED);
        try (World world = World.start(Ports.preferring(0, 0, 0), Optional.empty(), line -> {})) {
            world.startGateway();
            assertThat(world.gateway().stop()).isZero();
            List<String> names = new ArrayList<>(List.of(World.DOMAIN));
            for (int kill = 0; kill < kills; kill++) {
                names.add("k%d.demo.localhost".formatted(kill));
                world.publishRoute(names.getLast(), world.upstream());
                Gateway gateway = world.launchGateway();
                LockSupport.parkNanos(
                        KILL_AFTER_MIN.toNanos()
                                + (long) (moments.nextDouble() * KILL_AFTER_SPAN.toNanos()));
                gateway.kill();
            }
            world.restartGateway();
            try (Visitor visitor = Visitor.trusting(world.issuerRoot())) {
                for (String name : names) {
                    assertThat(world.awaitAnswer(visitor, url(world, name))).isEqualTo(200);
                }
            }
            long orders = world.authority().ordersPlaced();
            assertThat(world.authority().accountsMade()).isEqualTo(1);
            assertThat(orders).isBetween((long) names.size(), (long) names.size() + kills);
            assertThat(world.gateway().stop()).isZero();
            world.restartGateway();
            assertThat(world.authority().ordersPlaced()).isEqualTo(orders);
        }
    }

    private static URI url(World world, String name) {
        return URI.create("https://%s:%d/".formatted(name, world.ports().https()));
    }
}

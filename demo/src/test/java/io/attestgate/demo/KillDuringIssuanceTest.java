package io.attestgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The gateway is killed with SIGKILL at moments that the operator would choose, while it orders a
 * certificate for one new name each time. Started again it has everything it had, and has placed at
 * most one more order for that name.
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
        try (World world =
                World.start(Ports.preferring(0, 0, 0), World.Setting.usual(), line -> {})) {
            world.startGateway();
            assertThat(world.gateway().stop()).isZero();
            List<String> names = new ArrayList<>(List.of(World.DOMAIN));
            for (int kill = 0; kill < kills; kill++) {
                names.add("k%d.demo.localhost".formatted(kill));
                world.publishRoute(names.getLast(), world.upstream());
                world.chain().finalise();
                long before = world.authority().ordersPlaced();
                Gateway killed = world.launchGateway();
                LockSupport.parkNanos(
                        KILL_AFTER_MIN.toNanos()
                                + (long) (moments.nextDouble() * KILL_AFTER_SPAN.toNanos()));
                killed.kill();
                world.restartGateway();
                assertThat(status(world, names.getLast())).isEqualTo(200);
                long placed = world.authority().ordersPlaced() - before;
                assertThat(placed).as("orders for " + names.getLast()).isBetween(1L, 2L);
                assertThat(world.gateway().stop()).isZero();
            }
            long orders = world.authority().ordersPlaced();
            world.restartGateway();
            for (String name : names) {
                assertThat(status(world, name)).isEqualTo(200);
            }
            assertThat(world.authority().ordersPlaced()).isEqualTo(orders);
            assertThat(world.authority().accountsMade()).isEqualTo(1);
        }
    }

    private static int status(World world, String name) throws IOException {
        URI url = URI.create("https://%s:%d/".formatted(name, world.ports().https()));
        try (Visitor visitor = Visitor.trusting(world.issuerRoot())) {
            return world.awaitAnswer(visitor, url);
        }
    }
}

package io.attestgate.demo;

import io.attestgate.govern.GovernException;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The guardian halts the domain for some seconds, which takes effect before it is final, and the
 * halt ends by itself.
 */
final class Emergency {
    private static final Duration HALT = Duration.ofSeconds(8);

    private final World world;
    private final LongSupplier nanoTime;
    private Instant until = Instant.EPOCH;

    Emergency(World world, LongSupplier nanoTime) {
        this.world = world;
        this.nanoTime = nanoTime;
    }

    /** Good if the gateway did not wait for finality. */
    Sight halted(String what, Visitor visitor) throws IOException, DemoException {
        until = Instant.ofEpochSecond(Instant.now().plus(HALT).getEpochSecond());
        long block;
        try {
            block = world.dao().halt(World.DOMAIN, until);
        } catch (GovernException e) {
            throw new DemoException("halt", e);
        }
        long mined = nanoTime.getAsLong();
        await(503, visitor);
        double seconds = (nanoTime.getAsLong() - mined) / 1e9;
        long finalised = Operations.policyBlock(world.ports());
        return new Sight(
                what,
                finalised < block,
                "503 %.1f s after its block %d, while block %d is the final one"
                        .formatted(seconds, block, finalised));
    }

    /** By the time of a proven block, not by anybody's clock. */
    Sight lapsed(String what, Visitor visitor) throws IOException {
        await(200, visitor);
        Instant proven = Operations.policyTime(world.ports());
        return new Sight(
                what,
                !proven.isBefore(until),
                "200 again under a block of %s, for a halt until %s".formatted(proven, until));
    }

    private void await(int status, Visitor visitor) throws IOException {
        Patience patience = new Patience("status " + status);
        while (visitor.get(world.url(), Version.HTTP_1_1).statusCode() != status) {
            patience.pause();
        }
    }
}

package io.attestgate.proxy.wellknown;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PacesTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private final Paces paces = new Paces(new Pace(2, 3), new Pace(4, 6), 7, nanos::get);

    @Test
    void aClientHasItsBurstAndThenItsPace() throws UnknownHostException {
        assertThat(turns("192.0.2.1", 5)).isEqualTo(3);
        assertThat(paces.waitOf(address("192.0.2.1"))).contains(Duration.ofMillis(500));

        nanos.addAndGet(Duration.ofMillis(500).toNanos());
        assertThat(turns("192.0.2.1", 5)).isEqualTo(1);

        nanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(turns("192.0.2.1", 5)).isEqualTo(3);
    }

    @Test
    void allClientsTogetherHaveOnePaceAsWell() throws UnknownHostException {
        int all = turns("192.0.2.1", 3) + turns("192.0.2.2", 3) + turns("192.0.2.3", 3);

        assertThat(all).isEqualTo(6);
    }

    @Test
    void whoIsHeldBackTakesNobodyElsesTurn() throws UnknownHostException {
        assertThat(turns("192.0.2.1", 100)).isEqualTo(3);
        assertThat(turns("192.0.2.2", 3)).isEqualTo(3);
    }

    @Test
    void anIpv6ClientIsItsNetwork() throws UnknownHostException {
        assertThat(turns("2001:db8::1", 3)).isEqualTo(3);
        assertThat(turns("2001:db8::ffff", 3)).isZero();
        assertThat(turns("2001:db8:0:1::1", 3)).isEqualTo(3);
    }

    private int turns(String client, int tries) throws UnknownHostException {
        int turns = 0;
        for (int i = 0; i < tries; i++) {
            turns += paces.waitOf(address(client)).isEmpty() ? 1 : 0;
        }
        return turns;
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}

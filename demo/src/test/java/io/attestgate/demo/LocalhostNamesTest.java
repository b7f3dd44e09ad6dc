package io.attestgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

final class LocalhostNamesTest {
    @Test
    void aNameUnderLocalhostIsLoopbackAlthoughNoFileHasIt() throws Exception {
        assertThat(InetAddress.getAllByName("no-file-has-this.demo.localhost"))
                .allMatch(InetAddress::isLoopbackAddress);
    }
}

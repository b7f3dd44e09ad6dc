package io.attestgate.proxy.tls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

class ClientHelloFuzzTest {

    /** Nothing throws, no byte is taken, and reading it again gives the same. */
    @FuzzTest(maxDuration = "60s")
    void aClientHelloIsReadOrIsNone(byte[] bytes) {
        ByteBuf hello = Unpooled.wrappedBuffer(bytes);
        Optional<ClientHello> read = ClientHello.parse(hello);

        assertThat(hello.readableBytes()).isEqualTo(bytes.length);
        assertThat(ClientHello.parse(hello)).isEqualTo(read);
    }
}

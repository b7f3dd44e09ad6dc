package io.attestgate.attest.tpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which answer belongs to which command, whatever happens to the thread that asked. */
final class TpmSocketTest {
    private static final byte[] COMMAND = {1, 2, 3};
    private static final byte[] FIRST = HexFormat.of().parseHex("80010000000a00000001");
    private static final byte[] SECOND = HexFormat.of().parseHex("80010000000a00000002");

    @TempDir private Path folder;
    private ServerSocketChannel server;
    private TpmSocket bus;
    private SocketChannel tpm;

    @BeforeEach
    void open() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("tpm"));
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        bus = TpmSocket.open(address.getPath());
        tpm = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        bus.close();
        tpm.close();
        server.close();
    }

    @Test
    void whoIsInterruptedStillReadsHisAnswerAndIsInterruptedAfterwards() throws Exception {
        try (ExecutorService asking = Executors.newSingleThreadExecutor()) {
            Thread thread = asking.submit(Thread::currentThread).get();
            Future<byte[]> asked = asking.submit(() -> bus.transmit(COMMAND));
            receive();
            thread.interrupt();
            tpm.write(ByteBuffer.wrap(FIRST));

            assertThat(asked.get()).isEqualTo(FIRST);
        }
        tpm.write(ByteBuffer.wrap(SECOND));

        Thread.currentThread().interrupt();
        assertThat(bus.transmit(COMMAND)).isEqualTo(SECOND);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void afterAnAnswerThatIsNoneNothingIsAskedAnyMore() throws IOException {
        tpm.write(ByteBuffer.wrap(HexFormat.of().parseHex("8001000000090000000000")));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> bus.transmit(COMMAND));

        tpm.write(ByteBuffer.wrap(FIRST));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> bus.transmit(COMMAND));
    }

    private void receive() throws IOException {
        ByteBuffer command = ByteBuffer.allocate(COMMAND.length);
        while (command.hasRemaining()) {
            assertThat(tpm.read(command)).isNotNegative();
        }
    }
}

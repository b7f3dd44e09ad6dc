package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import javax.net.ssl.SSLException;

/** A client in the midst of one exchange, over either version of HTTP. */
interface RunningClient extends AutoCloseable {
    /** What is read of a download that ought to be cut and is not. */
    int BYTES_MAX = 150;

    /** Of HTTP. */
    enum Version {
        HTTP_1_1,
        HTTP_2
    }

    static RunningClient open(Running gateway, String host, Version version) throws IOException {
        return switch (version) {
            case HTTP_1_1 -> new Http1(gateway.client(host), host);
            case HTTP_2 -> new Http2(RawHttp2.open(gateway, host), host);
        };
    }

    void openWebSocket() throws Exception;

    /** Sends a byte through the WebSocket and waits for its echo; throws when it was cut. */
    void ping() throws IOException;

    void beginDownload() throws Exception;

    /** Reads until it is cut, or {@link #BYTES_MAX}. */
    void readToTheEnd() throws IOException;

    /** Whether it ended in the way of the protocol to say that more was to come. */
    boolean wasCut();

    @Override
    void close() throws IOException;

    /** The end of the connection is that of the exchange. */
    final class Http1 implements RunningClient {
        private final RawClient client;
        private final String host;
        private boolean cutWithin;

        private Http1(RawClient client, String host) {
            this.client = client;
            this.host = host;
        }

        @Override
        public void openWebSocket() throws IOException {
            client.send(
                    """
                    GET /chat HTTP/1.1\r
                    Host: %s\r
                    Connection: Upgrade\r
                    Upgrade: websocket\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    \r
                    """
                            .formatted(host));
            assertThat(client.reply().status()).isEqualTo(101);
        }

        @Override
        public void ping() throws IOException {
            try {
                client.send(".");
                assertThat(client.in().read()).isEqualTo('.');
            } catch (SSLException | SocketException cut) {
                cutWithin = true;
                throw cut;
            }
        }

        @Override
        public void beginDownload() throws IOException {
            client.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
            assertThat(Reply.line(client.in())).contains("200");
        }

        @Override
        public void readToTheEnd() throws IOException {
            try {
                for (int i = 0; i < BYTES_MAX; i++) {
                    // Without close_notify it cannot end well.
                    assertThat(client.in().read()).isNotNegative();
                }
            } catch (SSLException | SocketException cut) {
                cutWithin = true;
            }
        }

        @Override
        public boolean wasCut() {
            return cutWithin;
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    /** The end of a stream is that of the exchange; the connection goes on. */
    final class Http2 implements RunningClient {
        private static final int CANCEL = 8;

        private final RawHttp2 client;
        private final String host;
        private boolean cancelled;

        private Http2(RawHttp2 client, String host) {
            this.client = client;
            this.host = host;
        }

        private void ask(int flags, String... pairs) throws Exception {
            client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | flags, 1, client.fields(1, pairs));
            assertThat(client.section().status()).hasToString("200");
        }

        @Override
        public void openWebSocket() throws Exception {
            ask(
                    0,
                    ":method",
                    "CONNECT",
                    ":scheme",
                    "https",
                    ":path",
                    "/chat",
                    ":authority",
                    host,
                    ":protocol",
                    "websocket",
                    "sec-websocket-version",
                    "13");
        }

        @Override
        public void ping() throws IOException {
            client.send(RawHttp2.DATA, 0, 1, new byte[] {'.'});
            String echo = data();
            assertThat(echo).isEqualTo(".");
        }

        /** The next piece of the answer. */
        private String data() throws IOException {
            RawHttp2.Frame frame = client.frame();
            while (frame.type() != RawHttp2.DATA && frame.type() != RawHttp2.RST_STREAM) {
                frame = client.frame();
            }
            if (frame.type() == RawHttp2.RST_STREAM) {
                assertThat(frame.stream()).isEqualTo(1);
                cancelled = frame.payload().getInt(0) == CANCEL;
                throw new EOFException("reset");
            }
            return frame.text();
        }

        @Override
        public void beginDownload() throws Exception {
            ask(
                    RawHttp2.END_STREAM,
                    ":method",
                    "GET",
                    ":scheme",
                    "https",
                    ":path",
                    "/",
                    ":authority",
                    host);
        }

        @Override
        public void readToTheEnd() throws IOException {
            try {
                for (int i = 0; i < BYTES_MAX; i++) {
                    assertThat(data()).matches("\\.*");
                }
            } catch (EOFException reset) {
                assertThat(cancelled).isTrue();
            }
        }

        @Override
        public boolean wasCut() {
            return cancelled;
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}

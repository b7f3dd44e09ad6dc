package io.attestgate.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GatewayTest {

    @Test
    void aRequestReachesTheUpstreamThatThePolicyNames() throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway = Running.open().serve("app.localhost", origin.port());
                RawClient client = gateway.client("app.localhost")) {
            Reply reply = client.get("app.localhost", "/path?query");

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo("hello");
            assertThat(Observed.next(origin.heads)).startsWith("GET /path?query HTTP/1.1\n");
        }
    }

    @Test
    void requestsOnOneConnectionUseOneUpstreamConnection() throws Exception {
        try (Origin origin = Origin.saying("hello");
                Running gateway = Running.open().serve("app.localhost", origin.port());
                RawClient client = gateway.client("app.localhost")) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.get("app.localhost", "/").body()).isEqualTo("hello");
            }

            assertThat(origin.connections).hasValue(1);
        }
    }
}

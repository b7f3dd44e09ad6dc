package io.attestgate.proxy.operations;

import io.attestgate.proxy.http.Version;
import io.attestgate.proxy.pipeline.RequestObserver.Answerer;
import io.attestgate.proxy.pipeline.RequestObserver.Ended;
import io.attestgate.proxy.pipeline.RequestObserver.Ending;
import io.attestgate.proxy.pipeline.RequestObserver.Port;
import io.attestgate.wire.Hostname;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Requests that ended, as the request way tells of them. */
final class Requests {
    private Requests() {}

    static Ended get(String host, String target, int status) {
        return ended(host, "GET", target, status, "203.0.113.77");
    }

    static Ended ended(String host, String method, String target, int status, String client) {
        return new Ended(
                Port.HTTPS,
                Optional.of(new Hostname(host)),
                true,
                Version.HTTP_2,
                method,
                target,
                status,
                Answerer.UPSTREAM,
                Ending.COMPLETE,
                10,
                2000,
                Duration.ofMillis(3),
                InetAddress.ofLiteral(client),
                Map.of());
    }

    /** Bytes that were no request, or a request for a host that the policy does not have. */
    static Ended unknown(String host) {
        return new Ended(
                Port.HTTPS,
                Optional.of(new Hostname(host)),
                false,
                Version.HTTP_1_1,
                "GET",
                "/",
                421,
                Answerer.POLICY,
                Ending.CUT,
                0,
                0,
                Duration.ZERO,
                InetAddress.getLoopbackAddress(),
                Map.of());
    }
}

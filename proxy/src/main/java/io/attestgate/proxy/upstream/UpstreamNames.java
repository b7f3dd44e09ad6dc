package io.attestgate.proxy.upstream;

import io.attestgate.wire.Hostname;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/**
 * The addresses of upstreams.
 *
 * <p>The JDK's resolver blocks, so it runs on {@code blocking}; what it says counts for {@link
 * #KEPT}. Names under .localhost are loopback without asking (RFC 6761 §6.3). The network that
 * answers is the operator's: what keeps him from standing in for an upstream is its verified TLS.
 */
public final class UpstreamNames {
    static final Duration KEPT = Duration.ofSeconds(10);

    /** Upstreams of one policy; what is past it is asked for again each time. */
    static final int NAMES_MAX = 4096;

    private final Executor blocking;
    private final InstantSource clock;
    private final ConcurrentMap<String, Answer> answers = new ConcurrentHashMap<>();

    private record Answer(CompletableFuture<InetAddress> address, long untilMillis) {}

    public UpstreamNames(Executor blocking, InstantSource clock) {
        this.blocking = blocking;
        this.clock = clock;
    }

    /** The address; complete already for a literal one, and for one that is known. */
    CompletableFuture<InetAddress> resolve(String host) {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        if (isLocal(bare)) {
            return CompletableFuture.completedFuture(InetAddress.getLoopbackAddress());
        }
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(bare);
        if (literal != null) {
            return literal(bare, literal);
        }
        Answer known = answers.get(bare);
        if (known != null && clock.millis() < known.untilMillis) {
            return known.address;
        }
        return ask(bare);
    }

    private static boolean isLocal(String host) {
        return Hostname.parse(host)
                .filter(n -> n.value().equals("localhost") || n.value().endsWith(".localhost"))
                .isPresent();
    }

    private static CompletableFuture<InetAddress> literal(String host, byte[] address) {
        try {
            return CompletableFuture.completedFuture(InetAddress.getByAddress(host, address));
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException("address: " + host, wrongLength);
        }
    }

    private CompletableFuture<InetAddress> ask(String host) {
        CompletableFuture<InetAddress> address =
                CompletableFuture.supplyAsync(() -> blockingLookUp(host), blocking);
        if (answers.size() < NAMES_MAX) {
            answers.put(host, new Answer(address, clock.millis() + KEPT.toMillis()));
        }
        return address;
    }

    private static InetAddress blockingLookUp(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException unknown) {
            throw new java.util.concurrent.CompletionException(unknown);
        }
    }
}

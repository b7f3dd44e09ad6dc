package io.attestgate.policy.beacon;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.beacon.spec.LightClientBootstrap;
import io.attestgate.policy.beacon.spec.LightClientReader;
import io.attestgate.policy.beacon.spec.LightClientUpdate;
import io.attestgate.policy.rpc.BoundedHttp;
import io.attestgate.policy.rpc.RpcException;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * The light-client part of one beacon node's HTTP interface (ethereum/beacon-APIs, {@code
 * /eth/v1/beacon/light_client}). What it gives is well-formed and not yet believed.
 *
 * <p>Blocks the calling thread, at most {@link #TIME_MAX} a call. For any thread.
 */
public final class BeaconApi implements AutoCloseable {
    /** What a whole call may take, from connecting to the answer's last byte. */
    public static final Duration TIME_MAX = Duration.ofSeconds(10);

    /** How many periods are asked for at once: 18 days of mainnet. */
    public static final int UPDATES_MAX = 16;

    /** Room for {@link #UPDATES_MAX} updates of 62 KB, and as much again. */
    public static final int ANSWER_BYTES_MAX = 2 << 20;

    private static final String PATH = "/eth/v1/beacon/light_client/";

    private final String base;
    private final BoundedHttp http;

    private BeaconApi(String base, BoundedHttp http) {
        this.base = base;
        this.http = http;
    }

    /** Asks the node at {@code base}; its TLS is held to the runtime's own roots. */
    public static BeaconApi open(URI base) {
        return open(base, TIME_MAX);
    }

    /** Asks the node at {@code base}; its TLS is held to what {@code tls} trusts. */
    public static BeaconApi open(URI base, SSLContext tls) {
        return new BeaconApi(withoutSlash(base), BoundedHttp.open(tls, TIME_MAX, ANSWER_BYTES_MAX));
    }

    /** Asks the node at {@code base}, and waits no longer than this. */
    public static BeaconApi open(URI base, Duration timeMax) {
        return new BeaconApi(withoutSlash(base), BoundedHttp.open(timeMax, ANSWER_BYTES_MAX));
    }

    private static String withoutSlash(URI base) {
        String text = base.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** Where it is, as it was given. */
    public String base() {
        return base;
    }

    /** The block of that root, and its committee. */
    LightClientBootstrap bootstrap(LightClientReader reader, Hash32 root)
            throws PolicyReadException {
        return get("bootstrap/" + root, reader::bootstrap);
    }

    /** The best updates of so many periods, at most {@link #UPDATES_MAX}. */
    List<LightClientUpdate> updates(LightClientReader reader, long startPeriod, int count)
            throws PolicyReadException {
        return get(
                "updates?start_period=%d&count=%d".formatted(startPeriod, count),
                json -> reader.updates(json, count));
    }

    /** The newest block that is final. */
    LightClientUpdate finalityUpdate(LightClientReader reader) throws PolicyReadException {
        return get("finality_update", reader::finalityUpdate);
    }

    /** The newest block that a committee signed. */
    LightClientUpdate optimisticUpdate(LightClientReader reader) throws PolicyReadException {
        return get("optimistic_update", reader::optimisticUpdate);
    }

    private <T> T get(String path, Function<Json, Parsed<T>> reading) throws PolicyReadException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + PATH + path))
                        .header("accept", "application/json");
        Json answer;
        try {
            answer = http.exchange(request).json();
        } catch (RpcException e) {
            throw new PolicyReadException(
                    e.asReadFailure().failure(), path + ": " + e.getMessage(), e);
        }
        return switch (reading.apply(answer)) {
            case Parsed.Good<T> good -> good.value();
            case Parsed.Bad<T> bad ->
                    throw new PolicyReadException(
                            Failure.MALFORMED_ANSWER, path + ": " + bad.faults().getFirst());
        };
    }

    /** Closes idle connections; what runs is cut off. */
    @Override
    public void close() {
        http.close();
    }
}

package io.attestgate.govern;

import io.attestgate.policy.rpc.JsonRpc;
import java.net.URI;
import java.util.function.Supplier;

/**
 * The way to an endpoint: where it is, and how a connection to it is opened.
 *
 * @param uri for messages
 * @param connection opens one, whose TLS is held to whatever its maker says; whoever asks closes it
 */
public record EndpointAccess(URI uri, Supplier<JsonRpc> connection) {

    /** The endpoint at this URL, whose TLS is held to the runtime's own roots. */
    public static EndpointAccess to(URI uri) {
        return new EndpointAccess(uri, () -> JsonRpc.open(uri));
    }
}

package io.attestgate.client.connect;

import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One try at an exchange: runs on a thread of its own, and may be abandoned from another, which
 * closes whatever it has open.
 */
final class Attempt {
    private final EndpointExchange.Settings settings;
    private final EndpointExchange.Request request;
    private final Instant now;

    // Guarded by this: what the abandoning thread must see.
    private @Nullable Socket transport;
    private @Nullable ConnectionFacts facts;
    private boolean abandoned;

    Attempt(EndpointExchange.Settings settings, EndpointExchange.Request request, Instant now) {
        this.settings = settings;
        this.request = request;
        this.now = now;
    }

    /** Resolves, connects, shakes hands, asks. */
    Exchange run() {
        try (Socket socket = connect();
                EndpointConnection connection =
                        EndpointConnection.over(
                                socket, request.endpoint().host(), settings.roots(), now)) {
            ConnectionFacts seen = connection.handshake();
            note(seen);
            return answered(seen, connection.get(request));
        } catch (IOException e) {
            return broken(e);
        }
    }

    private static Exchange answered(ConnectionFacts seen, Parsed<HttpAnswer> answer) {
        return switch (answer) {
            case Parsed.Good<HttpAnswer> good -> new Exchange.Answered(seen, good.value());
            case Parsed.Bad<HttpAnswer> bad ->
                    new Exchange.Unanswered(seen, bad.faults().getFirst());
        };
    }

    /** Ends it, from another thread, for the reason that is given. */
    synchronized Exchange abandon(String reason) {
        abandoned = true;
        if (transport != null) {
            try {
                transport.close();
            } catch (IOException e) {
                // It is of no more use either way.
                return unfinished(reason + "; " + e.getMessage());
            }
        }
        return unfinished(reason);
    }

    private synchronized Exchange broken(IOException e) {
        return unfinished(e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    private synchronized Exchange unfinished(String reason) {
        Fault fault =
                Fault.quoted(
                        facts == null ? "connection to " + dialled() : "answer",
                        reason,
                        facts == null ? "a TLS 1.3 handshake" : "an HTTP answer");
        return facts == null
                ? new Exchange.Unconnected(fault)
                : new Exchange.Unanswered(facts, fault);
    }

    /** Tries each address of the name in turn; the last failure is the one that is thrown. */
    private Socket connect() throws IOException {
        HostPort dialled = dialled();
        Optional<IOException> last = Optional.empty();
        for (InetAddress address : NameResolution.resolve(dialled.host())) {
            try {
                return connected(new InetSocketAddress(address, dialled.port()));
            } catch (IOException e) {
                last = Optional.of(e);
            }
        }
        throw last.orElseGet(() -> new IOException("no address"));
    }

    @SuppressWarnings("resource") // Ownership passes to the caller; a failure closes it here.
    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            note(socket);
            socket.connect(address, Math.toIntExact(settings.total().toMillis()));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private HostPort dialled() {
        return settings.dial()
                .orElseGet(
                        () ->
                                new HostPort(
                                        request.endpoint().host().value(),
                                        request.endpoint().port()));
    }

    private synchronized void note(Socket socket) throws IOException {
        if (abandoned) {
            throw new SocketException("abandoned");
        }
        transport = socket;
    }

    private synchronized void note(ConnectionFacts seen) {
        facts = seen;
    }
}

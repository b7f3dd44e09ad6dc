package io.attestgate.proxy.cli;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.govern.EndpointAccess;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.read.AnchorStore;
import io.attestgate.policy.read.PinnedContract;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.ProvenSource;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.proxy.bootstrap.EndpointConnection;
import io.attestgate.proxy.bootstrap.RpcEndpoint;
import java.net.URI;
import java.util.Optional;

/**
 * A contract and the endpoint that a command asks about it.
 *
 * @param pinned the contract and the code that it must have
 * @param rpc the endpoint
 * @param held what a bootstrap file holds its TLS to; empty for an endpoint of the command line,
 *     whose TLS is held to the roots of this machine like any other web site's
 */
record Chain(PinnedContract pinned, URI rpc, Optional<RpcEndpoint> held) {

    /** Reads the contract in devnet trust: the one endpoint's word. */
    @MustBeClosed
    private ProvenSource open() {
        return ProvenSource.devnet(pinned, connect(), AnchorStore.inMemory());
    }

    /** Reads everything at the newest finalised block. */
    PolicyReading read() throws CommandException {
        try (ProvenSource source = open()) {
            return source.read();
        } catch (PolicyReadException e) {
            throw new CommandException("%s: %s".formatted(rpc, e.getMessage()), e);
        }
    }

    /** The way to the endpoint, held likewise, for those who send transactions. */
    EndpointAccess access() {
        return new EndpointAccess(rpc, this::connect);
    }

    private JsonRpc connect() {
        return held.map(EndpointConnection::open).orElseGet(() -> JsonRpc.open(rpc));
    }
}

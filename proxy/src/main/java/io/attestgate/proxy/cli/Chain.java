package io.attestgate.proxy.cli;

import com.google.errorprone.annotations.MustBeClosed;
import io.attestgate.govern.EndpointAccess;
import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.read.AnchorStore;
import io.attestgate.policy.read.PinnedContract;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.ProvenSource;
import io.attestgate.policy.read.ReadingListener;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.proxy.bootstrap.ChainAnchor;
import io.attestgate.proxy.bootstrap.EndpointConnection;
import io.attestgate.proxy.chain.ChainConnection;
import io.attestgate.proxy.chain.Kept;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A contract and how a command reads it.
 *
 * @param pinned the contract and the code that it must have
 * @param rpc the endpoint, the first if there are several
 * @param file the section of a bootstrap file, which says who says what is final, and what TLS is
 *     held to; empty for an endpoint of the command line, which is believed, and whose TLS is held
 *     to the roots of this machine like any other web site's
 */
record Chain(PinnedContract pinned, URI rpc, Optional<ChainAnchor> file) {

    /** Reads as the file says; without one, in devnet trust: the one endpoint's word. */
    @SuppressWarnings("MustBeClosedChecker") // The caller closes the source, and so what it reads.
    @MustBeClosed
    private ProvenSource open() {
        return file.map(Chain::asTheFileSays)
                .orElseGet(() -> ProvenSource.devnet(pinned, connect(), AnchorStore.inMemory()));
    }

    @SuppressWarnings("MustBeClosedChecker") // As above.
    private static ProvenSource asTheFileSays(ChainAnchor chain) {
        return ChainConnection.open(
                        chain, Kept.nothing(), InstantSource.system(), ReadingListener.silent())
                .source();
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
        return file.map(chain -> EndpointConnection.open(chain.rpc().getFirst()))
                .orElseGet(() -> JsonRpc.open(rpc));
    }
}

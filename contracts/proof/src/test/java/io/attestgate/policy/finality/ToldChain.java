package io.attestgate.policy.finality;

import io.attestgate.policy.endpoint.Endpoint;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.policy.proof.TestHeaders;
import io.attestgate.policy.rpc.HostileEndpoint;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.RpcCall;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/** An endpoint that tells a chain of headers as a test wants: how far, and whose fork. */
final class ToldChain implements AutoCloseable {
    static final long CHAIN_ID = 31337;
    private static final long START_TIME = 1_900_000_000;
    private static final long BLOCK_SECONDS = 12;

    private final HostileEndpoint server;
    private final String name;
    volatile long chainId = CHAIN_ID;
    volatile long finalised = 100;
    volatile long latest = 110;

    /** From this number on it tells blocks of another fork. */
    volatile long forkedFrom = Long.MAX_VALUE;

    volatile UnaryOperator<Json> blocks = block -> block;

    private ToldChain(String name, HostileEndpoint server) {
        this.name = name;
        this.server = server;
        server.answerCalls(this::answer);
    }

    static ToldChain open(String name, SSLContext tls) throws IOException {
        return new ToldChain(name, HostileEndpoint.open(tls));
    }

    static ToldChain openPlain(String name) throws IOException {
        return new ToldChain(name, HostileEndpoint.open());
    }

    /** The block of the chain that everybody honest tells. */
    static ExecutionHeader honest(long number) {
        return TestHeaders.read(block(number, "main"));
    }

    static Json.Obj block(long number, String fork) {
        return TestHeaders.block(number, Hash32.ZERO, START_TIME + BLOCK_SECONDS * number, fork);
    }

    HostileEndpoint server() {
        return server;
    }

    /** Back from whatever the server was made to do. */
    void answerAgain() {
        server.answerCalls(this::answer);
    }

    Endpoint endpoint(InstantSource clock) {
        return new Endpoint(
                name,
                JsonRpc.open(
                        server.uri(),
                        HostileEndpoint.trustingAnyone(),
                        Duration.ofSeconds(5),
                        1 << 20),
                clock);
    }

    private Json answer(RpcCall call) {
        if (call.method().equals("eth_chainId")) {
            return new Json.Text("0x" + Long.toHexString(chainId));
        }
        String which = ((Json.Text) call.parameters().getFirst()).value();
        long number =
                switch (which) {
                    case "finalized" -> finalised;
                    case "latest" -> latest;
                    default -> Long.parseLong(which, 2, which.length(), 16);
                };
        return number > latest
                ? new Json.Null()
                : blocks.apply(block(number, number < forkedFrom ? "main" : "fork of " + name));
    }

    @Override
    public void close() {
        server.close();
    }
}

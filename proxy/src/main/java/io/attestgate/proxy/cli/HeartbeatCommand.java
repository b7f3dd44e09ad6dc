package io.attestgate.proxy.cli;

import io.attestgate.govern.BeatSender;
import io.attestgate.govern.EndpointAccess;
import io.attestgate.govern.GovernException;
import io.attestgate.govern.ProposedCall;
import io.attestgate.govern.Sent;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.proxy.bootstrap.EndpointConnection;
import io.attestgate.proxy.bootstrap.RpcEndpoint;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code attestgate heartbeat}: the nonce that a running gateway waits to see. */
@Command(
        name = "heartbeat",
        header = {"Prints or sends the heartbeat that a running gateway asks for.", ""},
        description = {
            "A gateway draws a nonce and serves on only when it has seen it in the final state of",
            "the chain. Anyone may send it; who sends it is trusted for nothing. Without --rpc or",
            "--config it prints the transaction for any wallet."
        },
        footer = {
            "",
            "Examples:",
            "  ./attestgate heartbeat",
            "  ./attestgate heartbeat --config attestgate.yaml --key-file relayer.key"
        })
final class HeartbeatCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--status",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:9901/status",
            description = "Status of its operations listener. Default: ${DEFAULT-VALUE}.")
    private @Nullable URI status;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @ArgGroup(exclusive = false, heading = "To send it:%n")
    private @Nullable Sending sending;

    /** Through which endpoint, and with whose key. */
    static final class Sending {
        @ArgGroup(multiplicity = "1")
        private Endpoint endpoint = new Endpoint();

        @ArgGroup(multiplicity = "1")
        private KeyOptions key = new KeyOptions();
    }

    /** One of two ways to name an endpoint. */
    static final class Endpoint {
        @Option(
                names = "--config",
                required = true,
                paramLabel = "FILE",
                description = "A bootstrap file, whose first endpoint is used.")
        private @Nullable Path config;

        @Option(
                names = "--rpc",
                required = true,
                paramLabel = "URL",
                description = "A JSON-RPC endpoint.")
        private @Nullable URI rpc;

        EndpointAccess access() throws CommandException {
            if (rpc != null) {
                return EndpointAccess.to(rpc);
            }
            if (config == null) {
                throw new AssertionError("--config, --rpc: absent (expected: one of the two)");
            }
            Bootstrap bootstrap = ConfigFile.open(config);
            RpcEndpoint first = bootstrap.chain().rpc().getFirst();
            return new EndpointAccess(first.url(), () -> EndpointConnection.open(first));
        }
    }

    @Override
    public Integer call() throws CommandException {
        if (status == null) {
            throw new AssertionError("--status: absent (expected: its default)");
        }
        AwaitedBeat beat = AwaitedBeat.ask(status);
        Output output = Output.of(spec);
        if (beat.nonce().isEmpty()) {
            none(beat, output);
        } else if (sending == null) {
            print(beat, beat.nonce().get(), output);
        } else {
            send(beat, beat.nonce().get(), sending, output);
        }
        return ExitStatus.GOOD;
    }

    private void none(AwaitedBeat beat, Output output) {
        if (json) {
            output.json(asJson(beat, new Json.Null(), new Json.Null()));
            return;
        }
        output.line("no beat is due");
    }

    private void print(AwaitedBeat beat, Hash32 nonce, Output output) {
        ProposedCall call = BeatSender.call(beat.contract(), nonce);
        if (json) {
            output.json(asJson(beat, new Json.Text(call.data()), new Json.Null()));
            return;
        }
        output.line("a beat is due on chain %d, from anyone:".formatted(beat.chainId()));
        output.value("to", call.target().toString());
        output.value("value", "0");
        output.value("data", call.data());
    }

    private void send(AwaitedBeat beat, Hash32 nonce, Sending by, Output output)
            throws CommandException {
        Sent sent;
        try {
            sent =
                    new BeatSender(
                                    by.endpoint.access(),
                                    beat.chainId(),
                                    beat.contract(),
                                    by.key.open())
                            .beat(nonce);
        } catch (GovernException e) {
            throw new CommandException(String.valueOf(e.getMessage()), e);
        }
        if (json) {
            output.json(
                    asJson(
                            beat,
                            new Json.Text(BeatSender.call(beat.contract(), nonce).data()),
                            new Json.Text(sent.transaction().toString())));
            return;
        }
        output.line("sent beat " + nonce);
        output.value("transaction", sent.transaction().toString());
        output.value("block", sent.block() + "; it counts once it is final");
    }

    private static Json asJson(AwaitedBeat beat, Json data, Json transaction) {
        return Json.object(
                "chainId",
                beat.chainId(),
                "to",
                beat.contract().toString(),
                "nonce",
                beat.nonce()
                        .<Json>map(nonce -> new Json.Text(nonce.toString()))
                        .orElse(new Json.Null()),
                "value",
                "0",
                "data",
                data,
                "transaction",
                transaction);
    }
}

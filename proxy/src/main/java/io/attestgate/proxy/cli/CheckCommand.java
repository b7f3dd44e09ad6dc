package io.attestgate.proxy.cli;

import io.attestgate.attest.detection.Detection;
import io.attestgate.attest.detection.Finding;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.proxy.bootstrap.ChainAnchor;
import io.attestgate.proxy.bootstrap.LightClientTrust;
import io.attestgate.proxy.bootstrap.ListenAddress;
import io.attestgate.proxy.bootstrap.Listeners;
import io.attestgate.proxy.bootstrap.RpcEndpoint;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code attestgate check}: judges a bootstrap file, and changes nothing. */
@Command(
        name = "check",
        header = {"Explains every fault of a bootstrap file.", ""},
        description = {
            "Every fault comes with its line and column. Asks no chain and no network. Says too"
                    + " which",
            "platforms this machine has, and whether a gateway would start here with this file."
                    + " See",
            "docs/bootstrap.md."
        },
        footer = {"", "Example:", "  ./attestgate check --config docs/examples/attestgate.yaml"})
final class CheckCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The bootstrap file.")
    private Path config = Path.of(Bootstrap.FILE_NAME);

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws CommandException {
        Parsed<Bootstrap> parsed = ConfigFile.parse(config);
        Output output = Output.of(spec);
        Detection machine = Detection.in(Path.of("/"));
        if (json) {
            output.json(asJson(parsed, machine));
            return parsed.faults().isEmpty() ? ExitStatus.GOOD : ExitStatus.FAILED;
        }
        Bootstrap bootstrap =
                switch (parsed) {
                    case Parsed.Good<Bootstrap> good -> good.value();
                    case Parsed.Bad<Bootstrap> bad -> throw new CommandException(bad.faults());
                };
        output.line(config + ": good");
        summarize(bootstrap, output);
        output.value("machine", names(machine));
        output.value("here", here(bootstrap, machine));
        return ExitStatus.GOOD;
    }

    private static String names(Detection machine) {
        return machine.present().stream().map(Finding::toString).collect(Collectors.joining(", "));
    }

    private static String here(Bootstrap bootstrap, Detection machine) {
        try {
            bootstrap.requireOn(machine);
            return "would start";
        } catch (PlatformException e) {
            return "would not start: " + e.getMessage();
        }
    }

    private static Json asJson(Parsed<Bootstrap> parsed, Detection machine) {
        List<String> faults = parsed.faults().stream().map(Fault::toString).toList();
        Json digest =
                parsed.toOptional()
                        .<Json>map(good -> new Json.Text(good.configDigest().toString()))
                        .orElse(new Json.Null());
        return Json.object(
                "good",
                faults.isEmpty(),
                "faults",
                Json.Arr.of(faults),
                "config",
                digest,
                "machine",
                Json.Arr.of(machine.present().stream().map(Finding::platform).toList()));
    }

    private static void summarize(Bootstrap bootstrap, Output output) {
        ChainAnchor chain = bootstrap.chain();
        output.value("chain", "%d, contract %s".formatted(chain.chainId(), chain.contract()));
        output.value(
                "reads",
                "%s every %s, %s trust%s"
                        .formatted(
                                urls(chain.rpc()),
                                spelt(chain.poll()),
                                chain.trust().word(),
                                quorum(chain)));
        chain.lightClient().ifPresent(light -> output.value("light client", spelt(light)));
        output.value("platform", spelt(bootstrap.platform()));
        output.value("state", bootstrap.state().toString());
        output.value("listeners", spelt(bootstrap.listeners()));
        output.value(
                "acme",
                "contact %s, roots: %d"
                        .formatted(bootstrap.acme().contact(), bootstrap.acme().roots().size()));
        output.value("config", bootstrap.configDigest().toString());
    }

    private static String spelt(String platform) {
        return platform.equals(Bootstrap.SIMULATED)
                ? platform + ": proves nothing, for development only"
                : platform;
    }

    private static String quorum(ChainAnchor chain) {
        return chain.quorum().isPresent()
                ? ", %d of %d".formatted(chain.quorum().getAsInt(), chain.rpc().size())
                : "";
    }

    private static String urls(List<RpcEndpoint> endpoints) {
        return endpoints.stream()
                .map(endpoint -> endpoint.url().toString())
                .collect(Collectors.joining(", "));
    }

    private static String spelt(LightClientTrust light) {
        return "%s, checkpoint %s at most %d h old, by %s"
                .formatted(
                        light.settings().network().name(),
                        light.settings().checkpoint(),
                        light.settings().checkpointAgeMax().toHours(),
                        urls(light.beacons()));
    }

    private static String spelt(java.time.Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    private static String spelt(Listeners listeners) {
        return "https %s, http %s, operations %s"
                .formatted(
                        listeners.https(),
                        listeners.http().map(ListenAddress::toString).orElse("off"),
                        listeners.operations().map(ListenAddress::toString).orElse("off"));
    }
}

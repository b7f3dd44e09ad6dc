package io.attestgate.proxy.cli;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code attestgate measure}: what a registry must allow. */
@Command(
        name = "measure",
        header = {"Prints the measurement of this code with a bootstrap file.", ""},
        description = {
            "It is what a MeasurementRegistry must allow before anybody trusts a gateway that runs",
            "so. See docs/measurement.md."
        },
        footer = {"", "Example:", "  ./attestgate measure --config attestgate.yaml --json"})
final class MeasureCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The bootstrap file, whose exact bytes are measured.")
    private Path config = Path.of(Bootstrap.FILE_NAME);

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws CommandException {
        Bootstrap bootstrap = ConfigFile.open(config);
        Hash32 measurement = measurement(bootstrap);
        Output output = Output.of(spec);
        if (json) {
            output.json(
                    Json.object(
                            "measurement", measurement.toString(),
                            "platform", bootstrap.platform(),
                            "config", bootstrap.configDigest().toString()));
            return ExitStatus.GOOD;
        }
        output.line(measurement.toString());
        output.value("platform", bootstrap.platform());
        output.value("config", bootstrap.configDigest().toString());
        return ExitStatus.GOOD;
    }

    private static Hash32 measurement(Bootstrap bootstrap) throws CommandException {
        try {
            return bootstrap.measurement();
        } catch (PlatformException e) {
            throw new CommandException("platform: " + e.getMessage(), e);
        }
    }
}

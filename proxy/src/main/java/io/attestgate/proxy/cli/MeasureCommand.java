package io.attestgate.proxy.cli;

import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.tpm.TpmIdentity;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
            "so. See docs/measurement.md. On a TPM it prints what documents name it by as well:"
                    + " its",
            "instance, and as root the hash of the key that signs its quotes."
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
        Map<String, String> values = new LinkedHashMap<>();
        String measurement = read(bootstrap, values).toString();
        Output output = Output.of(spec);
        if (json) {
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("measurement", new Json.Text(measurement));
            values.forEach((name, value) -> members.put(name, new Json.Text(value)));
            output.json(new Json.Obj(members));
            return ExitStatus.GOOD;
        }
        output.line(measurement);
        values.forEach(output::value);
        return ExitStatus.GOOD;
    }

    /** The measurement, and by name what else documents and readers' policies need. */
    private static Hash32 read(Bootstrap bootstrap, Map<String, String> values)
            throws CommandException {
        try {
            values.put("platform", bootstrap.platform());
            values.put("config", bootstrap.configDigest().toString());
            if (bootstrap.tpm().isPresent()) {
                TpmIdentity tpm = TpmIdentity.read(bootstrap.tpm().get());
                values.put("instance", Base64Url.write(tpm.instance().bytes()));
                values.put("root", tpm.root().toString());
                values.put("key", tpm.attestation().toString());
                values.put("endorsement", tpm.endorsement().toString());
            }
            return bootstrap.measurement();
        } catch (PlatformException e) {
            throw new CommandException("platform: " + e.getMessage(), e);
        }
    }
}

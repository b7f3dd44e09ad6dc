package io.attestgate.proxy.cli;

import io.attestgate.client.EndpointVerifier;
import io.attestgate.client.Expectations;
import io.attestgate.client.HardwareReader;
import io.attestgate.client.connect.Endpoint;
import io.attestgate.client.connect.EndpointExchange;
import io.attestgate.client.connect.HostPort;
import io.attestgate.client.connect.Roots;
import io.attestgate.client.verdict.Leg;
import io.attestgate.client.verdict.Outcome;
import io.attestgate.client.verdict.Report;
import io.attestgate.verify.Expectation;
import io.attestgate.verify.HardwareSource;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code attestgate verify}: verifies an endpoint from outside, leg by leg. */
@Command(
        name = "verify",
        header = {"Verifies an endpoint from outside, leg by leg.", ""},
        description = {
            "Verifies that the key on the other end of a connection lives in an enclave which"
                    + " obeys",
            "a contract. Says for each leg what was found and whom it rests on. At least one of",
            "--contract, --measurement and --pin must be there to hold it against. See",
            "docs/verify.md."
        },
        footer = {
            "",
            "Examples:",
            "  ./attestgate verify https://app.example --measurement 0x2f...e1 --platform tdx \\",
            "      --policy policy.json --fetch",
            "  ./attestgate verify https://app.demo.localhost:8443 --allow-simulated \\",
            "      --contract 0x5FbDB2315678afecb367f032d93F642f64180aa3 \\",
            "      --rpc http://127.0.0.1:8545"
        })
final class VerifyCommand implements Callable<Integer> {
    private static final String SYSTEM = "system";
    private static final int CA_BYTES_MAX = 1 << 20;
    private static final int SECONDS_MAX = 600;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "URL", description = "https://HOST or https://HOST:PORT.")
    private String url = "";

    @Option(
            names = "--allow-simulated",
            description = "Accepts evidence of the simulated platform, which proves nothing.")
    private boolean allowSimulated;

    @Option(
            names = "--platform",
            paramLabel = "NAME",
            description =
                    "Hardware whose evidence counts, such as tdx or snp; may be repeated. Needs"
                            + " --policy, and --collateral or --fetch.")
    private Set<String> platforms = Set.of();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Which roots, states and advisories of hardware pass, and until when.")
    private @Nullable Path policy;

    @Mixin private CollateralOptions collateral = new CollateralOptions();

    @ArgGroup(exclusive = false, multiplicity = "0..1")
    private @Nullable VerifyContract contract;

    @Option(
            names = "--measurement",
            paramLabel = "HASH",
            description = "Code that may run there, as \"measure\" prints it; may be repeated.")
    private Set<Hash32> measurements = Set.of();

    @Option(
            names = "--pin",
            paramLabel = "SHA256",
            converter = VerifyPin.class,
            description =
                    "SHA-256 of the SubjectPublicKeyInfo of a key that it may have, in base64url"
                            + " or after 0x in hexadecimal; may be repeated.")
    private Set<VerifyPin.Pin> pins = Set.of();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "Checks the certificate chain as well: against the PEM certificates in FILE,"
                            + " or against those of this system with \"system\".")
    private @Nullable String authorities;

    @Option(
            names = "--connect",
            paramLabel = "HOST:PORT",
            description = "Connects there, and still asks for the host of the URL.")
    private @Nullable String connect;

    @Option(
            names = "--timeout",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description = "For the whole connection. Default: ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Option(names = "--json", description = "Prints one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws CommandException {
        Endpoint endpoint = required(Endpoint.parse(url));
        EndpointExchange.Settings settings = settings();
        InstantSource clock = InstantSource.system();
        try (CollateralOptions.Opened opened = collateral.open(clock)) {
            Report report =
                    new EndpointVerifier(
                                    new EndpointExchange(settings, clock),
                                    expectations(opened),
                                    clock,
                                    new SecureRandom())
                            .verify(endpoint);
            print(report, Output.of(spec));
            return report.verified() ? ExitStatus.GOOD : ExitStatus.FAILED;
        }
    }

    private EndpointExchange.Settings settings() throws CommandException {
        if (timeoutSeconds < 1 || timeoutSeconds > SECONDS_MAX) {
            throw wrongUse(
                    "--timeout: %d (expected: 1 to %d)".formatted(timeoutSeconds, SECONDS_MAX));
        }
        Optional<HostPort> dial =
                Optional.ofNullable(connect).map(text -> required(HostPort.parse(text)));
        return new EndpointExchange.Settings(dial, roots(), Duration.ofSeconds(timeoutSeconds));
    }

    private Optional<Roots> roots() throws CommandException {
        if (authorities == null) {
            return Optional.empty();
        }
        if (authorities.equals(SYSTEM)) {
            return Optional.of(Roots.system());
        }
        byte[] pem = Files.read("--ca", Path.of(authorities), CA_BYTES_MAX);
        return switch (Roots.parse(authorities, pem)) {
            case Parsed.Good<Roots> good -> Optional.of(good.value());
            case Parsed.Bad<Roots> bad -> throw new CommandException(bad.faults());
        };
    }

    private Expectations expectations(CollateralOptions.Opened opened) throws CommandException {
        if (contract != null && !allowSimulated) {
            throw wrongUse(
                    "--rpc: in devnet trust (expected: together with --allow-simulated, since this"
                            + " release proves no state of a real chain)");
        }
        Set<String> accepted = new HashSet<>(platforms);
        if (allowSimulated) {
            accepted.add(Expectation.SIMULATED);
        }
        return new Expectations(
                accepted,
                Optional.ofNullable(contract).map(VerifyContract::anchor),
                measurements,
                VerifyPin.hashes(pins),
                hardware(opened));
    }

    /** All of it or none: a platform without a policy, or the reverse, would mean nothing. */
    private Optional<HardwareReader> hardware(CollateralOptions.Opened opened)
            throws CommandException {
        if (platforms.isEmpty() && policy == null && !collateral.isGiven()) {
            return Optional.empty();
        }
        if (platforms.isEmpty() || policy == null || !collateral.isGiven()) {
            throw wrongUse(
                    "--platform: not with all (expected: --platform, --policy, and --collateral or"
                            + " --fetch together)");
        }
        if (platforms.contains(Expectation.SIMULATED)) {
            throw wrongUse("--platform: \"simulated\" (expected: --allow-simulated)");
        }
        return Optional.of(
                new HardwareReader(
                        new HardwareSource(EvidenceVerifyCommand.read(policy), opened),
                        collateral.names()));
    }

    private void print(Report report, Output output) {
        if (json) {
            output.json(report.toJson());
            return;
        }
        output.line("%s, %s mode".formatted(report.endpoint(), Report.MODE));
        report.legs().forEach(leg -> output.line(line(leg)));
        output.line(report.verified() ? "verified" : "not verified");
    }

    private static String line(Leg leg) {
        String found =
                "  %-11s %-24s %s".formatted(leg.outcome().text(), leg.name().text(), leg.detail());
        return leg.outcome() == Outcome.NOT_CHECKED
                ? found
                : "%s [rests on %s]".formatted(found, leg.restsOn());
    }

    private <T> T required(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Good<T> good -> good.value();
            case Parsed.Bad<T> bad -> throw wrongUse(bad.faults().getFirst().toString());
        };
    }

    private ParameterException wrongUse(String reason) {
        return new ParameterException(spec.commandLine(), reason);
    }
}

package io.attestgate.proxy.cli;

import io.attestgate.attest.detection.Detection;
import io.attestgate.attest.platform.PlatformException;
import io.attestgate.attest.secret.OutOfLockedMemory;
import io.attestgate.attest.secret.ProcessHardening;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.proxy.accept.Transport;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.proxy.bootstrap.ListenAddress;
import io.netty.handler.ssl.OpenSsl;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code attestgate doctor}: looks whether a gateway could run on this machine. */
@Command(
        name = "doctor",
        header = {"Looks whether a gateway can run on this machine.", ""},
        description = {
            "Looks at the Java runtime, the native libraries and locked memory; with a bootstrap",
            "file also at its ports, its state directory and its platform. Changes nothing."
        },
        footer = {"", "Example:", "  ./attestgate doctor --config attestgate.yaml"})
final class DoctorCommand implements Callable<Integer> {
    private static final int JAVA = 25;
    private static final int SECRET_BYTES = 32;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", description = "A bootstrap file.")
    private @Nullable Path config;

    /** One thing that was looked at. */
    private record Finding(boolean isGood, String name, String detail) {}

    @Override
    public Integer call() throws CommandException {
        List<Finding> findings = new ArrayList<>(List.of(java(), transport(), tls(), memory()));
        if (config != null) {
            Bootstrap bootstrap = ConfigFile.open(config);
            listeners(bootstrap).map(DoctorCommand::port).forEach(findings::add);
            findings.add(state(bootstrap.state()));
            findings.add(platform(bootstrap));
        }
        Output output = Output.of(spec);
        findings.forEach(
                f -> output.value(f.name(), (f.isGood() ? "good: " : "BAD: ") + f.detail()));
        return findings.stream().allMatch(Finding::isGood) ? ExitStatus.GOOD : ExitStatus.FAILED;
    }

    private static Finding platform(Bootstrap bootstrap) {
        try {
            bootstrap.requireOn(Detection.in(Path.of("/")));
            return new Finding(true, "platform", bootstrap.platform());
        } catch (PlatformException e) {
            return new Finding(false, "platform", String.valueOf(e.getMessage()));
        }
    }

    private static Finding java() {
        Runtime.Version version = Runtime.version();
        return new Finding(
                version.feature() == JAVA, "java", "%s (expected: %d)".formatted(version, JAVA));
    }

    private static Finding transport() {
        String transport = Transport.available().name().toLowerCase(Locale.ROOT);
        return new Finding(true, "transport", transport + " (epoll is the faster one)");
    }

    private static Finding tls() {
        return OpenSsl.isAvailable()
                ? new Finding(true, "tls", OpenSsl.versionString())
                : new Finding(false, "tls", "no BoringSSL here: " + OpenSsl.unavailabilityCause());
    }

    private static Finding memory() {
        try (SecretMemory secret = SecretMemory.allocate(SECRET_BYTES)) {
            return new Finding(
                    true,
                    "memory",
                    "locked for keys: %s, %s"
                            .formatted(secret, ProcessHardening.seen().secretMemory()));
        } catch (OutOfLockedMemory e) {
            return new Finding(false, "memory", String.valueOf(e.getMessage()));
        }
    }

    private static Stream<ListenAddress> listeners(Bootstrap bootstrap) {
        return Stream.of(
                        Stream.of(bootstrap.listeners().https()),
                        bootstrap.listeners().http().stream(),
                        bootstrap.listeners().operations().stream())
                .flatMap(addresses -> addresses);
    }

    private static Finding port(ListenAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address.toSocketAddress());
            return new Finding(true, "port", address + " is free");
        } catch (IOException e) {
            return new Finding(false, "port", "%s: %s".formatted(address, e.getMessage()));
        }
    }

    /** The directory, or the nearest one above it that is there, takes new files. */
    private static Finding state(Path directory) {
        Path nearest = directory;
        while (nearest.getParent() != null && !java.nio.file.Files.exists(nearest)) {
            nearest = nearest.getParent();
        }
        boolean isGood =
                java.nio.file.Files.isDirectory(nearest) && java.nio.file.Files.isWritable(nearest);
        return new Finding(isGood, "state", directory + (isGood ? "" : ": not writable"));
    }
}

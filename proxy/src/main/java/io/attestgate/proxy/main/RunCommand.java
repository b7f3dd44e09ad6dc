package io.attestgate.proxy.main;

import com.google.errorprone.annotations.FormatMethod;
import io.attestgate.attest.secret.ProcessHardening;
import io.attestgate.proxy.bootstrap.Bootstrap;
import io.attestgate.proxy.cli.CommandException;
import io.attestgate.proxy.cli.ConfigFile;
import io.attestgate.proxy.cli.ExitStatus;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attestgate run}: the product. */
@Command(
        name = "run",
        description = {
            "Runs the gateway until SIGTERM or SIGINT, which drain it.",
            "There is nothing to reload: the chain is the configuration."
        },
        footer = {"", "Example:", "  ./attestgate run --config attestgate.yaml"})
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

    private final PrintWriter messages;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The bootstrap file, which is measured.")
    private Path config = Path.of(Bootstrap.FILE_NAME);

    RunCommand(PrintWriter messages) {
        this.messages = messages;
    }

    @Override
    public Integer call() throws CommandException {
        Bootstrap bootstrap = ConfigFile.open(config);
        ProcessHardening hardening = ProcessHardening.apply();
        say("starting: %s, %s", bootstrap.platform(), hardening);
        OutputStream accessLog = new FileOutputStream(FileDescriptor.out);
        try (GatewayProcess gateway =
                GatewayProcess.open(bootstrap, InstantSource.system(), accessLog)) {
            Thread onSignal = new Thread(() -> drain(gateway, bootstrap), "drain");
            Runtime.getRuntime().addShutdownHook(onSignal);
            say("listening: %s", gateway.listening());
            if (gateway.awaitSettled()) {
                say("ready: %s", gateway.serving());
            }
            String fault = gateway.awaitFault();
            return failed(fault, onSignal);
        } catch (StartException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }

    /** Ends with status 1, unless a signal came first: what it started ends with status 0. */
    private static int failed(String fault, Thread onSignal) throws CommandException {
        try {
            boolean removed = Runtime.getRuntime().removeShutdownHook(onSignal);
            assert removed;
        } catch (IllegalStateException e) {
            LOG.debug("a signal came first", e);
            return ExitStatus.GOOD;
        }
        throw new CommandException(fault);
    }

    /** The JVM's shutdown hook. A stop that was asked for is no failure, whatever the signal. */
    private void drain(GatewayProcess gateway, Bootstrap bootstrap) {
        say("draining: at most %s", bootstrap.drain());
        try {
            gateway.drain(bootstrap.drain());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        gateway.close();
        say("ended");
        Runtime.getRuntime().halt(0);
    }

    @FormatMethod
    private void say(String format, Object... arguments) {
        messages.println("attestgate: " + format.formatted(arguments));
    }
}

package io.attestgate.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code attestgate demo}: everything on this machine, in one command. */
@Command(
        name = "attestgate demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts a chain (anvil), a certificate authority (pebble), deploys the contracts with"
                    + " a",
            "governor and a timelock, votes on a policy, and runs the gateway on it. Prints what"
                    + " to",
            "try."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:good", "1:something failed", "2:wrong use"},
        footer = {
            "",
            "Example: put your own app behind it",
            "  ./attestgate demo --upstream http://127.0.0.1:3000"
        })
public final class Demo implements Callable<Integer> {
    private final PrintWriter out;
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--upstream",
            paramLabel = "URL",
            description = "An app of yours to put behind the gateway (default: one of the demo's).")
    private @Nullable URI upstream;

    @Option(
            names = "--platform",
            paramLabel = "NAME",
            defaultValue = "simulated",
            description = {
                "What the gateway runs on: simulated (no hardware, no promise) or tpm (a TPM in"
                        + " software,",
                "swtpm, which seals its keys and signs its evidence). Default: ${DEFAULT-VALUE}."
            })
    private Machine.Choice platform = Machine.Choice.SIMULATED;

    @Option(
            names = "--trust",
            paramLabel = "MODE",
            description = {
                "How the gateway knows what is final: devnet (the endpoint says so; on simulated"
                        + " alone) or",
                "light-client (a test beacon with 512 keys signs over the chain). Default: devnet,"
                        + " and",
                "light-client on tpm."
            })
    private @Nullable Finality trust;

    @Option(names = "--check", description = "Plays the whole story, prints what it saw, and ends.")
    private boolean check;

    @Option(
            names = "--https-port",
            defaultValue = "8443",
            description = "HTTPS (default: ${DEFAULT-VALUE}; another where it is taken).")
    private int httpsPort;

    @Option(
            names = "--http-port",
            defaultValue = "8080",
            description = "HTTP (default: ${DEFAULT-VALUE}; another where it is taken).")
    private int httpPort;

    @Option(
            names = "--operations-port",
            defaultValue = "9901",
            description = "Operations (default: ${DEFAULT-VALUE}; another where it is taken).")
    private int operationsPort;

    Demo(PrintWriter out) {
        this.out = out;
    }

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        System.exit(commandLine(new Demo(out)).execute(arguments));
    }

    private static CommandLine commandLine(Demo demo) {
        return new CommandLine(demo)
                .registerConverter(
                        Finality.class,
                        word -> known(Finality.parse(word), "devnet or light-client"))
                .registerConverter(
                        Machine.Choice.class,
                        word -> known(Machine.Choice.parse(word), "simulated or tpm"));
    }

    private static <T> T known(Optional<T> parsed, String expected) {
        return parsed.orElseThrow(() -> new TypeConversionException("expected: " + expected));
    }

    /** A gateway on hardware believes no single endpoint. */
    private Finality finality() {
        boolean simulated = platform == Machine.Choice.SIMULATED;
        if (trust == Finality.DEVNET && !simulated) {
            throw new ParameterException(
                    spec.commandLine(), "--trust: devnet (expected: light-client on tpm)");
        }
        return trust != null ? trust : simulated ? Finality.DEVNET : Finality.LIGHT_CLIENT;
    }

    @Override
    public Integer call() throws InterruptedException {
        Ports ports = Ports.preferring(httpsPort, httpPort, operationsPort);
        World.Setting setting =
                new World.Setting(
                        Optional.ofNullable(upstream),
                        platform,
                        finality(),
                        World.CERTIFICATE_LIFE);
        try (World world = World.start(ports, setting, this::progress)) {
            world.startGateway();
            if (check) {
                return new Story(world, out, System::nanoTime).play() ? 0 : 1;
            }
            new Invitation(world, world.prepareChanges()).print(out);
            awaitInterrupt(world.gateway());
            return 0;
        } catch (DemoException | IOException e) {
            out.println("attestgate demo: " + e.getMessage());
            return 1;
        }
    }

    private void progress(String line) {
        out.println("  " + line);
    }

    /**
     * Ctrl-C ends the JVM, whose hooks end the children and remove the folder, alone. A gateway
     * that ends before is told of, or one would talk to nobody.
     */
    private static void awaitInterrupt(Gateway gateway) throws InterruptedException, DemoException {
        int status = gateway.awaitExit();
        if (isEnding()) {
            new CountDownLatch(1).await();
        }
        throw new DemoException(
                "gateway: ended with status %d (expected: until Ctrl-C)\n%s"
                        .formatted(status, gateway.lastLines()));
    }

    /** No hook can be added to a JVM that ends. */
    private static boolean isEnding() {
        try {
            Thread none = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(none);
            return !Runtime.getRuntime().removeShutdownHook(none);
        } catch (IllegalStateException e) {
            return true;
        }
    }
}

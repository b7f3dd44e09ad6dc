package io.attestgate.proxy.cli;

import io.attestgate.collateral.Update;
import io.attestgate.collateral.VendorCollateral;
import io.attestgate.collateral.VendorServices;
import io.attestgate.collateral.amd.KeyService;
import io.attestgate.collateral.http.Limits;
import io.attestgate.collateral.http.Service;
import io.attestgate.collateral.http.ServiceTls;
import io.attestgate.collateral.intel.IntelService;
import io.attestgate.collateral.nvidia.OcspService;
import io.attestgate.collateral.nvidia.RimService;
import io.attestgate.wire.Parsed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which services are asked for collateral. None is trusted: what they give is verified. */
final class ServiceOptions {
    private static final int ROOTS_BYTES_MAX = 1 << 20;
    private static final int SECONDS_MAX = 600;

    @Option(
            names = "--pcs",
            paramLabel = "URL",
            description = "Intel's service, or one with its paths. Default: " + IntelService.PCS)
    private @Nullable String pcs;

    @Option(
            names = "--pccs",
            paramLabel = "URL",
            description = "A cache of Intel's service (PCCS), instead of it.")
    private @Nullable String pccs;

    @Option(
            names = "--kds",
            paramLabel = "URL",
            description = "AMD's service, or one with its paths. Default: " + KeyService.KDS)
    private @Nullable String kds;

    @Option(
            names = "--rims",
            paramLabel = "URL",
            description =
                    "NVIDIA's service for manifests, or one with its paths. Default: "
                            + RimService.PUBLIC)
    private @Nullable String rims;

    @Option(
            names = "--ocsp",
            paramLabel = "URL",
            description = "Who answers for NVIDIA's certificates. Default: " + OcspService.PUBLIC)
    private @Nullable String ocsp;

    @Option(
            names = "--service-ca",
            paramLabel = "FILE",
            description = "Certificates that services are held to. Default: Java's own roots.")
    private @Nullable Path authorities;

    @Option(
            names = "--update",
            paramLabel = "standard|early",
            description =
                    "Which of Intel's documents are asked for. Default: standard; then evidence"
                            + " verify warns where by the early ones the platform would no longer"
                            + " pass.")
    private @Nullable Update update;

    @Option(
            names = "--fetch-timeout",
            paramLabel = "SECONDS",
            description = "For all that one piece of evidence needs. Default: 40.")
    private @Nullable Integer timeoutSeconds;

    /** Whether any of them was given. */
    boolean isGiven() {
        return Stream.of(pcs, pccs, kds, rims, ocsp, authorities, update, timeoutSeconds)
                .anyMatch(given -> given != null);
    }

    Update update() {
        return update == null ? Update.STANDARD : update;
    }

    /** Whom they name, for a verdict. */
    String names() throws CommandException {
        VendorServices services = services();
        return "%s, %s, %s, %s"
                .formatted(
                        services.intel().service(),
                        services.amd().service(),
                        services.rims().service(),
                        services.ocsp().service());
    }

    /** Connects to nobody yet. */
    VendorCollateral open(InstantSource clock) throws CommandException {
        return VendorCollateral.open(services(), tls(), limits(), clock);
    }

    private VendorServices services() throws CommandException {
        if (pcs != null && pccs != null) {
            throw CommandException.wrongUse("--pccs: with --pcs (expected: one of them)");
        }
        VendorServices services = VendorServices.standard();
        if (pcs != null) {
            services = services.withIntel(IntelService.Pcs.at(service("--pcs", pcs)));
        }
        if (pccs != null) {
            services = services.withIntel(new IntelService.Pccs(service("--pccs", pccs)));
        }
        if (kds != null) {
            services = services.withAmd(new KeyService(service("--kds", kds)));
        }
        return services.withNvidia(
                rims == null ? services.rims() : new RimService(service("--rims", rims)),
                ocsp == null ? services.ocsp() : new OcspService(service("--ocsp", ocsp)));
    }

    private static Service service(String name, String url) throws CommandException {
        return switch (Service.parse(name, url)) {
            case Parsed.Good<Service> good -> good.value();
            case Parsed.Bad<Service> bad -> throw CommandException.wrongUse(bad.faults());
        };
    }

    private Optional<SSLContext> tls() throws CommandException {
        if (authorities == null) {
            return Optional.empty();
        }
        byte[] pem = Files.read("--service-ca", authorities, ROOTS_BYTES_MAX);
        return switch (ServiceTls.parse("--service-ca", pem)) {
            case Parsed.Good<SSLContext> good -> Optional.of(good.value());
            case Parsed.Bad<SSLContext> bad ->
                    throw new CommandException("--service-ca", authorities, bad.faults());
        };
    }

    private Limits limits() throws CommandException {
        if (timeoutSeconds == null) {
            return Limits.DEFAULT;
        }
        if (timeoutSeconds < 1 || timeoutSeconds > SECONDS_MAX) {
            throw CommandException.wrongUse(
                    "--fetch-timeout: %d (expected: 1 to %d)"
                            .formatted(timeoutSeconds, SECONDS_MAX));
        }
        return Limits.DEFAULT.withWholeTime(Duration.ofSeconds(timeoutSeconds));
    }
}

package io.attestgate.proxy.bootstrap;

import io.attestgate.attest.Platforms;
import io.attestgate.attest.detection.LesserPlatform;
import io.attestgate.attest.tpm.TpmPlatform;
import io.attestgate.attest.tpm.TpmSettings;
import io.attestgate.collateral.VendorServices;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Judges the sections of the file one by one, so that one reading names every fault.
 *
 * <p>What says whom to trust must be there: chain id, contract, code hashes, trust, endpoints,
 * quorum, checkpoint, platform, roots. What only bounds something has a default.
 */
final class BootstrapReader {
    static final Duration POLL = Duration.ofSeconds(2);
    static final Duration POLL_MIN = Duration.ofMillis(100);
    static final Duration POLL_MAX = Duration.ofMinutes(10);
    static final Duration DRAIN = Duration.ofSeconds(30);
    static final Duration DRAIN_MAX = Duration.ofMinutes(10);

    private static final ListenAddress HTTPS = listen("0.0.0.0:443");
    private static final ListenAddress HTTP = listen("0.0.0.0:80");
    private static final ListenAddress OPERATIONS = listen("127.0.0.1:9901");
    private static final String ACCEPTED = "accepted";

    private final Faults faults;

    private BootstrapReader(Faults faults) {
        this.faults = faults;
    }

    static Parsed<Bootstrap> read(String file, byte[] utf8, Hash32 digest) {
        Faults faults = new Faults(file);
        Optional<Bootstrap> bootstrap =
                YamlReader.read(utf8, faults)
                        .flatMap(root -> Section.of("", root, faults))
                        .flatMap(root -> new BootstrapReader(faults).root(root, digest));
        return bootstrap.isPresent() && faults.isEmpty()
                ? Parsed.good(bootstrap.get())
                : new Parsed.Bad<>(faults.inOrder());
    }

    private Optional<Bootstrap> root(Section root, Hash32 digest) {
        Optional<String> platform =
                root.required(
                        "platform",
                        "one of this release's: " + String.join(", ", Platforms.names()),
                        value -> Optional.of(value.text()).filter(Platforms.names()::contains));
        Optional<LesserPlatform> lesser =
                root.optional(
                        "lesserPlatform",
                        LesserPlatform.REFUSED,
                        "accepted; absent where a better platform than that is not left aside",
                        value ->
                                Optional.of(value.text())
                                        .filter(ACCEPTED::equals)
                                        .map(word -> LesserPlatform.ACCEPTED));
        boolean isSimulated = platform.filter(Bootstrap.SIMULATED::equals).isPresent();
        Optional<ChainAnchor> chain =
                root.section("chain").flatMap(new ChainReader(faults, isSimulated)::chain);
        Optional<TpmSettings> tpm =
                platform.filter(TpmPlatform.NAME::equals).isPresent()
                        ? root.section("tpm").flatMap(TpmSection::read)
                        : Optional.empty();
        Optional<AppraisalPolicy> appraisal = new AppraisalReader(faults).read(root, platform);
        VendorServices collateral = new CollateralReader(faults).read(root);
        Optional<Path> state =
                root.required("state", "an absolute path without . and ..", v -> path(v.text()));
        Optional<Listeners> listeners =
                root.has("listeners")
                        ? root.section("listeners").flatMap(BootstrapReader::listeners)
                        : Optional.of(
                                new Listeners(HTTPS, Optional.of(HTTP), Optional.of(OPERATIONS)));
        Optional<AcmeSettings> acme = root.section("acme").flatMap(this::acme);
        Optional<Duration> drain =
                root.optional(
                        "drain",
                        DRAIN,
                        "a duration such as 30s, 0s to 10m",
                        v -> SpeltDuration.parse(v.text(), Duration.ZERO, DRAIN_MAX));
        root.end();
        if (!faults.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Bootstrap(
                        chain.orElseThrow(),
                        platform.orElseThrow(),
                        lesser.orElseThrow(),
                        tpm,
                        appraisal,
                        collateral,
                        state.orElseThrow(),
                        listeners.orElseThrow(),
                        acme.orElseThrow(),
                        drain.orElseThrow(),
                        digest));
    }

    private static Optional<Listeners> listeners(Section section) {
        Optional<ListenAddress> https =
                section.optional(
                        "https", HTTPS, ListenAddress.RULE, v -> ListenAddress.parse(v.text()));
        Optional<ListenAddress> http = unlessOff(section, "http", HTTP);
        Optional<ListenAddress> operations = unlessOff(section, "operations", OPERATIONS);
        section.end();
        return https.map(address -> new Listeners(address, http, operations));
    }

    /** Empty if it is off, and after a fault, which refuses the whole file. */
    private static Optional<ListenAddress> unlessOff(
            Section section, String key, ListenAddress fallback) {
        return section.takeWord(key, "off")
                ? Optional.empty()
                : section.optional(
                        key,
                        fallback,
                        "off, or " + ListenAddress.RULE,
                        v -> ListenAddress.parse(v.text()));
    }

    private Optional<AcmeSettings> acme(Section section) {
        List<URI> contact =
                section.has("contact")
                        ? section.list(
                                "contact",
                                "mailto: addresses, at most %d characters each"
                                        .formatted(SpeltUri.LENGTH_CHARS_MAX),
                                v -> SpeltUri.mailto(v.text()))
                        : List.of();
        Optional<List<X509Certificate>> roots =
                section.required(
                        "roots", RootCertificates.RULE, v -> RootCertificates.parse(v.text()));
        section.end();
        return roots.map(certificates -> new AcmeSettings(contact, certificates));
    }

    static Optional<Path> path(String text) {
        try {
            Path path = Path.of(text);
            return Optional.of(path).filter(p -> p.isAbsolute() && p.equals(p.normalize()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static ListenAddress listen(String text) {
        return ListenAddress.parse(text).orElseThrow();
    }
}

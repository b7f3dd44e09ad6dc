package io.attestgate.proxy.cli;

import io.attestgate.collateral.Update;
import io.attestgate.collateral.VendorCollateral;
import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.collateral.CollateralSource;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where collateral comes from: files, services, or both. */
final class CollateralOptions {
    @Option(
            names = "--collateral",
            paramLabel = "PATH",
            description = {
                "What the vendor publishes about the platform: a file or a folder;",
                "of a bare quote its parts, too. May be given several times."
            })
    private List<Path> paths = List.of();

    @Option(names = "--fetch", description = "Asks the vendors' services for it.")
    private boolean fetch;

    @Mixin private ServiceOptions services = new ServiceOptions();

    boolean isFetched() {
        return fetch;
    }

    boolean isGiven() {
        return fetch || !paths.isEmpty();
    }

    /** Whether documents of the other update are worth a look ahead. */
    boolean looksAhead() {
        return fetch && services.update() == Update.STANDARD;
    }

    /** Where from, for a verdict. */
    String names() throws CommandException {
        String files = paths.stream().map(Path::toString).collect(Collectors.joining(" "));
        return fetch ? (files + " " + services.names()).strip() : files;
    }

    /** What a service is asked for is fetched; what is in files comes along. */
    Opened open(InstantSource clock) throws CommandException {
        if (!fetch && services.isGiven()) {
            throw CommandException.wrongUse(
                    "--fetch: absent (expected: with options that say whom to ask)");
        }
        return new Opened(
                files(),
                fetch ? Optional.of(services.open(clock)) : Optional.empty(),
                services.update());
    }

    private Bundle files() throws CommandException {
        Parsed<Bundle> all = Parsed.good(Bundle.empty());
        for (Path path : paths) {
            Parsed<Bundle> more = read(path);
            all = all.then(before -> more.then(before::and));
        }
        return switch (all) {
            case Parsed.Bad<Bundle> bad -> throw new CommandException(bad.faults());
            case Parsed.Good<Bundle> good -> good.value();
        };
    }

    private static Parsed<Bundle> read(Path path) throws CommandException {
        try {
            return Bundle.read(path);
        } catch (IOException e) {
            throw Files.unreadable("--collateral", path, e);
        }
    }

    /**
     * Sources that are open.
     *
     * @param services none if nothing is fetched
     */
    record Opened(Bundle files, Optional<VendorCollateral> services, Update update)
            implements CollateralSource, AutoCloseable {

        @Override
        public boolean serves(String kind) {
            return EvidenceKinds.ofMediaType(kind).isPresent();
        }

        /** What files and services have; fails if a service that is asked does not answer. */
        @Override
        public Bundle fetch(String kind, byte[] evidence) throws IOException {
            return fetch(kind, evidence, update);
        }

        Bundle fetch(String kind, byte[] evidence, Update documents) throws IOException {
            return services.isEmpty()
                    ? files
                    : new Joined(files, services.get().source(documents)).fetch(kind, evidence);
        }

        @Override
        public CollateralSource together() {
            return services.isEmpty()
                    ? this
                    : new Joined(files, services.get().source(update).together());
        }

        @Override
        public void close() {
            services.ifPresent(VendorCollateral::close);
        }
    }

    /** What a service has, with files beside it. */
    private record Joined(Bundle files, CollateralSource vendors) implements CollateralSource {
        @Override
        public boolean serves(String kind) {
            return EvidenceKinds.ofMediaType(kind).isPresent();
        }

        @Override
        public Bundle fetch(String kind, byte[] evidence) throws IOException {
            if (!vendors.serves(kind)) {
                return files;
            }
            return switch (files.and("fetched", vendors.fetch(kind, evidence))) {
                case Parsed.Good<Bundle> good -> good.value();
                case Parsed.Bad<Bundle> bad ->
                        throw new IOException(bad.faults().getFirst().toString());
            };
        }
    }
}

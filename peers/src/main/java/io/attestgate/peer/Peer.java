package io.attestgate.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program, or folder of data, that nobody in this project wrote and that a test or the demo
 * needs.
 *
 * <p>Programs are looked for on the PATH, then in the project's cache folder ({@code
 * ATTESTGATE_CACHE}, else {@code .cache} in the project), where {@code peers/fetch} puts what it
 * installs from npm.
 */
public enum Peer {
    ANVIL("peers/fetch anvil", "peers/node_modules/@foundry-rs/anvil-%s/bin/anvil"),
    FORGE("peers/fetch contracts", "peers/node_modules/@foundry-rs/forge-%s/bin/forge"),
    SOLC("peers/fetch contracts", "peers/node_modules/solc/solc.js"),
    NODE("apt-get install nodejs", ""),
    PEBBLE("apt-get install pebble", "peers/bin/pebble"),
    PEBBLE_CHALLTESTSRV("apt-get install pebble", "peers/bin/pebble-challtestsrv"),
    CURL("apt-get install curl", ""),
    OPENSSL("apt-get install openssl", ""),
    H2LOAD("apt-get install nghttp2-client", ""),
    SWTPM("apt-get install swtpm", ""),
    TPM2("apt-get install tpm2-tools", ""),
    /** The folder of real vectors beside the project, or {@code -Dattestgate.vectors=FOLDER}. */
    VECTORS("-Dattestgate.vectors=FOLDER", "");

    private final String install;
    private final String cached;

    Peer(String install, String cached) {
        this.install = install;
        this.cached = cached;
    }

    /** The name that tests and messages use: {@code pebble-challtestsrv}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** How a person gets it. */
    public String install() {
        return install;
    }

    /** The peer of that label; an unknown label is our bug. */
    public static Peer of(String label) {
        return Stream.of(values())
                .filter(peer -> peer.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "peer: \"%s\" (expected: one of %s)"
                                                .formatted(label, List.of(values()))));
    }

    /** Where it is; empty if this machine does not have it. */
    public Optional<Path> locate() {
        if (this == VECTORS) {
            return Optional.of(vectors()).filter(Files::isDirectory);
        }
        return onPath().or(this::inCache).or(this::besideContracts);
    }

    /**
     * Where it is.
     *
     * @throws IllegalStateException naming the command that installs it
     */
    public Path require() {
        return locate().orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "%s: absent (expected: %s)".formatted(label(), install)));
    }

    private Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, label()))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private Optional<Path> inCache() {
        return Optional.of(cached)
                .filter(relative -> !relative.isEmpty())
                .map(relative -> cache().resolve(relative.formatted(npmPlatform())))
                .filter(Files::isRegularFile);
    }

    /** The compilers are installed where the contracts and their lock file are. */
    private Optional<Path> besideContracts() {
        return Optional.of(cached)
                .filter(relative -> relative.startsWith("peers/node_modules/"))
                .map(relative -> relative.substring("peers/".length()).formatted(npmPlatform()))
                .map(root().resolve("contracts/solidity")::resolve)
                .filter(Files::isRegularFile);
    }

    private static String npmPlatform() {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        boolean mac = System.getProperty("os.name").startsWith("Mac");
        return (mac ? "darwin-" : "linux-") + (arm ? "arm64" : "amd64");
    }

    private static Path cache() {
        String named = System.getenv("ATTESTGATE_CACHE");
        return named != null && !named.isEmpty() ? Path.of(named) : root().resolve(".cache");
    }

    private static Path vectors() {
        return Optional.ofNullable(System.getProperty("attestgate.vectors"))
                .map(Path::of)
                .orElseGet(() -> root().resolve("../shared/vectors").normalize());
    }

    /** The project's folder: {@code -Dattestgate.root}, which build and launcher set. */
    public static Path root() {
        return Path.of(System.getProperty("attestgate.root", ".")).toAbsolutePath().normalize();
    }
}

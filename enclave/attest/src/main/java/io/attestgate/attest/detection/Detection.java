package io.attestgate.attest.detection;

import io.attestgate.attest.platform.PlatformException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a machine has, by the names of its device files and sockets alone: nothing is opened.
 *
 * <p>It keeps people from running on less than they paid for. It stops no attacker: whoever makes
 * the files decides what is found, and what really runs is for the evidence to show. The order of
 * platforms and its reasons are in docs/platforms.md.
 *
 * @param root where the machine's files are
 * @param findings every platform, the best first
 */
public record Detection(Path root, List<Finding> findings) {
    private static final String TSM = "/sys/kernel/config/tsm/report";

    /** Best first. */
    private static final List<Sign> SIGNS =
            List.of(
                    new Sign("sgx", "/dev/attestation/quote"),
                    new Sign("tdx", "/dev/tdx_guest", "/dev/tdx-guest"),
                    new Sign("snp", "/dev/sev-guest"),
                    new Sign("dstack", "/var/run/dstack.sock", "/var/run/tappd.sock"),
                    new Sign("nitro", "/dev/nsm"),
                    new Sign("tpm", "/dev/tpmrm0", "/dev/tpm0"),
                    new Sign("simulated"));

    public Detection {
        findings = List.copyOf(findings);
    }

    /** What would show a platform. */
    private record Sign(String platform, List<String> paths) {
        Sign(String platform, String... paths) {
            this(platform, List.of(paths));
        }

        Finding in(Path root) {
            return new Finding(
                    platform, paths, paths.stream().filter(p -> exists(root, p)).findFirst());
        }
    }

    /**
     * Looks at a machine.
     *
     * @param root where its files are: {@code /}
     */
    public static Detection in(Path root) {
        List<Finding> findings =
                SIGNS.stream().map(sign -> sign.in(root)).collect(Collectors.toList());
        boolean driverIsKnown =
                findings.stream().anyMatch(f -> isOfTsm(f.platform()) && f.found().isPresent());
        if (!driverIsKnown && exists(root, TSM)) {
            findings.replaceAll(f -> isOfTsm(f.platform()) ? shownByTsm(f) : f);
        }
        return new Detection(root, findings);
    }

    /**
     * The same, where the bootstrap file names a platform's device itself: only that one counts.
     *
     * @param device an absolute path
     */
    public Detection with(String platform, Path device) {
        Sign named = new Sign(platform, device.toString());
        return new Detection(
                root,
                findings.stream()
                        .map(f -> f.platform().equals(platform) ? named.in(root) : f)
                        .toList());
    }

    private static boolean isOfTsm(String platform) {
        return platform.equals("tdx") || platform.equals("snp");
    }

    /** Without its device file, configfs-tsm may stand for either; opening it tells which. */
    private static Finding shownByTsm(Finding finding) {
        List<String> lookedAt = new ArrayList<>(finding.lookedAt());
        lookedAt.add(TSM);
        return new Finding(finding.platform(), lookedAt, Optional.of(TSM));
    }

    private static boolean exists(Path root, String path) {
        return Files.exists(root.resolve(path.substring(1)), LinkOption.NOFOLLOW_LINKS);
    }

    /** The platforms that are there, the best first. */
    public List<Finding> present() {
        return findings.stream().filter(Finding::isThere).toList();
    }

    /**
     * Accepts a choice, or says what is wrong with it.
     *
     * @param platform the name that the bootstrap file gives
     * @throws PlatformException if that platform is not there, or a better one is and the bootstrap
     *     file does not accept a lesser one
     */
    public void require(String platform, LesserPlatform lesser) throws PlatformException {
        Finding chosen = finding(platform);
        if (!chosen.isThere()) {
            throw new PlatformException(
                    "platform: \"%s\" is not here, by %s (expected: one that is here: %s)"
                            .formatted(
                                    platform,
                                    String.join(", ", chosen.lookedAt()),
                                    names(present().stream())));
        }
        List<Finding> better = betterThan(chosen);
        if (lesser == LesserPlatform.REFUSED && !better.isEmpty()) {
            throw new PlatformException(
                    ("platform: \"%s\" where there is %s (expected: the better one, or"
                                    + " \"lesserPlatform: accepted\" in the bootstrap file)")
                            .formatted(platform, names(better.stream())));
        }
    }

    private Finding finding(String platform) {
        return findings.stream()
                .filter(finding -> finding.platform().equals(platform))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "platform: \"%s\" (expected: one of docs/platforms.md)"
                                                .formatted(platform)));
    }

    private List<Finding> betterThan(Finding chosen) {
        return findings.subList(0, findings.indexOf(chosen)).stream()
                .filter(Finding::isThere)
                .toList();
    }

    private static String names(Stream<Finding> findings) {
        return findings.map(Finding::toString).collect(Collectors.joining(", "));
    }
}

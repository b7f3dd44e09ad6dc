package io.attestgate.verify;

import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.verify.simulated.DevelopmentRoot;
import io.attestgate.wire.Hash32;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a verdict ends in: a certificate that the reader pinned and that nobody vouches for
 * (docs/root-of-trust.md).
 *
 * @param sha256 of the certificate's bytes
 * @param name as policies call it; the hash itself for one that this release does not name
 * @param vendor who holds its key; two roots of one vendor are one party. For a root that this
 *     release does not name, the root is its own party
 * @param ifItFalls what its holder can then make anybody believe
 */
public record RootOfTrust(Hash32 sha256, String name, String vendor, String ifItFalls) {

    /** The name of the simulated platform's root. */
    static final String DEVELOPMENT = "development";

    private record Holder(String vendor, String ifItFalls) {}

    private static final Map<String, Holder> HOLDERS =
            Map.of(
                    "intel-sgx",
                    new Holder(
                            "Intel",
                            "every quote of SGX and TDX can be forged, and all collateral"),
                    "amd-milan",
                    new Holder("AMD", "every report of Milan processors can be forged"),
                    "amd-genoa",
                    new Holder("AMD", "every report of Genoa processors can be forged"),
                    "amd-turin",
                    new Holder("AMD", "every report of Turin processors can be forged"),
                    "aws-nitro",
                    new Holder(
                            "Amazon", "every document of enclaves and of NitroTPMs can be forged"),
                    "google-ek-ak",
                    new Holder("Google", "every quote of its machines' TPMs can be forged"),
                    "azure-virtual-tpm",
                    new Holder("Microsoft", "every quote of its machines' TPMs can be forged"),
                    "microsoft-rsa-devices",
                    new Holder("Microsoft", "every quote of TPMs below it can be forged"),
                    "nvidia-device",
                    new Holder("NVIDIA", "every GPU's report can be forged"),
                    "nvidia-rim",
                    new Holder(
                            "NVIDIA", "any driver and firmware of a GPU can be called NVIDIA's"));

    private static final Map<Hash32, RootOfTrust> NAMED = named();

    /** That root, with what this release knows of it. */
    public static RootOfTrust of(Hash32 sha256) {
        return Optional.ofNullable(NAMED.get(sha256))
                .orElseGet(
                        () ->
                                new RootOfTrust(
                                        sha256,
                                        sha256.toString(),
                                        sha256.toString(),
                                        "whatever its holder was trusted with: the reader pinned it"
                                                + " by its hash"));
    }

    private static Map<Hash32, RootOfTrust> named() {
        Map<Hash32, RootOfTrust> named = new TreeMap<>();
        named.put(
                DevelopmentRoot.SHA256,
                new RootOfTrust(
                        DevelopmentRoot.SHA256,
                        DEVELOPMENT,
                        "nobody: its key is public",
                        "nothing that stood"));
        for (EvidenceKind kind : EvidenceKinds.ALL) {
            kind.namedRoots()
                    .forEach(
                            (name, sha256) -> {
                                Holder holder = Objects.requireNonNull(HOLDERS.get(name), name);
                                named.put(
                                        sha256,
                                        new RootOfTrust(
                                                sha256, name, holder.vendor, holder.ifItFalls));
                            });
        }
        return named;
    }
}

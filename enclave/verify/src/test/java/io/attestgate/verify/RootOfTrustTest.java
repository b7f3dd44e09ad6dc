package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.verify.simulated.DevelopmentRoot;
import io.attestgate.wire.Hash32;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A verdict's root has a holder, or is its own party. */
final class RootOfTrustTest {

    @Test
    void everyRootThatAKindNamesHasAHolder() {
        for (EvidenceKind kind : EvidenceKinds.ALL) {
            kind.namedRoots()
                    .forEach(
                            (name, sha256) -> {
                                RootOfTrust root = RootOfTrust.of(sha256);
                                assertThat(root.name()).isEqualTo(name);
                                assertThat(root.vendor()).doesNotStartWith("0x");
                                assertThat(root.ifItFalls()).isNotBlank();
                            });
        }
    }

    /** Policies call roots by these names, and refusals offer them. */
    @Test
    void everyRootIsOnThePageAboutRootsWithItsNameAndItsHash() throws IOException {
        Path root = Path.of(System.getProperty("attestgate.root", "../.."));
        String page = Files.readString(root.resolve("docs/root-of-trust.md"));
        Map<String, Hash32> roots = new TreeMap<>();
        EvidenceKinds.ALL.forEach(kind -> roots.putAll(kind.namedRoots()));
        roots.put(RootOfTrust.DEVELOPMENT, DevelopmentRoot.SHA256);

        roots.forEach(
                (name, sha256) ->
                        assertThat(page)
                                .contains("(`" + name + "`")
                                .contains("`" + sha256.toString().substring(2) + "`"));
    }

    @Test
    void rootsOfOneVendorAreOneParty() {
        List<String> vendors =
                EvidenceKinds.ALL.stream()
                        .filter(kind -> kind.name().equals("snp"))
                        .flatMap(kind -> kind.namedRoots().values().stream())
                        .map(sha256 -> RootOfTrust.of(sha256).vendor())
                        .toList();

        assertThat(vendors).hasSize(3).containsOnly("AMD");
    }

    @Test
    void aRootThatNobodyNamesIsItsOwnParty() {
        RootOfTrust root = RootOfTrust.of(Hash32.ZERO);

        assertThat(root.vendor()).isEqualTo(Hash32.ZERO.toString());
        assertThat(root.name()).isEqualTo(root.vendor());
    }
}

package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Hash32;
import java.util.List;
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

package io.attestgate.verify.tpm;

import static io.attestgate.verify.tpm.PlayedTpm.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Parsed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Of what a nested report is judged by, an attester may bring the certificates of its key. */
final class AzureCertificatesTest {
    private static final SnpPki AMD = SnpPki.at("Milan", NOW);
    private static final DcapPki INTEL = DcapPki.at(NOW);

    private static Parsed<Bundle> with(byte[] carried) {
        return Collateral.parse(Bundle.of("reader", SnpPki.pem(AMD.ark())))
                .toOptional()
                .orElseThrow()
                .bundleWith(List.of(Octets.of(carried)));
    }

    @Test
    void certificatesInEitherFormAreTaken() {
        assertThat(with(Certificates.der(AMD.ask())).toOptional().orElseThrow().files()).hasSize(2);
        assertThat(with(SnpPki.pem(AMD.ask(), AMD.ark())).toOptional().orElseThrow().files())
                .hasSize(2);
    }

    /** An older list, or Intel's documents of before a recovery, would speak for the attester. */
    @Test
    void listsAndDocumentsAreNot() {
        assertThat(with(AMD.crl(AMD.validity(), List.of()))).isInstanceOf(Parsed.Bad.class);
        assertThat(with(new byte[0])).isInstanceOf(Parsed.Bad.class);
        DcapCollateral.upToDate(INTEL, NOW)
                .files()
                .forEach(
                        (name, file) -> {
                            if (!name.endsWith(".pem")) {
                                assertThat(with(file)).as(name).isInstanceOf(Parsed.Bad.class);
                            }
                        });
    }
}

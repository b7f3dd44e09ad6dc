package io.attestgate.verify.nvidia;

import static io.attestgate.verify.nvidia.NvidiaVectors.BETWEEN;
import static io.attestgate.verify.nvidia.NvidiaVectors.GO;
import static io.attestgate.verify.nvidia.NvidiaVectors.SDK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Expiry;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.evidence.Revocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests as NVIDIA published them, and as others broke them. */
final class RealManifestsTest {

    @BeforeEach
    void vectors() {
        RealVectors.require();
    }

    private static Rim rim(String name) {
        return Rim.parse(RealVectors.read(name)).toOptional().orElseThrow();
    }

    private static void stand(Rim rim, Instant now) throws RefusedException {
        NvidiaPolicy accepted = NvidiaVectors.accepted(Revocation.IF_PRESENT);
        Collateral none = Collateral.parse(Bundle.empty()).toOptional().orElseThrow();
        Question question =
                new Question(none, NvidiaVectors.policy(accepted), accepted, now, new Expiry());
        assertThat(Manifests.stands(rim, question)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "rim/NV_GPU_DRIVER_GH100_550.90.07.xml,550.90.07,21",
        "rim/NV_GPU_VBIOS_1010_0200_882_96009F0001.xml,96.00.9F.00.01,12",
        "rim/success_valid_rim.xml,96.00.6D.00.29,12"
    })
    void aPublishedManifestStands(String name, String version, int active) throws RefusedException {
        Rim rim = rim(GO + name);
        stand(rim, BETWEEN);

        assertThat(rim.product()).isEqualTo("GH100");
        assertThat(rim.version()).isEqualTo(version);
        assertThat(rim.golden()).hasSize(active);
        RealVectors.accepted("nvidia", name);
    }

    @ParameterizedTest
    @CsvSource({
        "NV_GPU_DRIVER_GH100_550.144.03.xml,",
        "sample_rims/NV_GPU_DRIVER_GH100_535.86.09_measurement_mismatch.xml,COLLATERAL",
        "sample_rims/NV_GPU_VBIOS_1010_0200_882_96005E0001_measurement_mismatch.xml,",
        "incorrect_signature_driver_rim.xml,COLLATERAL",
        "incorrect_cert_chain_driver_rim.xml,ROOT",
        "sample_rims/NV_GPU_DRIVER_GH100_570.124.03_expired.xml,EXPIRED"
    })
    void whatStandsAndWhatDoesNot(String name, Check check) throws RefusedException {
        Rim rim = rim(SDK + name);
        if (check == null) {
            stand(rim, BETWEEN);
            RealVectors.accepted("nvidia", name);
        } else {
            assertThatThrownBy(() -> stand(rim, BETWEEN))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            e -> assertThat(e.refusal().check()).isEqualTo(check));
            RealVectors.refused("nvidia", name, check);
        }
    }

    @Test
    void theBrokenOnesAreRefused() {
        List<Path> broken = files("failure_");
        for (Path file : broken) {
            byte[] xml = RealVectors.read(GO + "rim/" + file.getFileName());

            assertThat(Rim.parse(xml).faults()).as(file.toString()).isNotEmpty();
            RealVectors.refused(
                    "nvidia",
                    file.getFileName().toString(),
                    Rim.parse(xml).faults().getFirst().path());
        }
        assertThat(broken).hasSize(18);
    }

    /** They have a payload and neither names nor signature: a manifest is more than that. */
    @Test
    void aPayloadAloneIsNoManifest() throws MalformedException {
        for (Path file : files("success_payload_")) {
            byte[] xml = RealVectors.read(GO + "rim/" + file.getFileName());

            assertThat(Rim.parse(xml).faults()).isNotEmpty();
        }
        byte[] several = RealVectors.read(GO + "rim/success_payload_multiple_alternatives.xml");
        assertThat(Rim.golden(XmlFile.read(several).getDocumentElement()).values())
                .extracting(golden -> golden.values().size())
                .containsExactly(1, 4);
    }

    @Test
    void aSignedDocumentOfAnotherKindIsNoManifest() {
        assertThat(Rim.parse(RealVectors.read(GO + "rim/valid_signed_xml.xml")).faults())
                .isNotEmpty();
    }

    private static List<Path> files(String prefix) {
        try (Stream<Path> all = Files.list(RealVectors.path(GO + "rim"))) {
            return all.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

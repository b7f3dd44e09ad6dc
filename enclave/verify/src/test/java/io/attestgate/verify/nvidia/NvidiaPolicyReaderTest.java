package io.attestgate.verify.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The member {@code nvidia} of a policy, as docs/evidence-nvidia.md has it. */
final class NvidiaPolicyReaderTest {
    static final String POLICY =
            """
            { "roots": ["nvidia-device", "nvidia-rim"],
              "tcbStates": { "unjudged": "2027-01-01T00:00:00Z" },
              "advisories": {},
              "debug": "refused",
              "nvidia": {
                "deviceRoots": ["nvidia-device"],
                "rimRoots": ["nvidia-rim"],
                "chips": ["GH100", "GB100"],
                "modes": ["spt", "mpt"],
                "count": 8,
                "fwid": "required",
                "ocsp": "if-present",
                "drivers": { "550": "550.90.07", "590": "590.48.01" },
                "vbios": { "1010_0200_882": "96.00.9F.00.01" } } }
            """;

    private static Parsed<AppraisalPolicy> read(String json) {
        return EvidenceKinds.policy(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPolicyIsReadWhole() {
        NvidiaPolicy nvidia =
                read(POLICY).toOptional().orElseThrow().part(NvidiaPolicy.class).orElseThrow();

        assertThat(nvidia.deviceRoots()).containsExactly(Verifier.DEVICE_ROOT);
        assertThat(nvidia.rimRoots()).containsExactly(Verifier.RIM_ROOT);
        assertThat(nvidia.chips()).containsExactlyInAnyOrder("GH100", "GB100");
        assertThat(nvidia.modes()).isEqualTo(Set.of(Mode.SPT, Mode.MPT));
        assertThat(nvidia.count()).isEqualTo(8);
        assertThat(nvidia.fwid()).isEqualTo(NvidiaPolicy.Fwid.REQUIRED);
        assertThat(nvidia.ocsp()).isEqualTo(Revocation.IF_PRESENT);
        assertThat(nvidia.drivers().get("550")).hasToString("550.90.07");
        assertThat(nvidia.vbios().get("1010_0200_882")).hasToString("96.00.9F.00.01");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"deviceRoots\": [\"nvidia-device|\"deviceRoots\": [\"sgx|$.nvidia.deviceRoots[0]",
                "[\"GH100\", \"GB100\"]|[\"AD102\"]|$.nvidia.chips[0]",
                "\"mpt\"]|\"off\"]|$.nvidia.modes[1]",
                "\"count\": 8|\"count\": 0|$.nvidia.count",
                "\"count\": 8|\"count\": 17|$.nvidia.count",
                "\"fwid\": \"required\"|\"fwid\": \"no\"|$.nvidia.fwid",
                "\"if-present\"|\"never\"|$.nvidia.ocsp",
                "\"550.90.07\"|\"551.90.07\"|$.nvidia.drivers[\"550\"]",
                "\"550.90.07\"|\"newest\"|$.nvidia.drivers[\"550\"]",
                "\"96.00.9F.00.01\"|\"96.00.9F\"|$.nvidia.vbios[\"1010_0200_882\"]",
                "\"1010_0200_882\"|\"1010\"|$.nvidia.vbios",
                "\"count\": 8,||$.nvidia",
                "\"count\": 8,|\"count\": 8, \"more\": 1,|$.nvidia"
            })
    void aFaultNamesItsPath(String from, String to, String path) {
        assertThat(POLICY).contains(from);
        String json = POLICY.replace(from, to == null ? "" : to);

        assertThat(read(json).faults()).extracting(Fault::path).containsExactly(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deviceRoots", "rimRoots"})
    void withoutARootThereIsNoPolicy(String roots) {
        String json = POLICY.replaceAll("\"" + roots + "\": \\[[^\\]]*]", "\"" + roots + "\": []");

        assertThat(read(json).faults())
                .extracting(Fault::path)
                .containsExactly("$.nvidia." + roots);
    }
}

package io.attestgate.verify.nitro;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The members {@code nitro} and {@code nitro-tpm} of a policy. */
final class NitroPolicyReaderTest {
    private static final String VALUE = "00".repeat(47) + "fF";
    private static final String WHOLE =
            "{\"maxAge\": \"5m\", \"revocation\": \"required\", \"pcrs\": {}}";

    private static Parsed<AppraisalPolicy> read(String members) {
        return EvidenceKinds.policy(
                """
                {"roots": ["aws-nitro"], "tcbStates": {}, "advisories": {}, "debug": "refused",
                 %s}
                """
                        .formatted(members)
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Parsed<AppraisalPolicy> readPcrs(String pcrs) {
        return read(
                "\"nitro\": {\"maxAge\": \"5m\", \"revocation\": \"if-present\", \"pcrs\": %s}"
                        .formatted(pcrs));
    }

    @Test
    void aPolicySaysAgeRevocationAndRegistersOfEachForm() {
        AppraisalPolicy policy =
                read("""
                "nitro": {"maxAge": "5m", "revocation": "if-present",
                          "pcrs": {"8": ["0x%s", "%s"]}},
                "nitro-tpm": {"maxAge": "2h", "revocation": "required",
                              "pcrs": {}}
                """
                                .formatted(VALUE, "11".repeat(48)))
                        .toOptional()
                        .orElseThrow();
        byte[] value = new byte[48];
        value[47] = -1;

        assertThat(policy.roots()).containsExactly(Verifier.ROOT_G1);
        assertThat(policy.part(NitroPolicy.Instances.class))
                .contains(
                        new NitroPolicy.Instances(
                                new NitroPolicy.Accepted(
                                        Duration.ofHours(2), Revocation.REQUIRED, Map.of())));
        NitroPolicy.Accepted enclaves =
                policy.part(NitroPolicy.Enclaves.class).orElseThrow().accepted();
        assertThat(enclaves.maxAge()).isEqualTo(Duration.ofMinutes(5));
        assertThat(enclaves.revocation()).isEqualTo(Revocation.IF_PRESENT);
        assertThat(enclaves.pcrs()).containsOnlyKeys(8);
        assertThat(enclaves.pcrs().get(8)).hasSize(2).contains(Octets.of(value));
    }

    @Test
    void oneFormSaysNothingAboutTheOther() {
        AppraisalPolicy policy = read("\"nitro\": " + WHOLE).toOptional().orElseThrow();

        assertThat(policy.part(NitroPolicy.Instances.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"maxAge\": \"5m\", \"pcrs\": {}}",
                "{\"revocation\": \"required\", \"pcrs\": {}}",
                "{\"maxAge\": \"5m\", \"revocation\": \"required\"}",
                "{\"maxAge\": \"5m\", \"revocation\": \"required\", \"pcrs\": {}, \"x\": 1}",
                "{\"maxAge\": \"0s\", \"revocation\": \"required\", \"pcrs\": {}}",
                "{\"maxAge\": \"-5m\", \"revocation\": \"required\", \"pcrs\": {}}",
                "{\"maxAge\": \"36526d\", \"revocation\": \"required\", \"pcrs\": {}}",
                "{\"maxAge\": 300, \"revocation\": \"required\", \"pcrs\": {}}",
                "{\"maxAge\": \"5m\", \"revocation\": \"never\", \"pcrs\": {}}",
            })
    void aPartHasExactlyItsMembersInTheirForm(String part) {
        assertThat(read("\"nitro\": " + part)).isInstanceOf(Parsed.Bad.class);
        assertThat(read("\"nitro-tpm\": " + part)).isInstanceOf(Parsed.Bad.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"32\": [\"0xVALUE\"]}",
                "{\"-1\": [\"0xVALUE\"]}",
                "{\"08\": [\"0xVALUE\"]}",
                "{\"pcr8\": [\"0xVALUE\"]}",
                "{\"8\": []}",
                "{\"8\": \"0xVALUE\"}",
                "{\"8\": [8]}",
                "{\"8\": [\"0xVALUE00\"]}",
                "{\"8\": [\"0x\"]}",
                "{\"8\": [\"zzVALUE\"]}",
            })
    void registersAreNumbersWithListsOfValues(String pcrs) {
        assertThat(readPcrs(pcrs.replace("VALUE", VALUE))).isInstanceOf(Parsed.Bad.class);
    }
}

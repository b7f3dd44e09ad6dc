package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.wire.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever writes a policy that does not load is told which value it was, and which would do. */
final class PolicyFaultsTest {
    private static final Path ROOT = Path.of(System.getProperty("attestgate.root", "../.."));
    private static final String STATES =
            "[up-to-date, sw-hardening-needed, configuration-needed,"
                    + " configuration-and-sw-hardening-needed, td-relaunch-advised,"
                    + " td-relaunch-advised-configuration-needed, out-of-date,"
                    + " out-of-date-configuration-needed, unjudged]";
    private static final String INSTANT = "an instant such as 2027-01-01T00:00:00Z";

    private static String whole() throws IOException {
        return Files.readString(ROOT.resolve("docs/examples/appraisal.json"));
    }

    private static List<String> faults(String part, String other) throws IOException {
        String policy = whole();
        assertThat(policy).contains(part);
        byte[] json = policy.replace(part, other).getBytes(StandardCharsets.UTF_8);
        return EvidenceKinds.policy(json).faults().stream().map(Fault::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"debug\"|\"foo\": 1, \"debug\"|$: unknown \"foo\" (expected: an object with"
                    + " exactly [advisories, debug, roots, tcbStates], and any of [evidence, nitro,"
                    + " nitro-tpm, nvidia, snp, tpm])",
                "\"abi\"|\"foo\": 1, \"abi\"|$.snp: unknown \"foo\" (expected: an object with"
                        + " exactly [abi, allowed, floors, keys, required, revocation, vmplMax])",
                "\"vmplMax\"|\"vmplmax\"|$.snp: unknown \"vmplmax\", missing \"vmplMax\""
                        + " (expected: an object with exactly"
                        + " [abi, allowed, floors, keys, required, revocation, vmplMax])",
                "\"Milan\"|\"Rome\"|"
                        + "$.snp.floors: unknown \"Rome\" (expected: Milan, Genoa or Turin)",
                "\"vmplMax\": 0|\"vmplMax\": 4|"
                        + "$.snp.vmplMax: 4 (expected: an integer of 0 to 3)",
                "\"vcek\"|\"vcek\", \"vlek\"|"
                        + "$.snp.keys[1]: \"vlek\" (expected: vcek, or vlek: and a provider's id)",
                "\"pcrs\": {} }|\"pcrs\": {\"32\": []} }|"
                        + "$.nitro.pcrs: unknown \"32\" (expected: a register, \"0\" to \"31\")",
                "\"values\": {}|\"values\": {\"24\": []}|"
                        + "$.tpm.pcrs.values: unknown \"24\" (expected: a PCR of the selection)",
                "22, 23]|22, 24]|$.tpm.pcrs.selection[23]: 24 (expected: an integer of 0 to 23)",
                "\"replayed\": []|\"replayed\": [99]|"
                        + "$.tpm.replayed[0]: 99 (expected: an integer of 0 to 23)",
                "\"resetCount\": \"any\"|\"resetCount\": -1|"
                        + "$.tpm.clock.resetCount: -1 (expected: an integer of 0 to 4294967295)",
                "\"count\": 1|\"count\": 0|$.nvidia.count: 0 (expected: an integer of 1 to 16)",
                "\"GB100\"|\"TU102\"|$.nvidia.chips[1]: \"TU102\""
                        + " (expected: GPUs of Hopper or Blackwell, such as GH100, GB100)",
                "1010_0200_882|96|"
                        + "$.nvidia.vbios: unknown \"96\" (expected: a board named as 1010_0200_882"
                        + " is)",
                "\"debug\": \"refused\"|\"debug\": false|"
                        + "$.debug: false (expected: one of [refused, accepted])",
                "\"required\": []|\"required\": {\"b\": 1, \"a\": [true]}|"
                        + "$.snp.required: {\"a\":[true],\"b\":1} (expected: an array)"
            })
    void theValueOrTheNameIsShown(String part, String other, String fault) throws IOException {
        assertThat(faults(part, other)).containsExactly(fault);
    }

    @Test
    void everyMemberThatIsMissingIsNamed() {
        assertThat(EvidenceKinds.policy("{}".getBytes(StandardCharsets.UTF_8)).faults())
                .extracting(Fault::found)
                .containsExactly(
                        "missing \"advisories\", missing \"debug\", missing \"roots\","
                                + " missing \"tcbStates\"");
    }

    @Test
    void anUnknownStateIsToldFromOneWithoutAnInstant() throws IOException {
        assertThat(faults("\"up-to-date\":", "\"UpToDate\":"))
                .containsExactly(
                        "$.tcbStates: unknown \"UpToDate\" (expected: one of " + STATES + ")");
        assertThat(
                        faults(
                                "\"up-to-date\": \"2030-01-01T00:00:00Z\"",
                                "\"up-to-date\": \"tomorrow\""))
                .containsExactly(
                        "$.tcbStates.up-to-date: \"tomorrow\" (expected: " + INSTANT + ")");
        assertThat(faults("\"INTEL-SA-00615\": \"2030-01-01T00:00:00Z\"", "\"SA-1\": \"tomorrow\""))
                .containsExactly("$.advisories.SA-1: \"tomorrow\" (expected: " + INSTANT + ")");
    }

    @Test
    void faultsOfSeveralMembersAreSaidAtOnce() throws IOException {
        assertThat(faults("2030-01-01T00:00:00Z", "soon")).hasSize(4);
        assertThat(faults("\"intel-sgx\", \"amd-milan\"", "\"intel\", 7"))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("$.roots[0]: \"intel\" (expected: 0x and 64 digits, or one of [");
    }

    @Test
    void aRevokedStateIsNoneThatAPolicyCanAccept() throws IOException {
        assertThat(faults("\"up-to-date\":", "\"revoked\":"))
                .containsExactly(
                        "$.tcbStates: \"revoked\" (expected: a state that its vendor did not"
                                + " revoke: one of "
                                + STATES
                                + ")");
    }
}

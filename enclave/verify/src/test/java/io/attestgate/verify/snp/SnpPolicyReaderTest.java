package io.attestgate.verify.snp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.AppraisalPolicyReader;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of a policy about AMD says everything by name, or the policy is none. */
final class SnpPolicyReaderTest {
    private static final String TCB = "{\"bootloader\":3,\"tee\":0,\"snp\":8,\"microcode\":115}";
    private static final String TURIN_TCB =
            "{\"fmc\":1,\"bootloader\":3,\"tee\":0,\"snp\":8,\"microcode\":115}";
    private static final String GOOD =
            """
            {"floors": {"Milan": {"committed": TCB, "current": TCB, "reported": TCB, "launch": TCB}},
             "keys": ["vcek", "vlek:CN=test.example"],
             "allowed": ["smt"],
             "required": ["single-socket"],
             "abi": "1.51",
             "vmplMax": 0,
             "revocation": "required"}
            """
                    .replace("TCB", TCB);

    @Test
    void everyFieldIsRead() {
        SnpPolicy policy =
                read(GOOD).toOptional().orElseThrow().part(SnpPolicy.class).orElseThrow();
        SnpTcb tcb = new SnpTcb(0, 3, 0, 8, 115);

        assertThat(policy.floors())
                .containsExactly(
                        Map.entry(SnpProduct.MILAN, new SnpPolicy.Floors(tcb, tcb, tcb, tcb)));
        assertThat(policy.keys()).containsExactlyInAnyOrder("vcek", "vlek:CN=test.example");
        assertThat(policy.allowed()).containsExactly(SnpPolicy.Permission.SMT);
        assertThat(policy.required()).containsExactly(SnpPolicy.Restriction.SINGLE_SOCKET);
        assertThat(policy.abi()).isEqualTo(new SnpPolicy.Abi(1, 51));
        assertThat(policy.vmplMax()).isZero();
        assertThat(policy.revocation()).isEqualTo(Revocation.REQUIRED);
    }

    @Test
    void turinsFloorsHaveFmcAndNoOthers() {
        String turin = GOOD.replace("Milan", "Turin");

        assertThat(read(turin)).isInstanceOf(Parsed.Bad.class);
        assertThat(read(GOOD.replace(TCB, TURIN_TCB))).isInstanceOf(Parsed.Bad.class);
        assertThat(
                        read(turin.replace(TCB, TURIN_TCB))
                                .toOptional()
                                .orElseThrow()
                                .part(SnpPolicy.class)
                                .orElseThrow()
                                .floors()
                                .keySet())
                .containsExactly(SnpProduct.TURIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"floors", "keys", "allowed", "required", "abi", "vmplMax", "revocation"})
    void noFieldHasADefault(String member) {
        assertThat(read(GOOD.replace("\"" + member + "\"", "\"other\"")))
                .isInstanceOf(Parsed.Bad.class);
        assertThat(read(GOOD.replaceFirst("\"" + member + "\": [^\n]*,?\n", "")))
                .isInstanceOf(Parsed.Bad.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Milan\"|\"Milan-B0\"",
                "\"Milan\"|\"Rome\"",
                "\"launch\"|\"later\"",
                "\"snp\":8|\"snp\":256",
                "\"snp\":8|\"snp\":-1",
                "\"vcek\"|\"vlek:\"",
                "\"vcek\"|7",
                "\"smt\"|\"debug\"",
                "\"smt\"|\"smt\",\"smt\"",
                "\"smt\"|\"single-socket\"",
                "\"single-socket\"|\"smt\"",
                "\"1.51\"|\"1\"",
                "\"1.51\"|1",
                "\"vmplMax\": 0|\"vmplMax\": 4",
                "\"required\"}|\"sometimes\"}",
                "[\"smt\"]|\"smt\""
            })
    void anythingElseIsNoPolicy(String part, String other) {
        String bad = GOOD.strip().replace(part, other);

        assertThat(bad).isNotEqualTo(GOOD.strip());
        assertThat(read(bad)).isInstanceOf(Parsed.Bad.class);
    }

    /** Whatever stands in the part: what is read of it bounds every product that it names. */
    @FuzzTest(maxDuration = "60s")
    void anArbitraryPartIsReadWholeOrRefused(byte[] input) {
        read(new String(input, StandardCharsets.UTF_8))
                .toOptional()
                .flatMap(policy -> policy.part(SnpPolicy.class))
                .ifPresent(
                        part -> {
                            boolean isKnown =
                                    part.keys().stream()
                                            .allMatch(key -> key.matches("(?s)vcek|vlek:.+"));
                            if (!isKnown || part.vmplMax() < 0 || part.vmplMax() > 3) {
                                throw new AssertionError("read, and no policy: " + part);
                            }
                        });
    }

    private static Parsed<AppraisalPolicy> read(String snp) {
        String policy =
                """
                {"roots": ["vendor"], "tcbStates": {"unjudged": "2027-01-01T00:00:00Z"},
                 "advisories": {}, "debug": "refused", "snp": SNP}
                """
                        .replace("SNP", snp.strip());
        return AppraisalPolicyReader.parse(
                policy.getBytes(StandardCharsets.UTF_8),
                Map.of("vendor", Hash32.ZERO),
                new SnpKind().policyParts());
    }
}

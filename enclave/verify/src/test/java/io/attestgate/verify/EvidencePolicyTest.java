package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.EvidenceRequirement;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a policy of every kind may say about the vendors that it wants. */
final class EvidencePolicyTest {

    private static Parsed<AppraisalPolicy> read(String evidence) {
        String policy =
                """
                {"roots": ["intel-sgx", "amd-milan"], "tcbStates": {}, "advisories": {},
                 "debug": "refused", "evidence": EVIDENCE}
                """
                        .replace("EVIDENCE", evidence);
        return EvidenceKinds.policy(policy.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void kindsRootsAndCountAreRead() {
        EvidenceRequirement requirement =
                read("""
                {"require": [{"kind": "tdx", "roots": ["intel-sgx"]},
                             {"kind": "snp", "roots": ["amd-milan", "amd-genoa"]},
                             {"kind": "simulated", "roots": ["development"]}],
                 "atLeast": 2}
                """)
                        .toOptional()
                        .flatMap(policy -> policy.part(EvidenceRequirement.class))
                        .orElseThrow();

        assertThat(requirement.atLeast()).isEqualTo(2);
        assertThat(requirement.require())
                .extracting(EvidenceRequirement.Kind::name)
                .containsExactly("tdx", "snp", "simulated");
        assertThat(requirement.require().get(1).roots()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"require\":[],\"atLeast\":1}",
                "{\"require\":[{\"kind\":\"tdx\",\"roots\":[]}],\"atLeast\":1}",
                "{\"require\":[{\"kind\":\"tdx\",\"roots\":[\"somebody\"]}],\"atLeast\":1}",
                "{\"require\":[{\"kind\":\"tdx\",\"roots\":[\"intel-sgx\"]}],\"atLeast\":0}",
                "{\"require\":[{\"kind\":\"tdx\",\"roots\":[\"intel-sgx\"]}],\"atLeast\":2}",
                "{\"require\":[{\"kind\":\"tdx\"}],\"atLeast\":1}",
                "{\"require\":[{\"kind\":\"tdx\",\"roots\":[\"intel-sgx\"]},"
                        + "{\"kind\":\"tdx\",\"roots\":[\"amd-milan\"]}],\"atLeast\":1}",
                "{\"require\":[{\"kind\":\"unheard-of\",\"roots\":[\"intel-sgx\"]}],\"atLeast\":1}",
                "{\"require\":[{\"kind\":\"nvidia\",\"roots\":[\"nvidia-device\"]}],\"atLeast\":1}"
            })
    void anythingElseIsNoRequirement(String evidence) {
        assertThat(read(evidence)).isInstanceOf(Parsed.Bad.class);
    }
}

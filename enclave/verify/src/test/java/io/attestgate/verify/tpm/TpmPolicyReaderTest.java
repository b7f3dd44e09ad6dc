package io.attestgate.verify.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.EvidenceKinds;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The member {@code tpm} of a policy: whole, in its words, and nothing else. */
final class TpmPolicyReaderTest {
    private static final String NAME = "0x000b" + "11".repeat(32);
    private static final String EK = "0x000c" + "22".repeat(48);
    private static final String HASH = "0x" + "33".repeat(32);
    private static final String WHOLE =
            """
            {"roots": ["google-ek-ak"], "tcbStates": {}, "advisories": {}, "debug": "refused",
             "tpm": {"keys": ["hardware", "chain:google-ek-ak", "chain:HASH", "name:NAME", "spki:HASH"],
                     "activated": {"NAME": "EK"},
                     "pcrs": {"bank": "sha256", "selection": [0, 7, 23], "values": {"7": ["HASH"]}},
                     "clock": {"safe": "required", "resetCount": 4294967295, "restartCount": "any"},
                     "firmwareVersions": ["0x2020031200120003"],
                     "replayed": [7, 0],
                     "revocation": "required"}}
            """
                    .replace("HASH", HASH)
                    .replace("NAME", NAME)
                    .replace("EK\"}", EK + "\"}");

    private static Optional<AppraisalPolicy> read(String json) {
        return EvidenceKinds.policy(json.getBytes(StandardCharsets.UTF_8)).toOptional();
    }

    private static Octets octets(String hex) {
        return Octets.of(io.attestgate.wire.Hex.parse(hex).orElseThrow());
    }

    @Test
    void aWholePartIsRead() {
        Hash32 hash = Hash32.parse(HASH).orElseThrow();
        TpmPolicy expected =
                new TpmPolicy(
                        new TpmPolicy.KeyRule(
                                Set.of(Verifier.GOOGLE_EK_AK, hash),
                                true,
                                Set.of(octets(NAME)),
                                Set.of(hash),
                                Map.of(octets(NAME), octets(EK))),
                        new TpmPolicy.PcrRule(
                                new PcrSelection(0x000b, octets("0x810080")),
                                Map.of(7, Set.of(octets(HASH)))),
                        new TpmPolicy.ClockRule(
                                true, OptionalLong.of(0xffff_ffffL), OptionalLong.empty()),
                        Optional.of(Set.of(octets("0x2020031200120003"))),
                        new TreeSet<>(Set.of(0, 7)),
                        Revocation.REQUIRED);

        assertThat(read(WHOLE).flatMap(policy -> policy.part(TpmPolicy.class))).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"hardware\"|\"hardware\", \"hardware\"",
                "\"hardware\"|\"software\"",
                "\"hardware\"|1",
                "chain:google-ek-ak|chain:nobody",
                "name:0x000b|name:0x0004",
                "name:0x000b|name:0x000c",
                "name:0x000b|name:000b",
                "\"spki:|\"spki:0x",
                "\"activated\": {|\"activated\": {\"0x00\": \"0x000b\", ",
                "\"bank\": \"sha256\"|\"bank\": \"sha1\"",
                "[0, 7, 23]|[0, 7, 24]",
                "[0, 7, 23]|[0, 7, -1]",
                "[0, 7, 23]|[0, 7, 7]",
                "[0, 7, 23]|[0, 23]",
                "[0, 7, 23]|[]",
                "{\"7\":|{\"07\":",
                "\"required\", \"resetCount\"|true, \"resetCount\"",
                "4294967295|4294967296",
                "4294967295|\"all\"",
                "0x2020031200120003|0x20200312",
                "[7, 0]|\"any\"",
                "\"revocation\": \"required\"|\"revocation\": \"never\"",
                "\"revocation\": \"required\"|\"revocation\": \"required\", \"more\": 1",
                ", \"restartCount\": \"any\"|"
            })
    void aPartThatSaysAnythingElseIsAFault(String from, String to) {
        String changed = WHOLE.replace(from, to == null ? "" : to);
        assertThat(changed).isNotEqualTo(WHOLE);

        assertThat(EvidenceKinds.policy(changed.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Parsed.Bad.class);
    }

    @Test
    void everythingMayPassByName() {
        String any =
                WHOLE.replace("\"required\", \"resetCount\"", "\"any\", \"resetCount\"")
                        .replace("4294967295", "\"any\"")
                        .replace("[\"0x2020031200120003\"]", "\"any\"");
        TpmPolicy policy = read(any).flatMap(one -> one.part(TpmPolicy.class)).orElseThrow();

        assertThat(policy.firmwareVersions()).isEmpty();
        assertThat(policy.clock()).isEqualTo(PlayedTpm.ANY_CLOCK);
    }
}

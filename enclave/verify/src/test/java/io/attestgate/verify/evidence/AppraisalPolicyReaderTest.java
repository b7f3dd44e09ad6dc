package io.attestgate.verify.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy says everything by name, or it is none. */
final class AppraisalPolicyReaderTest {
    private static final Map<String, Hash32> NAMED = Map.of("vendor", Hash32.ZERO);
    private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");
    private static final String GOOD =
            """
            {"roots": ["vendor"],
             "tcbStates": {"up-to-date": "2027-01-01T00:00:00Z"},
             "advisories": {"INTEL-SA-00615": "2027-01-01T00:00:00Z"},
             "debug": "refused"}
            """;

    @Test
    void everyFieldIsReadAndEndsAtItsInstant() {
        AppraisalPolicy policy = read(GOOD).toOptional().orElseThrow();

        assertThat(policy.roots()).containsExactly(Hash32.ZERO);
        assertThat(policy.debug()).isEqualTo(AppraisalPolicy.Debug.REFUSED);
        assertThat(policy.until(TcbState.UP_TO_DATE, UNTIL.minusSeconds(1))).contains(UNTIL);
        assertThat(policy.until(TcbState.UP_TO_DATE, UNTIL)).isEmpty();
        assertThat(policy.until(TcbState.OUT_OF_DATE, Instant.EPOCH)).isEmpty();
        assertThat(policy.until("INTEL-SA-00615", Instant.EPOCH)).contains(UNTIL);
        assertThat(policy.until("INTEL-SA-00001", Instant.EPOCH)).isEmpty();
    }

    @Test
    void whatPassedOnceIsRememberedWithItsEnd() {
        AppraisalPolicy policy = read(GOOD).toOptional().orElseThrow();

        assertThat(policy.lapse(TcbState.UP_TO_DATE))
                .isEqualTo(", accepted until 2027-01-01T00:00:00Z");
        assertThat(policy.lapse("INTEL-SA-00615"))
                .isEqualTo(", accepted until 2027-01-01T00:00:00Z");
        assertThat(policy.lapse(TcbState.OUT_OF_DATE)).isEmpty();
        assertThat(policy.lapse("INTEL-SA-00001")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"roots\":[],\"tcbStates\":{},\"advisories\":{},\"debug\":\"refused\"}",
                "{\"roots\":[\"other\"],\"tcbStates\":{},\"advisories\":{},\"debug\":\"refused\"}",
                "{\"roots\":[\"vendor\"],\"tcbStates\":{},\"advisories\":{},\"debug\":true}",
                "{\"roots\":[\"vendor\"],\"tcbStates\":{},\"advisories\":{}}",
                "{\"roots\":[\"vendor\"],\"tcbStates\":[],\"advisories\":{},\"debug\":\"refused\"}",
                "{\"roots\":[\"vendor\"],\"tcbStates\":{\"revoked\":\"2027-01-01T00:00:00Z\"},"
                        + "\"advisories\":{},\"debug\":\"refused\"}",
                "{\"roots\":[\"vendor\"],\"tcbStates\":{\"up-to-date\":null},"
                        + "\"advisories\":{},\"debug\":\"refused\"}",
                "{\"roots\":[\"vendor\"],\"tcbStates\":{\"up-to-date\":\"for ever\"},"
                        + "\"advisories\":{},\"debug\":\"refused\"}"
            })
    void anythingElseIsNoPolicy(String json) {
        assertThat(read(json)).isInstanceOf(Parsed.Bad.class);
    }

    @FuzzTest(maxDuration = "60s")
    void arbitraryBytesAcceptNothingRevoked(byte[] input) {
        AppraisalPolicyReader.parse(input, NAMED, Map.of())
                .toOptional()
                .ifPresent(
                        policy -> {
                            if (policy.roots().isEmpty()
                                    || policy.tcbStates().containsKey(TcbState.REVOKED)) {
                                throw new AssertionError(policy.toString());
                            }
                        });
    }

    private static Parsed<AppraisalPolicy> read(String json) {
        return AppraisalPolicyReader.parse(json.getBytes(StandardCharsets.UTF_8), NAMED, Map.of());
    }
}

package io.attestgate.verify.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value of a policy is what it must be, or a fault that names its path. */
final class PolicyFieldTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void eachFormIsRead() throws MalformedException {
        assertThat(field("\"90s\"").duration(DAY)).isEqualTo(Duration.ofSeconds(90));
        assertThat(field("\"1d\"").duration(DAY)).isEqualTo(DAY);
        assertThat(field("true").bool()).isTrue();
        assertThat(field("\"1970-01-01T00:00:00Z\"").instant()).isEqualTo(Instant.EPOCH);
        assertThat(field("[\"a\",\"b\"]").texts()).containsExactlyInAnyOrder("a", "b");
        assertThat(field("\"if-present\"").constant(Revocation.class))
                .isEqualTo(Revocation.IF_PRESENT);
        assertThat(field("\"" + Hash32.ZERO + "\"").hash(Map.of())).isEqualTo(Hash32.ZERO);
        assertThat(field("\"vendor\"").hash(Map.of("vendor", Hash32.ZERO))).isEqualTo(Hash32.ZERO);
        assertThat(field("[3]").elements().getFirst().integer(3, 3)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"25h\"", "\"2d\"", "\"0s\"", "\"-1s\"", "\"1\"", "\"PT1M\"", "60"})
    void aDurationHasAUnitAndABound(String json) {
        assertFault("$.part", () -> field(json).duration(DAY));
    }

    /** So that what a message says can be written into a policy. */
    @ParameterizedTest
    @ValueSource(strings = {"1s", "90s", "5m", "8h", "7d", "36525d"})
    void aDurationIsSpeltAsAPolicySpellsIt(String text) throws MalformedException {
        Duration century = Duration.ofDays(36_525);

        assertThat(PolicyDuration.spell(field("\"" + text + "\"").duration(century)))
                .isEqualTo(text);
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> field("\"36526d\"").duration(century))
                .satisfies(e -> assertThat(e.fault().expected()).contains("36525d"));
    }

    @Test
    void aDurationThatNoUnitHasWholeIsStillSpelt() {
        assertThat(PolicyDuration.spell(Duration.ofMinutes(60))).isEqualTo("1h");
        assertThat(PolicyDuration.spell(Duration.ofMillis(1500))).isEqualTo("PT1.5S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"tomorrow\"", "\"2027-01-01\"", "\"\"", "1798761600"})
    void anInstantHasDateTimeAndZone(String json) {
        assertFault("$.part", () -> field(json).instant());
    }

    @Test
    void aFaultNamesTheInnermostPath() {
        assertFault("$.part[1]", () -> field("[\"a\",7]").texts());
        assertFault("$.part[1]", () -> field("[\"a\",\"a\"]").texts());
        assertFault("$.part.x", () -> field("{\"x\":1}").member("x").bool());
        assertFault("$.part", () -> field("{\"x\":1}").exactly(Set.of("y")));
        assertFault("$.part[0]", () -> field("[\"maybe\"]").constants(Revocation.class));
        assertFault("$.part", () -> field("{\"x\":1}").member("y"));
        assertFault("$.part", () -> field("\"0x00\"").hash(Map.of()));
        assertFault("$.part", () -> field("4").integer(0, 3));
    }

    @Test
    void aFaultShowsTheValueAsWritten() {
        assertFault("$.part: 4 (expected: an integer of 0 to 3)", () -> field("4").integer(0, 3));
        assertFault("$.part: true (expected: a text)", () -> field("true").text());
        assertFault("$.part: [1,null] (expected: an object)", () -> field("[1, null]").members());
        assertFault(
                "$.part: {\"a\":[1]} (expected: true or false)", () -> field("{\"a\":[1]}").bool());
        assertFault(
                "$.part[1]: \"PT5M\" (expected: each text once)",
                () -> field("[\"PT5M\",\"PT5M\"]").texts());
    }

    @Test
    void aLongValueIsShownByItsBeginning() {
        String zeros = "0,".repeat(100) + "0";

        assertFault(
                "$.part: [%s… (expected: an object)".formatted(zeros.substring(0, 63)),
                () -> field("[" + zeros + "]").members());
    }

    @Test
    void aFaultNamesEveryMemberThatIsUnknownOrMissing() {
        assertFault(
                "$.part: unknown \"Y\", missing \"y\", missing \"z\""
                        + " (expected: an object with exactly [x, y, z])",
                () -> field("{\"x\":1,\"Y\":2}").exactly(Set.of("x", "y", "z")));
        assertFault(
                "$.part: unknown \"q\" (expected: an object with exactly [x], and any of [y, z])",
                () -> field("{\"q\":1,\"y\":2,\"x\":1}").exactly(Set.of("x"), Set.of("y", "z")));
        assertFault(
                "$.part: missing \"y\" (expected: an object with y)",
                () -> field("{\"x\":1}").member("y"));
        assertFault(
                "$.part: unknown \"q?\" (expected: a name)",
                () -> {
                    throw field("{}").unknown("q\u001b", "a name");
                });
    }

    @Test
    void aFaultNamesAMemberOfAnyNameByItsPath() {
        assertFault("$.part[\"1.2\"]", () -> field("{\"1.2\":1}").member("1.2").bool());
    }

    private static PolicyField field(String json) {
        Json value =
                JsonReader.parse(json.getBytes(StandardCharsets.UTF_8), 1024)
                        .toOptional()
                        .orElseThrow();
        return new PolicyField("$.part", value);
    }

    /** Either its path, or all of it. */
    private static void assertFault(String said, ThrowingCallable read) {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(read)
                .satisfies(e -> assertThat(said).isIn(e.fault().path(), e.fault().toString()));
    }
}

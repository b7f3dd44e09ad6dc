package io.attestgate.verify.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    private static PolicyField field(String json) {
        Json value =
                JsonReader.parse(json.getBytes(StandardCharsets.UTF_8), 1024)
                        .toOptional()
                        .orElseThrow();
        return new PolicyField("$.part", value);
    }

    private static void assertFault(String path, ThrowingCallable read) {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(read)
                .satisfies(e -> assertThat(e.fault().path()).isEqualTo(path));
    }
}

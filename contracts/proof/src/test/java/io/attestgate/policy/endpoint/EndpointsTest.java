package io.attestgate.policy.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.attestgate.policy.PolicyReadException;
import io.attestgate.policy.PolicyReadException.Failure;
import io.attestgate.policy.endpoint.EndpointStatus.State;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.Question;
import io.attestgate.wire.Hash32;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is sent here: what an endpoint would answer is decided by the question. */
final class EndpointsTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private Instant now = START;
    private final Map<JsonRpc, String> names = new HashMap<>();
    private final Map<String, Failure> failing = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Endpoint> each = List.of(endpoint("a"), endpoint("b"), endpoint("c"));
    private final Endpoints endpoints = new Endpoints(each);

    private final Question<String> question =
            rpc -> {
                String name = names.getOrDefault(rpc, "nobody");
                asked.add(name);
                Failure failure = failing.get(name);
                if (failure != null) {
                    throw new PolicyReadException(failure, "as the test wants");
                }
                return name;
            };

    @AfterEach
    void close() {
        endpoints.close();
    }

    @Test
    void theFirstThatAnswersWellIsBelievedAndStaysTheFirst() throws Exception {
        failing.put("a", Failure.UNREACHABLE);

        assertThat(endpoints.ask(question)).isEqualTo("b");
        assertThat(endpoints.ask(question)).isEqualTo("b");
        assertThat(asked).containsExactly("a", "b", "b");
    }

    @Test
    void whoFailsRestsLongerEachTimeAndIsAskedLastMeanwhile() throws Exception {
        failing.put("a", Failure.TIMED_OUT);
        failing.put("b", Failure.TIMED_OUT);
        failing.put("c", Failure.TIMED_OUT);
        for (int i = 0; i < 9; i++) {
            assertThatThrownBy(() -> endpoints.ask(question))
                    .isInstanceOf(PolicyReadException.class);
        }

        assertThat(endpoints.status().getFirst().state()).isEqualTo(State.RESTING);
        assertThat(endpoints.status().getFirst().until()).contains(START.plus(Endpoint.REST_MAX));
        failing.clear();
        assertThat(endpoints.ask(question)).isEqualTo("a");
        assertThat(endpoints.status().getFirst().state()).isEqualTo(State.ANSWERING);
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"WRONG_HEADER", "WRONG_PROOF", "WRONG_DOCUMENT", "OLDER_BLOCK"})
    void whoLiesIsNotAskedForAnHour(Failure lie) throws Exception {
        failing.put("a", lie);
        assertThat(endpoints.ask(question)).isEqualTo("b");
        failing.put("b", Failure.UNREACHABLE);
        failing.put("c", Failure.UNREACHABLE);
        asked.clear();

        assertThat(failureOf(question)).isEqualTo(Failure.UNREACHABLE);
        assertThat(asked).containsExactly("b", "c");
        failing.remove("a");
        now = START.plus(Endpoint.QUARANTINE);
        assertThat(endpoints.ask(question)).isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.class,
            names = {"WRONG_CHAIN", "EQUIVOCATION"})
    void whoLiesAsNoBrokenNodeDoesIsNotAskedAgain(Failure lie) throws Exception {
        failing.put("a", lie);
        failing.put("b", lie);
        failing.put("c", lie);

        assertThat(failureOf(question)).isEqualTo(lie);
        failing.clear();
        now = START.plus(Duration.ofDays(3650));
        PolicyReadException refused =
                catchThrowableOfType(PolicyReadException.class, () -> endpoints.ask(question));
        assertThat(refused.failure()).isEqualTo(Failure.QUARANTINED);
        assertThat(refused).hasMessageContaining("a for " + lie);
    }

    @Test
    void anotherUrlOfALiarsKeyIsNotAskedEither() throws Exception {
        each.get(0).presented(Hash32.ZERO);
        each.get(1).presented(Hash32.ZERO);
        failing.put("a", Failure.WRONG_PROOF);

        assertThat(endpoints.ask(question)).isEqualTo("c");
        assertThat(asked).containsExactly("a", "c");
        assertThat(endpoints.isQuarantined(Hash32.ZERO)).isTrue();
    }

    @Test
    void whatIsNoEndpointsFaultIsAskedOfNoOther() {
        failing.put("a", Failure.TOO_MANY_NAMES);

        assertThat(failureOf(question)).isEqualTo(Failure.TOO_MANY_NAMES);
        assertThat(asked).containsExactly("a");
        assertThat(endpoints.status().getFirst().state()).isEqualTo(State.UNTRIED);
    }

    @Test
    void aRefusedAnswerSaysMoreThanSilenceAndEachIsNamed() {
        failing.put("a", Failure.UNREACHABLE);
        failing.put("b", Failure.WRONG_PROOF);
        failing.put("c", Failure.TIMED_OUT);

        PolicyReadException refused =
                catchThrowableOfType(PolicyReadException.class, () -> endpoints.ask(question));

        assertThat(refused.failure()).isEqualTo(Failure.WRONG_PROOF);
        assertThat(refused)
                .hasMessageContaining("a: UNREACHABLE")
                .hasMessageContaining("b: WRONG_PROOF")
                .hasMessageContaining("c: TIMED_OUT");
    }

    @Test
    void aQuarantineForGoodIsNotShortenedByAShorterOne() {
        each.get(0).refuse(new PolicyReadException(Failure.EQUIVOCATION, "one"));
        each.get(0).refuse(new PolicyReadException(Failure.WRONG_PROOF, "two"));

        EndpointStatus status = endpoints.status().getFirst();
        assertThat(status.state()).isEqualTo(State.QUARANTINED);
        assertThat(status.until()).isEmpty();
        assertThat(status.refusals())
                .isEqualTo(Map.of(Failure.EQUIVOCATION, 1L, Failure.WRONG_PROOF, 1L));
        assertThat(status.lastRefusal().orElseThrow().name()).isEqualTo(Failure.WRONG_PROOF);
    }

    private Failure failureOf(Question<String> asking) {
        return catchThrowableOfType(PolicyReadException.class, () -> endpoints.ask(asking))
                .failure();
    }

    private Endpoint endpoint(String name) {
        JsonRpc rpc = JsonRpc.open(URI.create("http://127.0.0.1:9/"));
        names.put(rpc, name);
        return new Endpoint(name, rpc, () -> now);
    }
}

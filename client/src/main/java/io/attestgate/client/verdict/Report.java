package io.attestgate.client.verdict;

import static io.attestgate.client.verdict.LegName.ANSWER;
import static io.attestgate.client.verdict.LegName.CLAIMS;
import static io.attestgate.client.verdict.LegName.CONNECTION;
import static io.attestgate.client.verdict.LegName.EVIDENCE;
import static io.attestgate.client.verdict.LegName.HOST;
import static io.attestgate.client.verdict.LegName.KEY;
import static io.attestgate.client.verdict.LegName.NONCE;
import static io.attestgate.client.verdict.LegName.TIME;
import static io.attestgate.client.verdict.LegName.TRUST_ANCHOR;

import io.attestgate.verify.claims.EndpointClaims;
import io.attestgate.wire.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The verdict on one endpoint: every leg there is, each once, in order.
 *
 * @param endpoint the origin, as text
 * @param legs one for each {@link LegName}, in its order
 * @param read the claims, whatever became of them; see {@link #claims}
 */
public record Report(String endpoint, List<Leg> legs, Optional<EndpointClaims> read) {
    /** What binds the connection to the evidence: the key of its certificate. */
    public static final String MODE = "pinned";

    /** Without these a verdict means nothing, whatever the reader asked for. */
    private static final Set<LegName> REQUIRED =
            Set.of(CONNECTION, ANSWER, EVIDENCE, CLAIMS, NONCE, HOST, KEY, TIME, TRUST_ANCHOR);

    public Report {
        legs = List.copyOf(legs);
        if (!legs.stream().map(Leg::name).toList().equals(Arrays.asList(LegName.values()))) {
            throw new IllegalArgumentException("legs: " + legs + " (expected: each once)");
        }
    }

    /** Whether no leg failed, and those passed without which the others mean nothing. */
    public boolean verified() {
        return legs.stream().allMatch(Report::holds);
    }

    private static boolean holds(Leg leg) {
        return switch (leg.outcome()) {
            case PASS -> true;
            case FAIL -> false;
            case NOT_CHECKED -> !REQUIRED.contains(leg.name());
        };
    }

    public Leg leg(LegName name) {
        return legs.stream().filter(leg -> leg.name() == name).findFirst().orElseThrow();
    }

    /** What the enclave says, once all of it is verified; empty before that. */
    public Optional<EndpointClaims> claims() {
        return verified() ? read : Optional.empty();
    }

    /**
     * {@code {claims, endpoint, legs: [{name, outcome, detail, restsOn}], mode, verified}}; the
     * claims are null unless verified.
     */
    public Json.Obj toJson() {
        List<Json> rows = legs.stream().<Json>map(Leg::toJson).toList();
        return Json.object(
                "endpoint",
                endpoint,
                "mode",
                MODE,
                "verified",
                verified(),
                "legs",
                new Json.Arr(rows),
                "claims",
                claims().<Json>map(EndpointClaims::toJson).orElseGet(Json.Null::new));
    }
}

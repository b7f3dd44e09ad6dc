package io.attestgate.client.verdict;

import static io.attestgate.client.verdict.LegName.HOST;
import static io.attestgate.client.verdict.LegName.KEY;
import static io.attestgate.client.verdict.LegName.NONCE;
import static io.attestgate.client.verdict.LegName.TIME;

import io.attestgate.verify.claims.EndpointClaims;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Holds claims against what the reader itself did: the nonce it drew, the host it asked for, the
 * key it saw, its own clock.
 *
 * @param nonce drawn for this one request
 * @param host the name that was asked for
 * @param spki SHA-256 of the key that signed this connection's handshake
 * @param now by the reader's clock, after the answer came
 */
public record ClaimsJudge(Hash32 nonce, Hostname host, Hash32 spki, Instant now) {
    /** How far the enclave's clock may be ahead of the reader's. */
    static final Duration SKEW_MAX = Duration.ofMinutes(5);

    private static final String MEASURED = "the measured code";

    /** The legs nonce, host, key and time. */
    public List<Leg> judge(EndpointClaims claims) {
        return List.of(
                same(NONCE, base64(claims.nonce()), base64(nonce)),
                same(HOST, claims.host().value(), host.value()),
                same(KEY, base64(claims.tlsKeys().connection()), base64(spki)),
                time(claims));
    }

    private static Leg same(LegName name, String found, String expected) {
        return found.equals(expected)
                ? Leg.pass(name, found, MEASURED)
                : Leg.fail(name, "%s (expected: %s)".formatted(found, expected), MEASURED);
    }

    private Leg time(EndpointClaims claims) {
        String found = "%s to %s".formatted(claims.issuedAt(), claims.notAfter());
        boolean begun = !claims.issuedAt().isAfter(now.plus(SKEW_MAX));
        return begun && now.isBefore(claims.notAfter())
                ? Leg.pass(TIME, found, "this machine's clock")
                : Leg.fail(TIME, found + " (expected: now, " + now + ")", "this machine's clock");
    }

    private static String base64(Hash32 digest) {
        return Base64Url.write(digest.bytes());
    }
}

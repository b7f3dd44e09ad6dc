package io.attestgate.verify;

import io.attestgate.verify.claims.Binding;
import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.claims.EndpointClaims;
import io.attestgate.verify.claims.JsonClaims;
import io.attestgate.verify.claims.MeshClaims;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.claims.RegistrationClaims;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Holds claims against what the reader asked for. An expectation about something that the role does
 * not have is refused: absent is never "allowed".
 */
record ClaimsCheck(Claims claims, Expectation expectation) {
    /** How far the enclave's clock may be ahead of the reader's. */
    static final Duration CLOCK_AHEAD_MAX = Duration.ofMinutes(5);

    private static final String ABSENT = "not in claims of this role";

    Optional<Refusal> refusal(Instant now) {
        return time(now)
                .or(() -> nonce())
                .or(() -> host())
                .or(() -> tlsKey())
                .or(() -> binding())
                .or(() -> contract());
    }

    private Optional<Refusal> time(Instant now) {
        if (!now.isBefore(claims.notAfter())) {
            return refused(Check.TIME, "notAfter " + claims.notAfter(), "after " + now);
        }
        if (claims instanceof JsonClaims json
                && json.issuedAt().isAfter(now.plus(CLOCK_AHEAD_MAX))) {
            return refused(Check.TIME, "issuedAt " + json.issuedAt(), "not after " + now);
        }
        return Optional.empty();
    }

    private Optional<Refusal> nonce() {
        return differs(Check.NONCE, expectation.nonce(), Optional.of(claims.nonce()));
    }

    private Optional<Refusal> host() {
        Optional<Hostname> host =
                switch (claims) {
                    case EndpointClaims endpoint -> Optional.of(endpoint.host());
                    case TlsKeyClaims key -> Optional.of(key.host());
                    case MeshClaims mesh -> Optional.empty();
                    case RegistrationClaims registration -> Optional.empty();
                };
        return differs(Check.HOST, expectation.host(), host);
    }

    private Optional<Refusal> tlsKey() {
        Optional<Hash32> key =
                switch (claims) {
                    case EndpointClaims endpoint -> Optional.of(endpoint.tlsKeys().connection());
                    case TlsKeyClaims one -> Optional.of(one.tlsKey());
                    case MeshClaims mesh -> Optional.of(mesh.tlsKey());
                    case RegistrationClaims registration -> Optional.empty();
                };
        return differs(Check.TLS_KEY, expectation.tlsKey(), key);
    }

    private Optional<Refusal> binding() {
        return claims instanceof EndpointClaims endpoint
                ? differs(
                        Check.BINDING,
                        Optional.<Binding>of(expectation.binding()),
                        Optional.of(endpoint.binding()))
                : Optional.empty();
    }

    private Optional<Refusal> contract() {
        Optional<Expectation.Contract> contract =
                switch (claims) {
                    case JsonClaims json -> Optional.of(contract(json.policy()));
                    case RegistrationClaims registration -> Optional.empty();
                };
        return differs(Check.POLICY, expectation.contract(), contract);
    }

    private static Expectation.Contract contract(PolicyReference policy) {
        return new Expectation.Contract(policy.chainId(), policy.contract());
    }

    private static <T> Optional<Refusal> differs(Check check, Optional<T> wanted, Optional<T> is) {
        return wanted.isEmpty() || wanted.equals(is)
                ? Optional.empty()
                : refused(check, is.map(Object::toString).orElse(ABSENT), wanted.get().toString());
    }

    private static Optional<Refusal> refused(Check check, String found, String expected) {
        return Optional.of(new Refusal(check, found, expected, "docs/evidence.md, claims"));
    }
}

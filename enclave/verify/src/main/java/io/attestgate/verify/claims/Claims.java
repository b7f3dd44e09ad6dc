package io.attestgate.verify.claims;

import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.Optional;

/** What an enclave says about itself, in one of the four roles. */
public sealed interface Claims permits JsonClaims, RegistrationClaims {
    /** More than any role needs with every list at its limit. */
    int SIZE_BYTES_MAX = 16 * 1024;

    /** What the claims are for. */
    Role role();

    /** The 32 bytes that make these claims fresh; each role says whose they are. */
    Hash32 nonce();

    /** From this instant on the claims say nothing. */
    Instant notAfter();

    /** SHA-256 of the platform's name, a zero byte and its identity; empty if zero or masked. */
    Optional<Hash32> instance();

    /** The exact bytes that evidence binds. */
    byte[] toBytes();

    /** Reads claims of exactly that role; every other byte string is a fault. */
    static Parsed<Claims> parse(Role role, byte[] bytes) {
        return switch (role) {
            case TLS_KEY -> TlsKeyClaims.parse(bytes).then(Parsed::good);
            case ENDPOINT -> EndpointClaims.parse(bytes).then(Parsed::good);
            case REGISTRATION -> RegistrationClaims.parse(bytes).then(Parsed::good);
            case MESH -> MeshClaims.parse(bytes).then(Parsed::good);
        };
    }
}

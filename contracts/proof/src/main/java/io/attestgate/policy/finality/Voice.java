package io.attestgate.policy.finality;

import io.attestgate.policy.endpoint.Endpoint;
import io.attestgate.policy.proof.ExecutionHeader;
import io.attestgate.wire.Hash32;

/**
 * One voice in a quorum: a key, not a URL.
 *
 * @param endpoint that presented the key
 * @param key SHA-256 of the SPKI that its TLS connection was authenticated with
 * @param header that it names
 */
record Voice(Endpoint endpoint, Hash32 key, ExecutionHeader header) {}

package io.attestgate.certificate.key;

import io.attestgate.wire.Hash32;
import java.util.Optional;

/**
 * Who we are, as our own evidence must say.
 *
 * @param platform the name of the platform we run on
 * @param measurement of this code with this bootstrap file
 * @param config SHA-256 of the bootstrap file
 * @param instance which single machine, where the platform says it
 */
public record EnclaveIdentity(
        String platform, Hash32 measurement, Hash32 config, Optional<Hash32> instance) {}

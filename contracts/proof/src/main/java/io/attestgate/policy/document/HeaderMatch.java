package io.attestgate.policy.document;

import java.util.Optional;

/**
 * A condition on one header of a request.
 *
 * @param name in lower case
 * @param value the exact value of one of its fields; empty if its presence is enough
 */
public record HeaderMatch(String name, Optional<String> value) {}

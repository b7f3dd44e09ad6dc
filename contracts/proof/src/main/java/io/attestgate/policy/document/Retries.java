package io.attestgate.policy.document;

/**
 * What happens after an upstream failed a request that may be sent again (idempotent, or never
 * sent).
 *
 * @param attemptsMax further attempts, 0 to 3
 */
public record Retries(int attemptsMax) {}

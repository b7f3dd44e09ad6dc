package io.attestgate.proxy.bootstrap;

import java.util.Optional;

/**
 * Where the gateway listens.
 *
 * @param https the door for requests
 * @param http answers HTTP-01 and redirects, nothing else; empty if it is off
 * @param operations health, metrics and status, read only; empty if it is off
 */
public record Listeners(
        ListenAddress https, Optional<ListenAddress> http, Optional<ListenAddress> operations) {}

package io.attestgate.policy.document;

import java.time.Duration;

/**
 * The Strict-Transport-Security field that every answer carries (RFC 6797).
 *
 * @param maxAge how long a browser may only use https; zero makes it forget
 */
public record Hsts(Duration maxAge, boolean includeSubdomains, boolean preload) {

    /** The field's value (RFC 6797 §6.1). */
    public String fieldValue() {
        return "max-age="
                + maxAge.toSeconds()
                + (includeSubdomains ? "; includeSubDomains" : "")
                + (preload ? "; preload" : "");
    }
}

package io.attestgate.certificate.order;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

/** What one step of an order came to. */
public sealed interface OrderStep {
    /** The authority is at work; take the next step after this delay. */
    record Waiting(Duration delay) implements OrderStep {}

    /**
     * The authority issued.
     *
     * @param chain as downloaded, the leaf first; nothing of it is checked yet
     */
    record Issued(List<X509Certificate> chain) implements OrderStep {
        public Issued {
            chain = List.copyOf(chain);
        }
    }

    /**
     * The order is over without a certificate, by the authority's judgement.
     *
     * @param type the problem type (RFC 8555 §6.7)
     * @param detail the authority's own words
     */
    record Failed(String type, String detail) implements OrderStep {}
}

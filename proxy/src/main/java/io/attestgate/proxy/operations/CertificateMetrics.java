package io.attestgate.proxy.operations;

import io.attestgate.certificate.renewal.Outcome;
import io.attestgate.certificate.renewal.Outcomes;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What the certificate way counts, as a metric. */
public final class CertificateMetrics {
    private CertificateMetrics() {}

    /** Registers it. */
    public static void register(PrometheusRegistry registry, Outcomes outcomes) {
        CounterWithCallback.builder()
                .name("attestgate_certificate_outcomes_total")
                .help("Orders and certificates by what became of them.")
                .labelNames("outcome")
                .callback(
                        out -> {
                            for (Outcome outcome : Outcome.values()) {
                                out.call((double) outcomes.total(outcome), word(outcome));
                            }
                        })
                .register(registry);
    }

    private static String word(Outcome outcome) {
        return outcome.label().replace('_', '-');
    }
}

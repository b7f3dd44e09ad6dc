package io.attestgate.proxy.main;

import io.attestgate.certificate.renewal.Outcomes;
import io.attestgate.proxy.operations.AccessLog;
import io.attestgate.proxy.operations.CertificateMetrics;
import io.attestgate.proxy.operations.ChainMetrics;
import io.attestgate.proxy.operations.NameOfHost;
import io.attestgate.proxy.operations.Observers;
import io.attestgate.proxy.operations.ProcessMetrics;
import io.attestgate.proxy.operations.RequestMetrics;
import io.attestgate.proxy.operations.StatusMetrics;
import io.attestgate.proxy.pipeline.RequestObserver;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.OutputStream;
import java.time.InstantSource;

/** What watches: the metrics, and who is told of requests. */
record Observing(PrometheusRegistry metrics, RequestObserver requests) {

    static Observing open(
            StatusBoard status,
            PolicyInForce policy,
            Outcomes orders,
            OutputStream accessLog,
            InstantSource clock,
            Closing closing) {
        PrometheusRegistry metrics = new PrometheusRegistry();
        ProcessMetrics.register(metrics, clock.instant());
        StatusMetrics.register(metrics, status, clock);
        ChainMetrics.register(metrics, status);
        CertificateMetrics.register(metrics, orders);
        NameOfHost names = policy::nameOf;
        AccessLog log =
                closing.add(AccessLog.open(accessLog, policy::logRule, names, clock, metrics));
        return new Observing(metrics, new Observers(new RequestMetrics(metrics, names), log));
    }
}

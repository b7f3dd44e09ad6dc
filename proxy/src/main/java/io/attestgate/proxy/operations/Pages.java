package io.attestgate.proxy.operations;

import io.attestgate.wire.CanonicalJson;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** What each path of the operations listener answers. Reads suppliers that must not block. */
final class Pages {
    private static final ExpositionFormats FORMATS = ExpositionFormats.init();

    private final Supplier<GatewayStatus> status;
    private final PrometheusRegistry metrics;
    private final InstantSource clock;

    Pages(Supplier<GatewayStatus> status, PrometheusRegistry metrics, InstantSource clock) {
        this.status = status;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * The page of {@code path}.
     *
     * @param accept what the reader can take, for the form of the metrics; may be empty
     */
    Page of(String path, String accept) {
        return switch (path) {
            case "/healthz" -> Page.text(200, "alive");
            case "/readyz" -> ready();
            case "/metrics" -> metrics(accept);
            case "/status" -> status();
            default -> Page.text(404, "nothing here: see /healthz /readyz /metrics /status");
        };
    }

    private Page ready() {
        Readiness readiness = Readiness.of(status.get(), clock.instant());
        return readiness.isReady()
                ? Page.text(200, "ready")
                : Page.text(503, String.join("\n", readiness.reasons()));
    }

    private Page status() {
        Instant now = clock.instant();
        return Page.json(CanonicalJson.text(StatusJson.of(status.get(), now)));
    }

    private Page metrics(String accept) {
        ExpositionFormatWriter writer =
                FORMATS.getOpenMetricsTextFormatWriter().accepts(accept)
                        ? FORMATS.getOpenMetricsTextFormatWriter()
                        : FORMATS.getPrometheusTextFormatWriter();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, metrics.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory refused bytes", e);
        }
        return new Page(200, writer.getContentType(), out.toString(StandardCharsets.UTF_8));
    }
}

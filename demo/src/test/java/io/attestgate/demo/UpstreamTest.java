package io.attestgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

final class UpstreamTest {
    private static final int SIZE_BYTES = 1_000_003;

    @Test
    void aHeldDownloadStopsHalfWayAndThenArrivesWhole() throws Exception {
        try (Upstream upstream = Upstream.start("blue");
                HttpClient client = HttpClient.newHttpClient()) {
            upstream.holdDownloads();
            HttpResponse<InputStream> download =
                    client.send(
                            HttpRequest.newBuilder(
                                            upstream.uri().resolve("/download?bytes=" + SIZE_BYTES))
                                    .build(),
                            HttpResponse.BodyHandlers.ofInputStream());
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream body = download.body()) {
                digest.update(body.readNBytes(SIZE_BYTES / 2));
                upstream.releaseDownloads();
                digest.update(body.readAllBytes());
            }
            assertThat(digest.digest()).isEqualTo(Download.sha256(SIZE_BYTES));
        }
    }
}

package io.attestgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A 2 GiB download goes on whole while the contract changes the route it came by. */
@Tag("long")
@RequiresPeer({"anvil", "pebble", "pebble-challtestsrv"})
final class LongDownloadTest {
    private static final long SIZE_BYTES = 2L << 30;

    @Test
    void aDownloadAcrossARouteChangeArrivesWhole() throws Exception {
        try (World world = World.start(Ports.preferring(0, 0, 0), Optional.empty(), line -> {})) {
            world.startGateway();
            world.ownUpstream().holdDownloads();
            try (Visitor visitor = Visitor.trusting(world.issuerRoot())) {
                HttpResponse<InputStream> download =
                        visitor.download(world.url().resolve("/download?bytes=" + SIZE_BYTES));
                world.publishRoute(world.anotherUpstream("green").uri());
                world.awaitAnswerFrom("green", visitor);
                world.ownUpstream().releaseDownloads();
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                try (InputStream body = download.body()) {
                    body.transferTo(
                            new DigestOutputStream(OutputStream.nullOutputStream(), digest));
                }
                assertThat(digest.digest()).isEqualTo(Download.sha256(SIZE_BYTES));
            }
        }
    }
}

package io.attestgate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.peer.RequiresPeer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.http.HttpResponse;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A 2 GiB download goes on whole while the contract changes the route it came by and another
 * certificate takes the place of the one it began under.
 */
@Tag("long")
@RequiresPeer({"anvil", "pebble", "pebble-challtestsrv"})
final class LongDownloadTest {
    private static final long SIZE_BYTES = 2L << 30;
    private static final Duration CERTIFICATE_LIFE = Duration.ofSeconds(30);

    @Test
    void aDownloadAcrossARouteChangeAndACertificateSwapArrivesWhole() throws Exception {
        try (World world =
                World.start(
                        Ports.preferring(0, 0, 0),
                        World.Setting.usual().withCertificateLife(CERTIFICATE_LIFE),
                        line -> {})) {
            world.startGateway();
            world.ownUpstream().holdDownloads();
            try (Visitor visitor = Visitor.trusting(world.issuerRoot())) {
                BigInteger before = serial(world);
                HttpResponse<InputStream> download =
                        visitor.download(world.url().resolve("/download?bytes=" + SIZE_BYTES));
                world.publishRoute(world.anotherUpstream("green").uri());
                world.awaitAnswerFrom("green", visitor);
                Patience patience = new Patience("another certificate");
                while (serial(world).equals(before)) {
                    patience.pause();
                }
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

    /** Of what a new client is shown. */
    private static BigInteger serial(World world) throws IOException {
        try (Visitor afresh = Visitor.trusting(world.issuerRoot())) {
            return afresh.leaf(world.url()).getSerialNumber();
        }
    }
}

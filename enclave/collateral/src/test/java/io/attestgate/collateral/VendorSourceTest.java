package io.attestgate.collateral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.attestgate.collateral.http.Deadline;
import io.attestgate.collateral.http.FetchException;
import io.attestgate.collateral.http.Limits;
import io.attestgate.collateral.http.Trust;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The time that the evidence of one verdict may take, however many pieces it has. */
final class VendorSourceTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final DcapPki PKI = DcapPki.at(NOW);
    private static final byte[] QUOTE = DcapQuote.of(PKI, 4, DcapQuote.TD_1_0).make();

    private final CountDownLatch end = new CountDownLatch(1);
    private final PlayedServer server = PlayedServer.open();
    private final VendorCollateral vendors =
            VendorCollateral.open(
                    VendorServices.standard().withIntel(PlayedIntel.pcs(server)),
                    Optional.empty(),
                    Limits.DEFAULT,
                    new MovedClock(NOW),
                    time -> {});

    @AfterEach
    void close() {
        end.countDown();
        vendors.close();
        server.close();
    }

    @Test
    void whatIsFetchedTogetherHasOneDeadline() {
        assertThat(vendors.source(Update.EARLY))
                .isEqualTo(new VendorSource(vendors, Update.EARLY, Trust.LATER, Optional.empty()));
        assertThat(vendors.source(Update.EARLY).together())
                .isInstanceOfSatisfying(
                        VendorSource.class,
                        source -> {
                            assertThat(source.update()).isEqualTo(Update.EARLY);
                            assertThat(source.deadline()).isPresent();
                        });
    }

    @Test
    void afterItNothingIsWaitedFor() {
        PlayedIntel.publish(server, DcapCollateral.upToDate(PKI, NOW), "standard");
        server.on(PlayedIntel.TDX_TCB + "standard", exchange -> await(end));
        VendorSource late =
                new VendorSource(
                        vendors,
                        Update.STANDARD,
                        Trust.LATER,
                        Optional.of(Deadline.in(Duration.ZERO)));

        assertThatExceptionOfType(FetchException.class)
                .isThrownBy(() -> late.fetch("tdx", QUOTE))
                .extracting(FetchException::kind)
                .isEqualTo(FetchException.Kind.TIMED_OUT);
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

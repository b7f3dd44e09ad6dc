package io.attestgate.verify.dcap;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.eventlog.DstackLog;
import io.attestgate.verify.eventlog.TcgLog;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.testpki.DcapQuote;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Event logs against the registers that they must replay to. */
final class RtmrsTest {
    private static final int RTMR3 = 520 - 48;

    @Test
    void aRealLogReplaysToTheRegistersOfItsQuote() {
        RealVectors.require();
        byte[] bytes = RealVectors.read(DcapVectors.GO + "ccel/ccel_data.dat");
        TdReport report =
                (TdReport) DcapVectors.quote(DcapVectors.GO + "ccel/cos-113-tdx-quote.dat").body();
        TcgLog log = TcgLog.parse(bytes, TcgLog.Bank.SHA384).toOptional().orElseThrow();

        assertThat(Rtmrs.refusal(log, report)).isEmpty();
        TcgLog shorter = new TcgLog(log.events().subList(0, log.events().size() - 1), 0);
        assertThat(Rtmrs.refusal(shorter, report).orElseThrow().check()).isEqualTo(Check.EVENT_LOG);
    }

    @Test
    void aRealLogIsNotThatOfAnotherDomain() {
        RealVectors.require();
        byte[] bytes = RealVectors.read(DcapVectors.GO + "ccel/ccel_data.dat");
        TdReport other =
                (TdReport) DcapVectors.quote("evidence/tdx/v4-phala-20a06f.quote.bin").body();

        assertThat(
                        Rtmrs.refusal(
                                        TcgLog.parse(bytes, TcgLog.Bank.SHA384)
                                                .toOptional()
                                                .orElseThrow(),
                                        other)
                                .orElseThrow()
                                .check())
                .isEqualTo(Check.EVENT_LOG);
    }

    private static DstackLog log(String instance) {
        return DstackLog.parse(
                        """
                        [{"imr":3,"event_type":134217729,"digest":"","event":"app-id",
                          "event_payload":"0102"},
                         {"imr":3,"event_type":134217729,"event":"compose-hash",
                          "event_payload":"abcd","version":2},
                         {"imr":3,"event_type":134217729,"event":"instance-id",
                          "event_payload":"%s"}]
                        """
                                .formatted(instance)
                                .getBytes(StandardCharsets.UTF_8))
                .toOptional()
                .orElseThrow();
    }

    private static TdReport domain(DstackLog log) {
        DcapQuote quote = PlayedIntel.td();
        System.arraycopy(log.replay(3).bytes(), 0, quote.body, RTMR3, 48);
        return (TdReport) Quote.parse(quote.make()).toOptional().orElseThrow().body();
    }

    @Test
    void twoInstancesOfAnAppHaveOneMeasurement() {
        DstackLog one = log("01");
        DstackLog two = log("02");

        assertThat(Rtmrs.refusal(one, domain(one))).isEmpty();
        assertThat(Rtmrs.refusal(two, domain(one)).orElseThrow().check())
                .isEqualTo(Check.EVENT_LOG);
        byte[] registers = Rtmrs.dstackRegisters(one, domain(one));
        assertThat(registers).isEqualTo(Rtmrs.dstackRegisters(two, domain(two)));
        assertThat(registers).hasSize(6 * 48 + 16 + 48);
        assertThat(Arrays.copyOfRange(registers, 4 * 48, 5 * 48)).containsOnly(0);
        assertThat(domain(one).registers()).isNotEqualTo(domain(two).registers());
    }
}

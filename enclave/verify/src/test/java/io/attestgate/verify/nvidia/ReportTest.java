package io.attestgate.verify.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.testpki.NvidiaReport;
import io.attestgate.wire.Fault;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of a report, field by field. */
final class ReportTest {
    private static final byte[] SIGNATURE = new byte[96];

    private final NvidiaReport made = NvidiaReport.of(PlayedNvidia.FWID, PlayedNvidia.NONCE);

    private byte[] bytes() {
        return DcapQuote.concat(made.unsigned(), SIGNATURE);
    }

    private String fault() {
        return Report.parse(bytes()).faults().stream().map(Fault::path).findFirst().orElse("none");
    }

    @Test
    void everyFieldIsRead() {
        Report report = Report.parse(bytes()).toOptional().orElseThrow();

        assertThat(report.nonce()).isEqualTo(Octets.of(PlayedNvidia.NONCE));
        assertThat(report.measurements()).hasSize(64).containsKeys(1, 64);
        assertThat(report.measurements().get(1)).isEqualTo(Octets.of(NvidiaReport.value(0)));
        assertThat(report.said().driverVersion()).contains(NvidiaReport.DRIVER);
        assertThat(report.said().vbiosVersion()).contains(NvidiaReport.VBIOS);
        assertThat(report.said().board()).contains(NvidiaReport.BOARD);
        assertThat(report.said().mode()).isEqualTo(Mode.SPT);
        assertThat(report.said().chip()).isEmpty();
    }

    /** Version 1.2 and later sign with a prefix; they are refused by their number. */
    @ParameterizedTest
    @CsvSource({
        "0,18,request version",
        "1,96,request code",
        "2,0,request attributes",
        "3,1,request operation",
        "36,8,slot"
    })
    void anotherRequestIsRefused(int at, int value, String name) {
        made.request[at] = (byte) value;

        assertThat(fault()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "0,18,response version",
        "1,97,response code",
        "2,1,response parameter",
        "3,1,response slot"
    })
    void anotherAnswerIsRefused(int at, int value, String name) {
        made.response[at] = (byte) value;

        assertThat(fault()).isEqualTo(name);
    }

    @Test
    void asManyBlocksAsItSays() {
        made.blocks = 63;
        assertThat(fault()).isEqualTo("measurement record");
        made.blocks = 65;
        assertThat(fault()).isEqualTo("measurement index");
    }

    @Test
    void anIndexIsThereOnceAndNeverZero() {
        made.measurements.put(0, new byte[48]);
        made.blocks = 65;
        assertThat(fault()).isEqualTo("measurement block 0");
    }

    @Test
    void aFieldThatIsTwiceIsRefused() {
        byte[] bytes = bytes();
        int at = made.unsigned().length - 12;
        // The last two fields, of numbers 34 and 36 and two bytes each.
        bytes[at + 6] = bytes[at];

        assertThat(Report.parse(bytes).faults())
                .extracting(Fault::path)
                .containsExactly("opaqueDataVersion");
    }

    @ParameterizedTest
    @CsvSource({"2,opaqueDataVersion", "255,opaqueDataVersion"})
    void aLaterFormatIsRefusedByItsNumber(int version, String name) {
        made.opaque.put(NvidiaReport.VERSION, new byte[] {(byte) version, 0});

        assertThat(fault()).isEqualTo(name);
    }

    @Test
    void aFieldThatNobodyKnowsIsKeptByItsNumber() {
        made.opaque.put(777, new byte[] {1});
        Report report = Report.parse(bytes()).toOptional().orElseThrow();

        assertThat(Inspection.claims(report)).containsEntry("field777", "0x01");
    }

    @Test
    void namesAreOfFewCharacters() {
        made.opaque.put(NvidiaReport.DRIVER_VERSION, NvidiaReport.text("550.90.07; rm"));
        assertThat(fault()).isEqualTo("driverVersion");
        made.opaque.put(NvidiaReport.DRIVER_VERSION, new byte[2]);
        assertThat(fault()).isEqualTo("driverVersion");
    }

    @Test
    void onlyZeroBytesMayFollowIt() {
        assertThat(Report.parse(DcapQuote.concat(bytes(), new byte[7])).toOptional()).isPresent();
        assertThat(Report.parse(DcapQuote.concat(bytes(), new byte[] {0, 1})).faults()).hasSize(1);
        assertThat(Report.parse(new byte[Report.SIZE_BYTES_MAX + 1]).faults()).hasSize(1);
    }

    @Test
    void everyCutIsRefused() {
        byte[] bytes = bytes();
        for (int i = 0; i < bytes.length; i++) {
            assertThat(Report.parse(Arrays.copyOf(bytes, i)).faults()).as("cut " + i).hasSize(1);
        }
    }
}

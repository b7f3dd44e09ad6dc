package io.attestgate.verify.tpm;

import static io.attestgate.verify.tpm.PlayedTpm.check;
import static io.attestgate.verify.tpm.PlayedTpm.judge;
import static io.attestgate.verify.tpm.PlayedTpm.named;
import static io.attestgate.verify.tpm.PlayedTpm.pcrs;
import static io.attestgate.verify.tpm.PlayedTpm.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.RealVectors;
import io.attestgate.verify.eventlog.Register;
import io.attestgate.verify.eventlog.TcgLog;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmLog;
import io.attestgate.verify.testpki.TpmQuote;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs that must explain what was quoted. */
final class EventLogJudgementTest {
    private static final int ACTION = 5;

    private static TpmLog log(int locality) {
        return TpmLog.startedFrom(locality)
                .measure(0, 8, "firmware")
                .measure(4, 3 + 0x80000000, "boot loader")
                .measure(7, 1 + 0x80000000, "SecureBoot")
                .measure(9, ACTION, "initrd")
                .measure(4, ACTION, "kernel");
    }

    private static TpmQuote quote(TpmLog log) {
        TpmQuote quote = TpmQuote.of(TpmKey.attesting());
        for (int pcr : new int[] {0, 1, 4, 7}) {
            quote.values.put(pcr, log.pcr(TpmKey.SHA256, pcr));
        }
        quote.eventLog = log.bytes();
        return quote;
    }

    private static TpmPolicy replaying(TpmQuote quote, Integer... replayed) {
        return new TpmPolicy(
                named(quote),
                pcrs(),
                PlayedTpm.ANY_CLOCK,
                Optional.empty(),
                new TreeSet<>(List.of(replayed)),
                Revocation.IF_PRESENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4})
    void aLogThatReplaysIsAccepted(int locality) {
        TpmQuote quote = quote(log(locality));

        assertThat(trusted(judge(quote, replaying(quote, 0, 1, 4, 7))).claims())
                .containsEntry("eventLogEvents", "5");
    }

    @Test
    void theBankOfSha384Replays() {
        TpmLog log = log(3);
        TpmQuote quote = quote(log);
        quote.bank = TpmKey.SHA384;
        quote.values.replaceAll((pcr, value) -> log.pcr(TpmKey.SHA384, pcr));
        TpmPolicy asked = replaying(quote, 0, 4);

        assertThat(
                        judge(
                                quote,
                                new TpmPolicy(
                                        asked.keys(),
                                        pcrs(TpmHash.SHA384, 0, 1, 4, 7),
                                        asked.clock(),
                                        asked.firmwareVersions(),
                                        asked.replayed(),
                                        asked.revocation())))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void anEventLeftOutAddedOrSwappedIsRefusedByItsPcr() {
        TpmLog real = log(0);
        TpmLog added = log(0).measure(7, ACTION, "another");
        TpmLog missing =
                TpmLog.startedFrom(0)
                        .measure(0, 8, "firmware")
                        .measure(4, ACTION, "boot loader")
                        .measure(4, ACTION, "kernel");
        TpmLog swapped =
                TpmLog.startedFrom(0)
                        .measure(0, 8, "firmware")
                        .measure(4, ACTION, "kernel")
                        .measure(7, 1, "SecureBoot")
                        .measure(4, ACTION, "boot loader");

        assertThat(refused(real, added)).startsWith("PCR 7 ");
        assertThat(refused(real, missing)).startsWith("PCR 7 ");
        assertThat(refused(real, swapped)).startsWith("PCR 4 ");
        assertThat(refused(real, log(3))).startsWith("PCR 0 ");
    }

    private static String refused(TpmLog quoted, TpmLog told) {
        TpmQuote quote = quote(quoted);
        quote.eventLog = told.bytes();
        Appraisal appraisal = judge(quote);
        assertThat(check(appraisal)).isEqualTo(Check.EVENT_LOG);
        return ((Refusal) appraisal).found();
    }

    @Test
    void everyPcrOfTheFirmwareIsExplainedEvenWithoutEvents() {
        TpmQuote quote = quote(log(0));
        quote.values.put(1, quote.values.firstEntry().getValue());

        assertThat(check(judge(quote))).isEqualTo(Check.EVENT_LOG);
    }

    @Test
    void aLogIsThereWhereThePolicyAsks() {
        TpmQuote quote = quote(log(0));
        quote.eventLog = TpmQuote.NONE;

        assertThat(check(judge(quote, replaying(quote, 0)))).isEqualTo(Check.EVENT_LOG);
        assertThat(judge(quote)).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void aPcrThatMustBeExplainedMustBeQuoted() {
        TpmQuote quote = quote(log(0));

        assertThat(check(judge(quote, replaying(quote, 9)))).isEqualTo(Check.PCRS);
    }

    @Test
    void aLogThatIsNoneIsRefused() {
        TpmQuote quote = quote(log(0));
        byte[] bytes = quote.eventLog;
        quote.eventLog = Arrays.copyOf(bytes, bytes.length - 1);
        assertThat(check(judge(quote))).isEqualTo(Check.EVENT_LOG);
        quote.eventLog = new byte[] {1};
        assertThat(check(judge(quote))).isEqualTo(Check.EVENT_LOG);
    }

    /** No quote beside them is among the vectors: what they replay to is quoted by our own key. */
    @ParameterizedTest
    @CsvSource({"ubuntu-2404-amd-sevsnp.bin", "cos-101-amd-sev.bin"})
    void aRealLogReplaysToWhatItMeasuredAndToNothingElse(String name) {
        RealVectors.require();
        byte[] bytes = RealVectors.read("collateral/go-tpm-tools/internal/test/eventlogs/" + name);
        TcgLog log = TcgLog.parse(bytes, TcgLog.Bank.SHA256).toOptional().orElseThrow();
        TpmQuote quote = TpmQuote.of(TpmKey.attesting());
        for (int pcr : new int[] {0, 1, 4, 7}) {
            Register register =
                    pcr == 0
                            ? Register.startedFrom(TcgLog.Bank.SHA256, log.startupLocality())
                            : Register.of(TcgLog.Bank.SHA256);
            log.events().stream()
                    .filter(event -> event.register() == pcr)
                    .forEach(event -> register.extend(event.digest()));
            quote.values.put(pcr, register.value().bytes());
        }
        quote.eventLog = bytes;

        assertThat(judge(quote, replaying(quote, 0, 1, 4, 7)))
                .isInstanceOf(Appraisal.Trusted.class);
        quote.values.put(7, new byte[32]);
        assertThat(check(judge(quote))).isEqualTo(Check.EVENT_LOG);
        RealVectors.accepted("tpm", "event log " + name);
    }

    @Test
    void aRealLogOfSha1AloneIsRefused() {
        RealVectors.require();
        TpmQuote quote = quote(log(0));
        quote.eventLog =
                RealVectors.read("collateral/go-tpm-tools/internal/test/eventlogs/debian-10.bin");

        assertThat(check(judge(quote))).isEqualTo(Check.EVENT_LOG);
        RealVectors.refused("tpm", "event log debian-10.bin, SHA-1 alone", Check.EVENT_LOG);
    }
}

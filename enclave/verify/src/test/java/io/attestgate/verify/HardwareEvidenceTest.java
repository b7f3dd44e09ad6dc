package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.eventlog.DstackLog;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.verify.testpki.DcapCollateral;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Envelopes with quotes in them, from claims to measurement, under a root of our own. */
final class HardwareEvidenceTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final DcapPki PKI = DcapPki.at(NOW);
    private static final Hardware HARDWARE =
            new Hardware(
                    DcapCollateral.upToDate(PKI, NOW).make(),
                    AppraisalPolicy.strict(Set.of(PKI.rootHash()), NOW));
    private static final byte[] EVENTS =
            """
            [{"imr":3,"event_type":134217729,"event":"app-id","event_payload":"0102"},
             {"imr":3,"event_type":134217729,"event":"instance-id","event_payload":"03"}]
            """
                    .getBytes(StandardCharsets.UTF_8);

    private static byte[] claims(String platform) {
        Hash32 zero = Hash32.ZERO;
        return new TlsKeyClaims(
                        zero,
                        NOW,
                        NOW.plusSeconds(300),
                        new Hostname("app.example"),
                        zero,
                        new PolicyReference(
                                1,
                                Address.parse("0x" + "00".repeat(20)).orElseThrow(),
                                1,
                                zero,
                                1,
                                zero),
                        new DocumentHashes(zero, zero),
                        zero,
                        Instance.of(platform, HexFormat.of().parseHex(DcapPki.PPID)))
                .toBytes();
    }

    private static EvidenceEnvelope envelope(String kind, byte[] claims, byte[] quote) {
        SortedMap<String, CmwRecord> members = new TreeMap<>();
        members.put("cpu", CmwRecord.of(kind, quote));
        return EvidenceEnvelope.of(claims, List.of(), members);
    }

    private static Verdict verdict(EvidenceEnvelope envelope, String platform) {
        return EvidenceVerifier.verify(
                envelope, Expectation.of(Role.TLS_KEY, Set.of(platform)), HARDWARE, NOW);
    }

    private static Check check(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Trusted trusted -> throw new AssertionError("trusted");
            case Verdict.Refused refused -> refused.check();
        };
    }

    private static byte[] quote(int version, int bodyType, byte[] claims) {
        return DcapQuote.of(PKI, version, bodyType)
                .reportData(ReportData.of(claims).bytes())
                .make();
    }

    @Test
    void claimsThatAQuoteCarriesAreTrustedWithTheMeasurementOfItsRegisters() {
        byte[] claims = claims("tdx");

        Verdict verdict = verdict(envelope("tdx", claims, quote(5, 3, claims)), "tdx");

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted -> {
                            byte[] registers = trusted.report().registers();
                            assertThat(registers).hasSize(6 * 48 + 16);
                            assertThat(trusted.measurement())
                                    .isEqualTo(Measurement.of("tdx", registers, Hash32.ZERO));
                        });
    }

    @Test
    void aQuoteForOtherClaimsIsRefused() {
        byte[] quote = quote(4, 2, claims("sgx"));

        assertThat(check(verdict(envelope("tdx", claims("tdx"), quote), "tdx")))
                .isEqualTo(Check.REPORT_DATA);
    }

    @Test
    void anEnclaveIsNoDomain() {
        byte[] claims = claims("tdx");

        assertThat(check(verdict(envelope("tdx", claims, quote(3, 1, claims)), "tdx")))
                .isEqualTo(Check.REPORT);
    }

    @Test
    void claimsOfAnotherInstanceAreRefused() {
        byte[] claims = claims("sgx");

        assertThat(check(verdict(envelope("tdx", claims, quote(4, 2, claims)), "tdx")))
                .isEqualTo(Check.INSTANCE);
    }

    @Test
    void hardwareWithoutWhatTheReaderBringsIsRefused() {
        byte[] claims = claims("tdx");
        EvidenceEnvelope envelope = envelope("tdx", claims, quote(4, 2, claims));
        Expectation expectation = Expectation.of(Role.TLS_KEY, Set.of("tdx"));
        Hardware bare = new Hardware(Bundle.empty(), HARDWARE.policy());

        assertThat(check(EvidenceVerifier.verify(envelope, expectation, NOW)))
                .isEqualTo(Check.PLATFORM);
        assertThat(check(EvidenceVerifier.verify(envelope, expectation, bare, NOW)))
                .isEqualTo(Check.COLLATERAL);
        assertThat(check(verdict(envelope, "sgx"))).isEqualTo(Check.PLATFORM);
    }

    private static EvidenceEnvelope dstack(byte[] events) {
        byte[] claims = claims("dstack");
        DcapQuote quote =
                DcapQuote.of(PKI, 4, DcapQuote.TD_1_0).reportData(ReportData.of(claims).bytes());
        byte[] rtmr3 = DstackLog.parse(EVENTS).toOptional().orElseThrow().replay(3).bytes();
        System.arraycopy(rtmr3, 0, quote.body, DcapQuote.TD_REPORT_DATA - 48, 48);
        SortedMap<String, CmwRecord> members = new TreeMap<>();
        members.put("cpu", CmwRecord.of("dstack", quote.make()));
        members.put("eventlog", CmwRecord.of("dstack.eventlog", events));
        return EvidenceEnvelope.of(claims, List.of(), members);
    }

    @Test
    void dstacksEventsReplayAndStandInTheMeasurement() {
        assertThat(verdict(dstack(EVENTS), "dstack"))
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted -> {
                            assertThat(trusted.report().platform()).isEqualTo("dstack");
                            assertThat(trusted.report().registers()).hasSize(7 * 48 + 16);
                        });
    }

    @Test
    void dstacksEventsThatDoNotReplayAreRefused() {
        byte[] none = "[]".getBytes(StandardCharsets.UTF_8);
        byte[] claims = claims("dstack");

        assertThat(check(verdict(dstack(none), "dstack"))).isEqualTo(Check.EVENT_LOG);
        assertThat(check(verdict(dstack(new byte[0]), "dstack"))).isEqualTo(Check.EVENT_LOG);
        assertThat(check(verdict(envelope("dstack", claims, quote(4, 2, claims)), "dstack")))
                .isEqualTo(Check.MEMBERS);
    }

    @Test
    void aMemberThatNobodyJudgesIsRefused() {
        byte[] claims = claims("tdx");
        SortedMap<String, CmwRecord> members = new TreeMap<>();
        members.put("cpu", CmwRecord.of("tdx", quote(4, 2, claims)));
        members.put("eventlog", CmwRecord.of("ccel", new byte[1]));

        assertThat(check(verdict(EvidenceEnvelope.of(claims, List.of(), members), "tdx")))
                .isEqualTo(Check.MEMBERS);
    }

    /** Its registers are replayed from a log, which only a {@code cpu} may have beside it. */
    @Test
    void dstacksQuoteUnderATpmsNameIsRefused() {
        byte[] claims = claims("dstack");
        CmwRecord quote = CmwRecord.of("dstack", quote(4, 2, claims));
        SortedMap<String, CmwRecord> leading = new TreeMap<>();
        leading.put("tpm", quote);
        SortedMap<String, CmwRecord> beside = new TreeMap<>(leading);
        beside.put("cpu", CmwRecord.of("tdx", quote(4, 2, claims)));

        assertThat(check(verdict(EvidenceEnvelope.of(claims, List.of(), leading), "dstack")))
                .isEqualTo(Check.PLATFORM);
        assertThat(check(verdict(EvidenceEnvelope.of(claims, List.of(), beside), "tdx")))
                .isEqualTo(Check.PLATFORM);
    }
}

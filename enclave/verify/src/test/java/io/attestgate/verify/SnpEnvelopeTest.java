package io.attestgate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.claims.DocumentHashes;
import io.attestgate.verify.claims.PolicyReference;
import io.attestgate.verify.claims.Role;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.EvidenceEnvelope;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.ReportData;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.verify.snp.SnpPolicy;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.verify.snp.SnpTcb;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.SnpReport;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Envelopes with AMD's reports in them, from claims to measurement, under a root of our own. */
final class SnpEnvelopeTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final SnpPki PKI = SnpPki.at("Milan", NOW);

    private static byte[] claims(byte[] chipId) {
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
                        Instance.of("snp", chipId))
                .toBytes();
    }

    private static Hardware hardware() {
        SnpTcb zero = new SnpTcb(0, 0, 0, 0, 0);
        SnpPolicy snp =
                new SnpPolicy(
                        Map.of(SnpProduct.MILAN, new SnpPolicy.Floors(zero, zero, zero, zero)),
                        Set.of(SnpPolicy.VCEK),
                        Set.of(),
                        Set.of(),
                        new SnpPolicy.Abi(0, 0),
                        0,
                        Revocation.REQUIRED);
        return new Hardware(
                Bundle.of("crl", PKI.crl(PKI.validity(), List.of())),
                new AppraisalPolicy(
                                Set.of(PKI.rootHash()),
                                Map.of(TcbState.UNJUDGED, NOW.plusSeconds(60)),
                                Map.of(),
                                AppraisalPolicy.Debug.REFUSED)
                        .with(snp));
    }

    private static Verdict verdict(byte[] claims, byte[] bound, String kind) {
        SnpReport report =
                SnpReport.of(PKI, 5).put(SnpReport.REPORT_DATA, ReportData.of(bound).bytes());
        SnpPki.Vek vek = report.vcek();
        report.after = SnpReport.table(PKI, vek);
        SortedMap<String, CmwRecord> members = new TreeMap<>();
        members.put("cpu", CmwRecord.of(kind, report.make(vek.keys())));
        return EvidenceVerifier.verify(
                EvidenceEnvelope.of(claims, List.of(), members),
                Expectation.of(Role.TLS_KEY, Set.of(kind)),
                hardware(),
                NOW);
    }

    private static byte[] chip() {
        byte[] chip = new byte[64];
        Arrays.fill(chip, (byte) 7);
        return chip;
    }

    private static Check check(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Trusted trusted -> throw new AssertionError("trusted");
            case Verdict.Refused refused -> refused.check();
        };
    }

    @Test
    void claimsThatAReportCarriesAreTrustedWithTheMeasurementOfItsRegisters() {
        byte[] claims = claims(chip());

        assertThat(verdict(claims, claims, "snp"))
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted -> {
                            byte[] registers = trusted.report().registers();
                            assertThat(registers).hasSize(48 + 32 + 8);
                            assertThat(trusted.measurement())
                                    .isEqualTo(Measurement.of("snp", registers, Hash32.ZERO));
                        });
    }

    @Test
    void otherClaimsAnotherChipAndAnotherKindAreRefused() {
        byte[] claims = claims(chip());
        byte[] elsewhere = claims(new byte[] {1});

        assertThat(check(verdict(claims, elsewhere, "snp"))).isEqualTo(Check.REPORT_DATA);
        assertThat(check(verdict(elsewhere, elsewhere, "snp"))).isEqualTo(Check.INSTANCE);
        assertThat(check(verdict(claims, claims, "tdx"))).isEqualTo(Check.REPORT);
    }
}

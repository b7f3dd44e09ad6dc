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
import io.attestgate.verify.nitro.NitroPolicy;
import io.attestgate.verify.testpki.NitroDocument;
import io.attestgate.verify.testpki.NitroPki;
import io.attestgate.wire.Address;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Envelopes with Amazon's documents in them, from claims to measurement, under our own root. */
final class NitroEnvelopeTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final NitroPki PKI = NitroPki.at(NOW);
    private static final NitroPki.Key SIGNER = PKI.signer(NOW.minusSeconds(60));

    private static byte[] claims(String platform, String moduleId) {
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
                        Instance.of(platform, moduleId.getBytes(StandardCharsets.US_ASCII)))
                .toBytes();
    }

    private static Hardware hardware() {
        NitroPolicy.Accepted accepted =
                new NitroPolicy.Accepted(Duration.ofMinutes(5), Revocation.IF_PRESENT, Map.of());
        return new Hardware(
                Bundle.empty(),
                new AppraisalPolicy(
                                Set.of(PKI.rootHash()),
                                Map.of(TcbState.UNJUDGED, NOW.plusSeconds(60)),
                                Map.of(),
                                AppraisalPolicy.Debug.REFUSED)
                        .with(new NitroPolicy.Enclaves(accepted))
                        .with(new NitroPolicy.Instances(accepted)));
    }

    private static Verdict verdict(byte[] claims, byte[] bound, String platform, String kind) {
        NitroDocument document =
                platform.equals("nitro")
                        ? NitroDocument.enclave(PKI, SIGNER, NOW)
                        : NitroDocument.instance(PKI, SIGNER, NOW);
        document.put("user_data", ReportData.of(bound).bytes());
        SortedMap<String, CmwRecord> members = new TreeMap<>();
        members.put(kind.equals("nitro-tpm") ? "tpm" : "cpu", CmwRecord.of(kind, document.make()));
        return EvidenceVerifier.verify(
                EvidenceEnvelope.of(claims, List.of(), members),
                Expectation.of(Role.TLS_KEY, Set.of(kind)),
                hardware(),
                NOW);
    }

    private static Check check(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Trusted trusted -> throw new AssertionError("trusted");
            case Verdict.Refused refused -> refused.check();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "nitro, 4, " + NitroDocument.ENCLAVE_ID,
        "nitro-tpm, 8, " + NitroDocument.TPM_ID,
    })
    void claimsThatADocumentCarriesAreTrustedWithTheMeasurementOfItsRegisters(
            String platform, int count, String moduleId) {
        byte[] claims = claims(platform, moduleId);

        assertThat(verdict(claims, claims, platform, platform))
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted -> {
                            byte[] registers = trusted.report().registers();
                            assertThat(registers).hasSize(count * 48);
                            assertThat(trusted.measurement())
                                    .isEqualTo(Measurement.of(platform, registers, Hash32.ZERO));
                        });
    }

    @Test
    void otherClaimsAnotherModuleAndAnotherKindAreRefused() {
        byte[] claims = claims("nitro", NitroDocument.ENCLAVE_ID);
        byte[] elsewhere = claims("nitro", NitroDocument.TPM_ID);

        assertThat(check(verdict(claims, elsewhere, "nitro", "nitro")))
                .isEqualTo(Check.REPORT_DATA);
        assertThat(check(verdict(elsewhere, elsewhere, "nitro", "nitro")))
                .isEqualTo(Check.INSTANCE);
        assertThat(check(verdict(claims, claims, "nitro", "nitro-tpm"))).isEqualTo(Check.REPORT);
        assertThat(check(verdict(claims, claims, "nitro-tpm", "nitro"))).isEqualTo(Check.REPORT);
        assertThat(check(verdict(claims, claims, "nitro", "snp"))).isEqualTo(Check.REPORT);
    }
}

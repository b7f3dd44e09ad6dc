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
import io.attestgate.verify.measurement.Measurement;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmQuote;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Hostname;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Envelopes whose leading member is a TPM's quote, from claims to measurement. */
final class TpmEnvelopeTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final TpmQuote quote = TpmQuote.of(TpmKey.attesting());

    private byte[] claims() {
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
                        Instance.of("tpm", quote.key.name()))
                .toBytes();
    }

    private Hardware hardware() {
        String policy =
                """
                {"roots": ["google-ek-ak"], "tcbStates": {"unjudged": "2027-01-01T00:00:00Z"},
                 "advisories": {}, "debug": "refused",
                 "tpm": {"keys": ["name:%s"], "activated": {},
                         "pcrs": {"bank": "sha256", "selection": [0, 1, 4, 7], "values": {}},
                         "clock": {"safe": "required", "resetCount": "any", "restartCount": "any"},
                         "firmwareVersions": "any", "replayed": [], "revocation": "required"}}
                """
                        .formatted(Hex.write(quote.key.name()));
        AppraisalPolicy read =
                EvidenceKinds.policy(policy.getBytes(StandardCharsets.UTF_8))
                        .toOptional()
                        .orElseThrow();
        return new Hardware(Bundle.empty(), read);
    }

    private Verdict judge(String member, String kind) {
        quote.extraData = ReportData.of(claims()).qualifyingData().bytes();
        EvidenceEnvelope envelope =
                EvidenceEnvelope.of(
                        claims(), List.of(), Map.of(member, CmwRecord.of(kind, quote.evidence())));
        return EvidenceVerifier.verify(
                envelope,
                Expectation.of(Role.TLS_KEY, Set.of("tpm", "azure-snp")),
                hardware(),
                NOW);
    }

    private static Check check(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Refused refused -> refused.check();
            case Verdict.Trusted trusted -> throw new AssertionError("trusted");
        };
    }

    @Test
    void aQuoteLeadsWhereThereIsNoCpuAndItsPcrsAreTheMeasurement() {
        byte[] digest =
                Digests.sha256(DcapQuote.concat(quote.values.values().toArray(byte[][]::new)));
        byte[] registers = DcapQuote.concat(new byte[] {0, 0x0b, (byte) 0x93, 0, 0}, digest);

        assertThat(judge("tpm", "tpm"))
                .isInstanceOfSatisfying(
                        Verdict.Trusted.class,
                        trusted ->
                                assertThat(trusted.measurement())
                                        .isEqualTo(Measurement.of("tpm", registers, Hash32.ZERO)));
    }

    @Test
    void aQuoteUnderTheNameOfAnotherPlatformIsRefused() {
        assertThat(check(judge("tpm", "azure-snp"))).isEqualTo(Check.REPORT);
        assertThat(check(judge("tpm", "snp"))).isEqualTo(Check.PLATFORM);
    }

    @Test
    void otherClaimsThanWereQuotedAreRefused() {
        quote.extraData = new byte[32];
        EvidenceEnvelope envelope =
                EvidenceEnvelope.of(
                        claims(), List.of(), Map.of("tpm", CmwRecord.of("tpm", quote.evidence())));

        assertThat(
                        check(
                                EvidenceVerifier.verify(
                                        envelope,
                                        Expectation.of(Role.TLS_KEY, Set.of("tpm")),
                                        hardware(),
                                        NOW)))
                .isEqualTo(Check.REPORT_DATA);
    }
}

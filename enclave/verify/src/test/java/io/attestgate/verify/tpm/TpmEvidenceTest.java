package io.attestgate.verify.tpm;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.azure.AzureEvidence;
import io.attestgate.verify.azure.HclReport;
import io.attestgate.verify.azure.RuntimeData;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.testpki.AzureForm;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmQuote;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Json;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The evidence around a quote: one spelling, every field, within its limits. */
final class TpmEvidenceTest {
    private static final TpmKind KIND = PlayedTpm.KIND;

    private static TpmQuote quote() {
        TpmQuote quote = TpmQuote.of(TpmKey.attesting());
        quote.eventLog = new byte[] {1, 2};
        quote.certificates.add(new byte[] {3});
        quote.ek = new byte[] {4};
        quote.azure =
                AzureForm.evidence(
                        TpmQuote.NONE,
                        new byte[] {5},
                        AzureForm.runtime(quote.key.keys.getPublic()),
                        new byte[] {6});
        return quote;
    }

    @Test
    void whatIsReadIsWrittenAsItWas() {
        byte[] json = quote().evidence();

        assertThat(TpmEvidence.parse(json).toOptional().orElseThrow().toBytes()).isEqualTo(json);
        assertThat(KIND.isLike(json)).isTrue();
        assertThat(KIND.inspect(json).toOptional()).isPresent();
    }

    @Test
    void anAttesterWritesWhatAReaderReads() {
        TpmQuote quote = TpmQuote.of(TpmKey.attesting("secp256r1", TpmKey.SHA256));
        TpmEvidence made =
                TpmEvidence.of(
                        Attest.parse(quote.attest()).toOptional().orElseThrow(),
                        TpmSignature.parse(quote.key.sign(quote.attest()))
                                .toOptional()
                                .orElseThrow(),
                        TpmPublic.parse(quote.key.area()).toOptional().orElseThrow(),
                        PcrValues.of(
                                TpmHash.SHA256,
                                Map.of(
                                        0, octets(quote, 0),
                                        1, octets(quote, 1),
                                        4, octets(quote, 4),
                                        7, octets(quote, 7))));

        assertThat(
                        PlayedTpm.judge(
                                made.toBytes(),
                                Bundle.empty(),
                                PlayedTpm.policy(PlayedTpm.accepting(PlayedTpm.named(quote)))))
                .isInstanceOf(Appraisal.Trusted.class);
        TpmEvidence more =
                made.withEventLog(Octets.of(new byte[1]))
                        .withCertificates(List.of(Octets.of(new byte[2])))
                        .withEndorsementKey(Octets.of(quote.key.name()))
                        .withAzure(
                                new AzureEvidence(
                                        Octets.of(new byte[3]),
                                        RuntimeData.parse(
                                                        AzureForm.runtime(
                                                                TpmKey.attesting()
                                                                        .keys
                                                                        .getPublic()))
                                                .toOptional()
                                                .orElseThrow(),
                                        List.of()));
        assertThat(TpmEvidence.parse(more.toBytes()).toOptional().orElseThrow().toBytes())
                .isEqualTo(more.toBytes());
    }

    private static Octets octets(TpmQuote quote, int pcr) {
        byte[] value = new byte[32];
        Arrays.fill(value, (byte) pcr);
        assertThat(quote.values.get(pcr)).isEqualTo(value);
        return Octets.of(value);
    }

    @Test
    void anotherSpellingOfTheSameIsRefused() {
        String json = new String(quote().evidence(), StandardCharsets.UTF_8);

        assertThat(parse(" " + json)).isEmpty();
        assertThat(parse(json + "\n")).isEmpty();
        assertThat(parse(json.replace("\"version\":1", "\"version\": 1"))).isEmpty();
        assertThat(parse(json.replace("\"version\":1", "\"version\":2"))).isEmpty();
        assertThat(parse(json)).isPresent();
    }

    private static Optional<TpmEvidence> parse(String json) {
        return TpmEvidence.parse(json.getBytes(StandardCharsets.UTF_8)).toOptional();
    }

    @ParameterizedTest
    @CsvSource({
        "attest",
        "azure",
        "certificates",
        "ek",
        "eventLog",
        "key",
        "pcrs",
        "signature",
        "version"
    })
    void noFieldMayBeAbsentOrOfAnotherKind(String name) {
        TpmQuote quote = quote();
        Json.Obj whole = quote.json(quote.key.sign(quote.attest()));
        Map<String, Json> without = new HashMap<>(whole.members());
        without.remove(name);
        Map<String, Json> other = new HashMap<>(whole.members());
        other.put(name, new Json.Bool(true));
        Map<String, Json> more = new HashMap<>(whole.members());
        more.put(name + "2", new Json.Null());

        for (Map<String, Json> one : List.of(without, other, more)) {
            assertThat(TpmEvidence.parse(CanonicalJson.write(new Json.Obj(one))))
                    .isInstanceOf(Parsed.Bad.class);
        }
    }

    @Test
    void azureHasItsRuntimeDataInOnePlace() {
        TpmQuote quote = quote();
        byte[] runtime = AzureForm.runtime(quote.key.keys.getPublic());
        byte[] hcl = AzureForm.hcl(AzureForm.SNP, new byte[1184], runtime);
        byte[] none = TpmQuote.NONE;
        byte[] one = {1};

        assertThat(reads(quote, AzureForm.evidence(hcl, none, none))).isTrue();
        assertThat(reads(quote, AzureForm.evidence(none, one, runtime))).isTrue();
        assertThat(reads(quote, AzureForm.evidence(hcl, none, runtime))).isFalse();
        assertThat(reads(quote, AzureForm.evidence(hcl, one, none))).isFalse();
        assertThat(reads(quote, AzureForm.evidence(none, none, runtime))).isFalse();
        assertThat(reads(quote, AzureForm.evidence(none, one, none))).isFalse();
        assertThat(reads(quote, AzureForm.evidence(none, one, one))).isFalse();
        assertThat(reads(quote, AzureForm.evidence(none, one, runtime, new byte[9][1]))).isFalse();
    }

    private static boolean reads(TpmQuote quote, Json azure) {
        quote.azure = azure;
        return TpmEvidence.parse(quote.evidence()) instanceof Parsed.Good<TpmEvidence>;
    }

    @Test
    void anHclReportIsShownButIsNoQuote() {
        byte[] runtime = AzureForm.runtime(TpmKey.attesting().keys.getPublic());
        byte[] hcl = AzureForm.hcl(AzureForm.SNP, new byte[1184], runtime);

        assertThat(KIND.isLike(hcl)).isTrue();
        assertThat(KIND.inspect(hcl).toOptional()).isPresent();
        assertThat(
                        PlayedTpm.check(
                                PlayedTpm.judge(
                                        hcl,
                                        Bundle.empty(),
                                        PlayedTpm.policy(PlayedTpm.accepting(PlayedTpm.NO_KEYS)))))
                .isEqualTo(Check.REPORT);
    }

    /** Header, version, type, hash, sizes, padding: each byte of them counts or is passed over. */
    @ParameterizedTest
    @CsvSource({
        "0,false",
        "4,false",
        "5,false",
        "20,true",
        "1220,false",
        "1224,false",
        "1228,false",
        "1232,false",
        "1233,false"
    })
    void theHeaderOfAnHclReportIsHeldToItsForm(int at, boolean reads) {
        byte[] runtime = AzureForm.runtime(TpmKey.attesting().keys.getPublic());
        byte[] hcl = AzureForm.hcl(AzureForm.SNP, new byte[1184], runtime);
        hcl[at] ^= 0x40;

        assertThat(HclReport.parse(hcl) instanceof Parsed.Good<HclReport>).isEqualTo(reads);
    }

    @Test
    void afterAnHclReportOnlyZeroBytesFollow() {
        byte[] runtime = AzureForm.runtime(TpmKey.attesting().keys.getPublic());
        byte[] hcl = AzureForm.hcl(AzureForm.TDX, new byte[1024], runtime);
        hcl[hcl.length - 1] = 1;

        assertThat(HclReport.parse(hcl)).isInstanceOf(Parsed.Bad.class);
        assertThat(HclReport.parse(new byte[HclReport.SIZE_BYTES_MAX + 1]))
                .isInstanceOf(Parsed.Bad.class);
    }
}

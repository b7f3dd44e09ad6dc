package io.attestgate.verify.tpm;

import static io.attestgate.verify.tpm.PlayedTpm.NOW;
import static io.attestgate.verify.tpm.PlayedTpm.accepting;
import static io.attestgate.verify.tpm.PlayedTpm.check;
import static io.attestgate.verify.tpm.PlayedTpm.judge;
import static io.attestgate.verify.tpm.PlayedTpm.named;
import static io.attestgate.verify.tpm.PlayedTpm.pcrs;
import static io.attestgate.verify.tpm.PlayedTpm.policy;
import static io.attestgate.verify.tpm.PlayedTpm.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.DcapQuote;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmQuote;
import io.attestgate.wire.Digests;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Quotes by a key that the reader knows: what they must say, and what changes nothing. */
final class QuoteJudgementTest {

    private static TpmQuote quote() {
        return TpmQuote.of(TpmKey.attesting());
    }

    @Test
    void aGoodQuoteIsTrustedForItsKeysNameAndPcrs() {
        TpmQuote quote = quote();
        Appraisal.Trusted trusted = trusted(judge(quote));

        assertThat(trusted.report().platform()).isEqualTo("tpm");
        assertThat(trusted.tcb()).isEqualTo(TcbState.UNJUDGED);
        assertThat(trusted.expiry()).isEqualTo(PlayedTpm.END);
        assertThat(trusted.roots()).isEmpty();
        assertThat(trusted.identity())
                .containsEntry("akName", Octets.of(quote.key.name()).toString())
                .containsKey("akSpki")
                .doesNotContainKey("ekName");
        assertThat(trusted.report().instance())
                .isEqualTo(Instance.of("tpm", quote.key.name()))
                .isPresent();
        assertThat(trusted.claims())
                .containsEntry("resetCount", "7")
                .containsEntry("restartCount", "3")
                .containsEntry("safe", "true")
                .containsEntry("pcr04", "0x" + "04".repeat(32));
    }

    @Test
    void theRegistersAreBankMaskAndDigest() {
        TpmQuote quote = quote();
        byte[] values = DcapQuote.concat(quote.values.values().toArray(byte[][]::new));

        assertThat(trusted(judge(quote)).report().registers())
                .isEqualTo(
                        DcapQuote.concat(
                                new byte[] {0, 0x0b, (byte) 0x93, 0, 0}, Digests.sha256(values)));
    }

    @ParameterizedTest
    @CsvSource({"20,11", "20,12", "22,11", "22,12"})
    void everySchemeOfRsaIsVerified(int scheme, int hash) {
        TpmQuote quote = quote();
        quote.key.scheme = scheme;
        quote.key.hash = hash;
        quote.key.saltBytes = hash == TpmKey.SHA384 ? 48 : 32;
        quote.describedKey = quote.key.area();

        assertThat(trusted(judge(quote)).report().platform()).isEqualTo("tpm");
    }

    /** 222 = 256 - 32 - 2: older TPMs take the longest salt that fits. */
    @ParameterizedTest
    @CsvSource({"32,true", "222,true", "20,false", "0,false"})
    void aSaltIsAsLongAsTheDigestOrAsLongAsCanBe(int saltBytes, boolean passes) {
        TpmQuote quote = quote();
        quote.key.scheme = TpmKey.RSAPSS;
        quote.key.saltBytes = saltBytes;
        quote.describedKey = quote.key.area();

        assertThat(judge(quote) instanceof Appraisal.Trusted).isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({"secp256r1,11", "secp384r1,12", "secp384r1,11", "secp256r1,12"})
    void bothCurvesAreVerifiedWithTheHashThatTheSignatureNames(String curve, int hash) {
        assertThat(trusted(judge(TpmQuote.of(TpmKey.attesting(curve, hash)))).report().platform())
                .isEqualTo("tpm");
    }

    @Test
    void aKeyOnACurveThatDoesNotCountIsRefused() {
        TpmQuote quote = TpmQuote.of(TpmKey.attesting("secp521r1", TpmKey.SHA256));

        assertThat(check(judge(quote))).isEqualTo(Check.REPORT);
    }

    @Test
    void theBankOfSha384HasItsOwnLengthAndDigest() {
        TpmQuote quote = quote();
        quote.bank = TpmKey.SHA384;
        quote.values.replaceAll((pcr, value) -> Arrays.copyOf(value, 48));
        TpmPolicy asked = accepting(named(quote));
        TpmPolicy sha384 =
                new TpmPolicy(
                        asked.keys(),
                        pcrs(TpmHash.SHA384, 0, 1, 4, 7),
                        asked.clock(),
                        asked.firmwareVersions(),
                        asked.replayed(),
                        asked.revocation());

        assertThat(trusted(judge(quote, sha384)).report().registers())
                .startsWith(0, 0x0c, 0x93, 0, 0)
                .hasSize(5 + 32);
        assertThat(check(judge(quote, asked))).isEqualTo(Check.PCRS);
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                hostile("no TPM made it", Check.REPORT, quote -> quote.magic = 0xff544348),
                hostile("TPM2_Certify, not a quote", Check.REPORT, quote -> quote.type = 0x8017),
                hostile("TPM2_NV_Certify", Check.REPORT, quote -> quote.type = 0x8014),
                hostile("more after it", Check.REPORT, quote -> quote.after = new byte[1]),
                hostile("half a truth", Check.REPORT, quote -> quote.safe = 2),
                hostile(
                        "extraData too long",
                        Check.REPORT,
                        quote -> quote.extraData = new byte[67]),
                hostile("one more selection", Check.REPORT, quote -> quote.selections = 2),
                hostile("none", Check.REPORT, quote -> quote.selections = 0),
                hostile(
                        "two selections",
                        Check.PCRS,
                        quote -> {
                            quote.selections = 2;
                            quote.otherSelections = new byte[] {0, 4, 3, 0, 0, 0};
                        }),
                hostile("fewer PCRs", Check.PCRS, quote -> quote.mask[0] = 0x13),
                hostile("other PCRs", Check.PCRS, quote -> quote.mask[0] = (byte) 0x8b),
                hostile("one more PCR", Check.PCRS, quote -> quote.mask[2] = 1),
                hostile(
                        "a longer mask",
                        Check.PCRS,
                        quote -> quote.mask = new byte[] {-109, 0, 0, 0}),
                hostile("a mask of nothing", Check.REPORT, quote -> quote.mask = new byte[0]),
                hostile("an endless mask", Check.REPORT, quote -> quote.mask = new byte[5]),
                hostile("another bank", Check.PCRS, quote -> quote.bank = 0x000d),
                hostile("the bank of SHA-1", Check.PCRS, quote -> quote.bank = TpmKey.SHA1),
                hostile(
                        "values that were not quoted",
                        Check.PCRS,
                        quote -> quote.digest = Digests.sha256(new byte[1])),
                hostile("an empty digest", Check.PCRS, quote -> quote.digest = new byte[20]),
                hostile(
                        "a value left out",
                        Check.PCRS,
                        quote -> {
                            quote.digest = digestOf(quote);
                            quote.values.remove(4);
                        }),
                hostile(
                        "values in another order",
                        Check.PCRS,
                        quote -> {
                            quote.digest = digestOf(quote);
                            byte[] first = quote.values.get(0);
                            quote.values.put(0, quote.values.get(1));
                            quote.values.put(1, first);
                        }),
                hostile("a short value", Check.REPORT, quote -> quote.values.put(7, new byte[20])),
                hostile(
                        "a PCR that no TPM has",
                        Check.REPORT,
                        quote -> quote.values.put(32, new byte[32])),
                hostile("decrypts, too", Check.SIGNER, quote -> attributes(quote, 0x00070072)),
                hostile("signs anything", Check.SIGNER, quote -> attributes(quote, 0x00040072)),
                hostile("may leave its TPM", Check.SIGNER, quote -> attributes(quote, 0x00050070)),
                hostile("has another parent", Check.SIGNER, quote -> attributes(quote, 0x00050062)),
                hostile("was imported", Check.SIGNER, quote -> attributes(quote, 0x00050052)),
                hostile("does not sign", Check.SIGNER, quote -> attributes(quote, 0x00010072)));
    }

    private static Arguments hostile(String what, Check check, Consumer<TpmQuote> change) {
        return Arguments.of(what, check, change);
    }

    private static byte[] digestOf(TpmQuote quote) {
        return Digests.sha256(DcapQuote.concat(quote.values.values().toArray(byte[][]::new)));
    }

    private static void attributes(TpmQuote quote, int attributes) {
        quote.key.attributes = attributes;
        quote.describedKey = quote.key.area();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void whatAHostileOperatorSigns(String what, Check check, Consumer<TpmQuote> change) {
        TpmQuote quote = quote();
        change.accept(quote);

        assertThat(check(judge(quote))).isEqualTo(check);
    }

    @Test
    void aSignatureInAnotherSchemeThanTheKeysOwnIsRefused() {
        TpmQuote quote = quote();
        TpmKey other = TpmKey.attesting();
        other.scheme = TpmKey.RSAPSS;

        assertThat(
                        check(
                                judge(
                                        quote.evidence(other.sign(quote.attest())),
                                        Bundle.empty(),
                                        policy(accepting(named(quote))))))
                .isEqualTo(Check.SIGNATURE);
    }

    @Test
    void aSignatureWithSha1IsRefused() {
        TpmQuote quote = quote();
        quote.key.hash = TpmKey.SHA1;
        quote.describedKey = quote.key.area();

        assertThat(check(judge(quote))).isEqualTo(Check.REPORT);
    }

    @Test
    void anotherKeysSignatureIsRefused() {
        TpmQuote quote = quote();
        TpmKey stranger = TpmKey.attesting("secp256r1", TpmKey.SHA256);
        TpmPolicy asked = accepting(named(quote));
        byte[] signed = quote.evidence(stranger.sign(quote.attest()));

        assertThat(check(judge(signed, Bundle.empty(), policy(asked)))).isEqualTo(Check.SIGNATURE);
        quote.describedKey = stranger.area();
        assertThat(check(judge(quote, asked))).isEqualTo(Check.SIGNATURE);
        assertThat(
                        check(
                                judge(
                                        quote.evidence(stranger.sign(quote.attest())),
                                        Bundle.empty(),
                                        policy(asked))))
                .as("it signs right, and nobody knows it")
                .isEqualTo(Check.SIGNER);
    }

    @Test
    void extraDataIsTheHashOfTheReportData() {
        TpmQuote quote = quote();
        byte[] data = new byte[64];
        Arrays.fill(data, (byte) 9);
        quote.extraData = Digests.sha256(data);
        AppraisalPolicy policy = policy(accepting(named(quote)));

        assertThat(verify(quote, policy, data)).isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(verify(quote, policy, new byte[64]))).isEqualTo(Check.REPORT_DATA);
        quote.extraData = data;
        assertThat(check(verify(quote, policy, data))).isEqualTo(Check.REPORT_DATA);
        quote.extraData = new byte[0];
        assertThat(check(verify(quote, policy, data))).isEqualTo(Check.REPORT_DATA);
    }

    private static Appraisal verify(TpmQuote quote, AppraisalPolicy policy, byte[] data) {
        return PlayedTpm.KIND.verify(
                quote.evidence(),
                Bundle.empty(),
                policy,
                Optional.of(Octets.of(data)),
                PlayedTpm.NOW);
    }

    @Test
    void aPolicyMayNameTheValuesOfAPcr() {
        TpmQuote quote = quote();

        assertThat(judge(quote, values(quote, 7))).isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(judge(quote, values(quote, 4)))).isEqualTo(Check.PCRS);
    }

    private static TpmPolicy values(TpmQuote quote, int value) {
        byte[] pcr7 = new byte[32];
        Arrays.fill(pcr7, (byte) value);
        TpmPolicy asked = accepting(named(quote));
        return new TpmPolicy(
                asked.keys(),
                new TpmPolicy.PcrRule(asked.pcrs().selection(), Map.of(7, Set.of(Octets.of(pcr7)))),
                asked.clock(),
                asked.firmwareVersions(),
                asked.replayed(),
                asked.revocation());
    }

    @Test
    void anEmptyListOfValuesAllowsNone() {
        TpmQuote quote = quote();
        TpmPolicy asked = accepting(named(quote));
        TpmPolicy none =
                new TpmPolicy(
                        asked.keys(),
                        new TpmPolicy.PcrRule(asked.pcrs().selection(), Map.of(0, Set.of())),
                        asked.clock(),
                        asked.firmwareVersions(),
                        asked.replayed(),
                        asked.revocation());

        assertThat(check(judge(quote, none))).isEqualTo(Check.PCRS);
    }

    @ParameterizedTest
    @CsvSource({"1,7,3,true", "0,7,3,false", "1,8,3,false", "1,7,4,false"})
    void aPolicyMayAskForTheTpmsCounters(int safe, int resets, int restarts, boolean passes) {
        TpmQuote quote = quote();
        quote.safe = safe;
        quote.resetCount = resets;
        quote.restartCount = restarts;
        TpmPolicy asked =
                new TpmPolicy(
                        named(quote),
                        pcrs(),
                        new TpmPolicy.ClockRule(true, OptionalLong.of(7), OptionalLong.of(3)),
                        Optional.empty(),
                        new TreeSet<>(),
                        Revocation.IF_PRESENT);
        Appraisal appraisal = judge(quote, asked);

        assertThat(appraisal instanceof Appraisal.Trusted).isEqualTo(passes);
        if (!passes) {
            assertThat(check(appraisal)).isEqualTo(Check.CLOCK);
        }
    }

    @Test
    void aPolicyMayListFirmware() {
        TpmQuote quote = quote();
        TpmPolicy asked = firmware(quote, "2026010100000001");

        assertThat(judge(quote, asked)).isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(judge(quote, firmware(quote, "2026010100000002"))))
                .isEqualTo(Check.TCB_LEVEL);
    }

    private static TpmPolicy firmware(TpmQuote quote, String version) {
        return new TpmPolicy(
                named(quote),
                pcrs(),
                PlayedTpm.ANY_CLOCK,
                Optional.of(Set.of(Octets.of(java.util.HexFormat.of().parseHex(version)))),
                new TreeSet<>(),
                Revocation.IF_PRESENT);
    }

    @Test
    void withoutWordOfTpmsOrOfUnjudgedStatesNothingPasses() {
        TpmQuote quote = quote();
        AppraisalPolicy silent =
                new AppraisalPolicy(Set.of(), Map.of(), Map.of(), AppraisalPolicy.Debug.REFUSED);

        assertThat(check(judge(quote, silent))).isEqualTo(Check.PLATFORM);
        assertThat(check(judge(quote, silent.with(accepting(named(quote))))))
                .isEqualTo(Check.TCB_STATE);
        AppraisalPolicy ended =
                new AppraisalPolicy(
                                Set.of(),
                                Map.of(TcbState.UNJUDGED, NOW),
                                Map.of(),
                                AppraisalPolicy.Debug.REFUSED)
                        .with(accepting(named(quote)));
        assertThat(judge(quote, ended))
                .isEqualTo(
                        new Refusal(
                                Check.TCB_STATE,
                                "unjudged, accepted until " + NOW,
                                "a state that the policy accepts at " + NOW,
                                "the reader's policy"));
    }
}

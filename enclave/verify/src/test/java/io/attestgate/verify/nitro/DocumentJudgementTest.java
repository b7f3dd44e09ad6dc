package io.attestgate.verify.nitro;

import static io.attestgate.verify.nitro.PlayedAmazon.END;
import static io.attestgate.verify.nitro.PlayedAmazon.MADE;
import static io.attestgate.verify.nitro.PlayedAmazon.MAX_AGE;
import static io.attestgate.verify.nitro.PlayedAmazon.NOW;
import static io.attestgate.verify.nitro.PlayedAmazon.PKI;
import static io.attestgate.verify.nitro.PlayedAmazon.SIGNER;
import static io.attestgate.verify.nitro.PlayedAmazon.check;
import static io.attestgate.verify.nitro.PlayedAmazon.enclave;
import static io.attestgate.verify.nitro.PlayedAmazon.instance;
import static io.attestgate.verify.nitro.PlayedAmazon.judge;
import static io.attestgate.verify.nitro.PlayedAmazon.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.cbor.Cbor;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.AppraisalPolicy.Debug;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PolicyDuration;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.NitroDocument;
import io.attestgate.verify.testpki.NitroPki;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What documents say, held against what a reader accepts. */
final class DocumentJudgementTest {

    @Test
    void anEnclaveIsTrustedWithItsRegistersAndItsModule() {
        Appraisal.Trusted trusted = trusted(judge(enclave()));

        assertThat(trusted.report().platform()).isEqualTo("nitro");
        assertThat(trusted.report().registers()).isEqualTo(concatenated(new int[] {1, 2, 3, 9}));
        assertThat(trusted.report().instance())
                .isEqualTo(
                        Instance.of(
                                "nitro",
                                NitroDocument.ENCLAVE_ID.getBytes(StandardCharsets.US_ASCII)));
        assertThat(trusted.identity())
                .containsEntry("moduleId", NitroDocument.ENCLAVE_ID)
                .containsEntry("instanceId", "i-0123456789abcdef0")
                .containsEntry("enclaveId", "enc0123456789abcdef");
        assertThat(trusted.tcb()).isEqualTo(TcbState.UNJUDGED);
        assertThat(trusted.expiry()).isEqualTo(MADE.plus(MAX_AGE));
    }

    @Test
    void anInstanceWithATpmIsAPlatformOfItsOwn() {
        Appraisal.Trusted trusted = trusted(judge(instance()));

        assertThat(trusted.report().platform()).isEqualTo("nitro-tpm");
        assertThat(trusted.report().registers())
                .isEqualTo(concatenated(new int[] {3, 5, 8, 9, 10, 12, 13, 14}));
        assertThat(trusted.identity()).containsEntry("tpmId", "tpm0000000000000000");
    }

    private static byte[] concatenated(int[] values) {
        byte[] all = new byte[values.length * Document.PCR_BYTES];
        for (int i = 0; i < values.length; i++) {
            int at = i * Document.PCR_BYTES;
            Arrays.fill(all, at, at + Document.PCR_BYTES, (byte) values[i]);
        }
        return all;
    }

    @Test
    void whoAcceptsOneFormHasNotAcceptedTheOther() {
        AppraisalPolicy enclaves =
                PlayedAmazon.policy(new NitroPolicy.Enclaves(PlayedAmazon.accepted()));
        AppraisalPolicy instances = PlayedAmazon.policy(PlayedAmazon.instances());

        assertThat(check(judge(instance().make(), enclaves, NOW))).isEqualTo(Check.PLATFORM);
        assertThat(check(judge(enclave().make(), instances, NOW))).isEqualTo(Check.PLATFORM);
        assertThat(check(judge(enclave().make(), PlayedAmazon.base(Debug.REFUSED), NOW)))
                .isEqualTo(Check.PLATFORM);
    }

    @Test
    void anEnclaveInDebugModePassesOnlyByAWordForIt() {
        byte[] document = enclave().pcr(0, 0).pcr(1, 0).pcr(2, 0).make();

        assertThat(check(judge(document))).isEqualTo(Check.DEBUG);
        AppraisalPolicy accepting =
                PlayedAmazon.base(Debug.ACCEPTED)
                        .with(new NitroPolicy.Enclaves(PlayedAmazon.accepted()));
        assertThat(trusted(judge(document, accepting, NOW)).report().restsOn())
                .startsWith("whoever has the machine, since debug is on");
    }

    /** No image has a digest of zero, so one such register is as good as three. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void oneRegisterOfZeroIsDebugMode(int index) {
        assertThat(check(judge(enclave().pcr(index, 0)))).isEqualTo(Check.DEBUG);
    }

    @Test
    void anUnsignedImageAndAnInstancesOwnZerosAreNoDebugMode() {
        assertThat(judge(enclave().pcr(8, 0))).isInstanceOf(Appraisal.Trusted.class);
        assertThat(judge(instance().pcr(2, 0))).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void aDocumentHoldsUntilThePolicysAgeAndNotLonger() {
        byte[] document = enclave().make();
        Instant end = MADE.plus(MAX_AGE);

        assertThat(judge(document, PlayedAmazon.policy(), end.minusMillis(1)))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(judge(document, PlayedAmazon.policy(), end))).isEqualTo(Check.EXPIRED);
        assertThat(check(judge(document, PlayedAmazon.policy(), Instant.MAX)))
                .isEqualTo(Check.EXPIRED);
    }

    @Test
    void agesAreNamedAsPoliciesSpellThem() {
        byte[] document = enclave().make();
        Refusal old =
                (Refusal) judge(document, PlayedAmazon.policy(), MADE.plus(Duration.ofDays(1)));
        Refusal early =
                (Refusal) judge(document, PlayedAmazon.policy(), MADE.minus(Duration.ofDays(1)));

        assertThat(old.expected()).contains(" " + PolicyDuration.spell(MAX_AGE) + " ");
        assertThat(early.expected()).contains(" 5m ").doesNotContain("PT");
    }

    @Test
    void aDocumentMayBeFiveMinutesAheadAndNotMore() {
        byte[] document = enclave().make();
        Instant first = MADE.minus(Verifier.AHEAD_MAX);

        assertThat(judge(document, PlayedAmazon.policy(), first))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(judge(document, PlayedAmazon.policy(), first.minusMillis(1))))
                .isEqualTo(Check.NOT_YET_VALID);
        assertThat(check(judge(document, PlayedAmazon.policy(), Instant.MIN)))
                .isEqualTo(Check.NOT_YET_VALID);
    }

    @Test
    void itsSignersCertificateMustHoldWhenItWasMade() {
        NitroPki.Key signer = PKI.signer(NOW);
        Instant end = signer.certificate().getNotAfter().toInstant();

        assertThat(check(judge(NitroDocument.enclave(PKI, signer, NOW.minusSeconds(1)))))
                .isEqualTo(Check.NOT_YET_VALID);
        assertThat(
                        check(
                                judge(
                                        NitroDocument.enclave(PKI, signer, end.plusSeconds(1))
                                                .make(),
                                        PlayedAmazon.policy(),
                                        end.plusSeconds(2))))
                .isEqualTo(Check.EXPIRED);
    }

    @Test
    void theVerdictEndsWithTheFirstOfAgeCertificateAndPolicy() {
        NitroPolicy.Enclaves aDay =
                new NitroPolicy.Enclaves(
                        new NitroPolicy.Accepted(
                                Duration.ofDays(1), Revocation.IF_PRESENT, Map.of()));
        byte[] document = enclave().make();
        Instant leafEnds = SIGNER.certificate().getNotAfter().toInstant();

        assertThat(trusted(judge(document, PlayedAmazon.policy(aDay), NOW)).expiry())
                .isEqualTo(leafEnds);
        assertThat(trusted(judge(document, PlayedAmazon.policy(aDay), leafEnds)).expiry())
                .isEqualTo(MADE.plus(Duration.ofDays(1)));
    }

    @Test
    void whatIsUnjudgedPassesOnlyByAWordForIt() {
        AppraisalPolicy policy =
                new AppraisalPolicy(
                                Set.of(PKI.rootHash()),
                                Map.of(TcbState.UP_TO_DATE, END),
                                Map.of(),
                                Debug.REFUSED)
                        .with(new NitroPolicy.Enclaves(PlayedAmazon.accepted()));

        assertThat(check(judge(enclave().make(), policy, NOW))).isEqualTo(Check.TCB_STATE);
        AppraisalPolicy ended =
                new AppraisalPolicy(
                                policy.roots(),
                                Map.of(TcbState.UNJUDGED, NOW),
                                Map.of(),
                                Debug.REFUSED)
                        .with(new NitroPolicy.Enclaves(PlayedAmazon.accepted()));
        assertThat(judge(enclave().make(), ended, NOW))
                .isEqualTo(
                        new Refusal(
                                Check.TCB_STATE,
                                "unjudged, accepted until " + NOW,
                                "a state that the policy accepts at " + NOW,
                                "the reader's policy"));
    }

    @Test
    void userDataMustBeTheReportDataWhole() {
        Octets expected = Octets.of(new byte[64]);

        assertThat(verify(enclave().put("user_data", new byte[64]), expected))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(verify(enclave().put("user_data", new byte[65]), expected)))
                .isEqualTo(Check.REPORT_DATA);
        assertThat(check(verify(enclave().put("nonce", new byte[64]), expected)))
                .isEqualTo(Check.REPORT_DATA);
        assertThat(check(verify(enclave(), expected))).isEqualTo(Check.REPORT_DATA);
    }

    private static Appraisal verify(NitroDocument document, Octets reportData) {
        return Verifier.verify(
                document.make(),
                Collateral.none(),
                PlayedAmazon.policy(),
                Optional.of(reportData),
                NOW);
    }

    @Test
    void aRegisterThatThePolicyNamesHasOneOfItsValues() {
        byte[] role = new byte[Document.PCR_BYTES];
        Arrays.fill(role, (byte) 4);
        Octets other = Octets.of(new byte[Document.PCR_BYTES]);

        assertThat(judge(enclave().make(), named(3, Octets.of(role), other), NOW))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(judge(enclave().make(), named(3, other), NOW)))
                .isEqualTo(Check.MEASUREMENT);
        assertThat(check(judge(enclave().make(), named(16, Octets.of(role)), NOW)))
                .isEqualTo(Check.MEASUREMENT);
    }

    private static AppraisalPolicy named(int index, Octets... values) {
        return PlayedAmazon.policy(
                new NitroPolicy.Enclaves(
                        new NitroPolicy.Accepted(
                                MAX_AGE, Revocation.IF_PRESENT, Map.of(index, Set.of(values)))));
    }

    @Test
    void whatTheEnclaveSaidIsShown() {
        Appraisal.Trusted trusted =
                trusted(
                        judge(
                                enclave()
                                        .put("public_key", new byte[1024])
                                        .put("nonce", new byte[0])
                                        .put("user_data", Cbor.Bytes.of(new byte[] {1}))));

        assertThat(trusted.claims())
                .containsEntry("userData", "0x01")
                .containsEntry("nonce", "0x")
                .containsKey("publicKey");
    }
}

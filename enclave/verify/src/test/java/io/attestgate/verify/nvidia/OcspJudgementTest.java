package io.attestgate.verify.nvidia;

import static io.attestgate.verify.nvidia.NvidiaVectors.check;
import static io.attestgate.verify.nvidia.NvidiaVectors.trusted;
import static io.attestgate.verify.nvidia.PlayedNvidia.DAY;
import static io.attestgate.verify.nvidia.PlayedNvidia.END;
import static io.attestgate.verify.nvidia.PlayedNvidia.HOPPER;
import static io.attestgate.verify.nvidia.PlayedNvidia.NOW;
import static io.attestgate.verify.nvidia.PlayedNvidia.hopper;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.AppraisalPolicy.Debug;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.NvidiaOcsp;
import io.attestgate.verify.testpki.P384Authority;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What answers about certificates say, who may give them, and when they speak. */
final class OcspJudgementTest {
    private static final Validity YESTERDAY =
            new Validity(NOW.minus(Duration.ofHours(23)), NOW.minus(Duration.ofHours(1)));
    private static final Validity TOMORROW =
            new Validity(NOW.plus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(25)));
    private static final List<String> ALL =
            List.of("identity", "provisioner", "product", "signer", "authority", "rim");

    private final PlayedNvidia played = hopper();
    private final AppraisalPolicy ifPresent = played.policy(played.accepted(Revocation.IF_PRESENT));

    private P384Authority issuer(String name) {
        return switch (name) {
            case "identity" -> HOPPER.provisioner();
            case "provisioner" -> HOPPER.product();
            case "product" -> HOPPER.deviceRoot();
            case "signer" -> HOPPER.rimAuthority();
            case "authority" -> HOPPER.rimProduct();
            default -> HOPPER.rimRoot();
        };
    }

    private X509Certificate about(String name) {
        return switch (name) {
            case "identity" -> played.device.identity().certificate();
            case "provisioner" -> HOPPER.provisioner().certificate();
            case "product" -> HOPPER.product().certificate();
            case "signer" -> HOPPER.rimSigner().certificate();
            case "authority" -> HOPPER.rimAuthority().certificate();
            default -> HOPPER.rimProduct().certificate();
        };
    }

    private NvidiaOcsp responder(String name) {
        return played.responder(issuer(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "provisioner", "product", "signer", "authority", "rim"})
    void everyCertificateNeedsItsAnswer(String name) {
        played.files.remove(name + ".der");

        assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
        assertThat(played.judge(ifPresent, NOW)).isInstanceOf(Appraisal.Trusted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "provisioner", "product", "signer", "authority", "rim"})
    void whoIsRevokedIsRefusedByEveryPolicy(String name) {
        byte[] revoked = responder(name).revoked(about(name), DAY, NOW.minusSeconds(1));
        played.files.put(name + ".der", revoked);

        assertThat(check(played.judge())).isEqualTo(Check.REVOKED);
        assertThat(check(played.judge(ifPresent, NOW))).isEqualTo(Check.REVOKED);
    }

    /** An operator who keeps the old good answer gains nothing by an expired one beside it. */
    @Test
    void whoWasRevokedForGoodStaysSoWhateverElseIsSaid() {
        played.files.put(
                "more.der",
                responder("identity").revoked(about("identity"), YESTERDAY, YESTERDAY.from()));

        assertThat(check(played.judge())).isEqualTo(Check.REVOKED);
        assertThat(check(played.judge(ifPresent, NOW))).isEqualTo(Check.REVOKED);
    }

    /** Answers that anybody can make stand before the one that counts. */
    @Test
    void answersThatNobodySignedPushOutNoneThatRevokes() {
        NvidiaOcsp stranger = new NvidiaOcsp(HOPPER.provisioner(), played.device.key());
        for (int i = 0; i < 20; i++) {
            played.files.put("noise-%02d.der".formatted(i), stranger.good(about("identity"), DAY));
        }
        assertThat(played.judge()).isInstanceOf(Appraisal.Trusted.class);

        played.files.put(
                "revoked.der",
                responder("identity").revoked(about("identity"), YESTERDAY, YESTERDAY.from()));
        assertThat(check(played.judge())).isEqualTo(Check.REVOKED);
        assertThat(check(played.judge(ifPresent, NOW))).isEqualTo(Check.REVOKED);
    }

    @Test
    void moreAnswersThanAreLookedAtAreRefused() {
        byte[] good = responder("identity").good(about("identity"), DAY);
        for (int i = 0; i < 63; i++) {
            played.files.put("more-%02d.der".formatted(i), good);
        }
        assertThat(played.judge()).isInstanceOf(Appraisal.Trusted.class);

        played.files.put("more-63.der", good);
        assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
    }

    /** Its own certificate has ended since, and nobody but its issuer can say so anew. */
    @Test
    void whoRevokedMayHaveEndedSince() {
        NvidiaOcsp ended =
                NvidiaOcsp.of(
                        HOPPER.provisioner(),
                        new Validity(HOPPER.validity().from(), NOW.minusSeconds(1)));
        played.files.put("more.der", ended.revoked(about("identity"), DAY, DAY.from()));

        assertThat(check(played.judge())).isEqualTo(Check.REVOKED);
        assertThat(check(played.judge(ifPresent, NOW))).isEqualTo(Check.REVOKED);
    }

    @Test
    void ofTwoOfOneInstantTheWorseCounts() {
        byte[] good = responder("identity").good(about("identity"), DAY);
        byte[] hold = responder("identity").onHold(about("identity"), DAY, DAY.from());
        played.files.put("identity.der", good);
        played.files.put("more.der", hold);
        assertThat(check(played.judge())).isEqualTo(Check.REVOKED);

        played.files.put("identity.der", hold);
        played.files.put("more.der", good);
        assertThat(check(played.judge())).isEqualTo(Check.REVOKED);
    }

    @Test
    void anAnswerOfAnotherTimeProvesNothing() {
        for (String name : ALL) {
            played.files.put(name + ".der", responder(name).good(about(name), YESTERDAY));
        }
        assertThat(check(played.judge())).isEqualTo(Check.EXPIRED);
        assertThat(played.judge(ifPresent, NOW)).isInstanceOf(Appraisal.Trusted.class);

        for (String name : ALL) {
            played.files.put(name + ".der", responder(name).good(about(name), TOMORROW));
        }
        assertThat(check(played.judge())).isEqualTo(Check.NOT_YET_VALID);
        assertThat(played.judge(ifPresent, NOW)).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void anAnswerHoldsFromItsFirstInstantUntilItsNext() {
        AppraisalPolicy policy = played.policy(played.accepted());

        assertThat(played.judge(policy, DAY.from())).isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(played.judge(policy, DAY.from().minusSeconds(1))))
                .isEqualTo(Check.NOT_YET_VALID);
        assertThat(played.judge(policy, DAY.until().minusSeconds(1)))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(played.judge(policy, DAY.until()))).isEqualTo(Check.EXPIRED);
    }

    @Test
    void ofSeveralThatHoldTheNewestCounts() {
        Validity newer = new Validity(NOW.minusSeconds(60), DAY.until());
        played.files.put("more.der", responder("identity").onHold(about("identity"), newer, NOW));
        assertThat(check(played.judge())).isEqualTo(Check.REVOKED);

        Validity older = new Validity(DAY.from().minusSeconds(60), DAY.until());
        played.files.put("more.der", responder("identity").onHold(about("identity"), older, NOW));
        assertThat(played.judge()).isInstanceOf(Appraisal.Trusted.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "provisioner", "product"})
    void aDeviceOnHoldIsRefusedByEveryPolicy(String name) {
        played.files.put(name + ".der", responder(name).onHold(about(name), DAY, DAY.from()));

        assertThat(check(played.judge())).isEqualTo(Check.REVOKED);
        assertThat(check(played.judge(outOfDate(END), NOW))).isEqualTo(Check.REVOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signer", "authority", "rim"})
    void aManifestOnHoldIsOutOfDateAndPassesUntilThePolicySays(String name) {
        played.files.put(name + ".der", responder(name).onHold(about(name), DAY, DAY.from()));
        Instant soon = NOW.plusSeconds(60);

        assertThat(check(played.judge())).isEqualTo(Check.REVOKED);
        Appraisal.Trusted trusted = trusted(played.judge(outOfDate(soon), NOW));
        assertThat(trusted.tcb()).isEqualTo(TcbState.OUT_OF_DATE);
        assertThat(trusted.expiry()).isEqualTo(soon);
        assertThat(played.judge(outOfDate(soon), soon))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.check()).isEqualTo(Check.REVOKED);
                            assertThat(refusal.found()).endsWith("on hold, accepted until " + soon);
                        });
    }

    private AppraisalPolicy outOfDate(Instant until) {
        return played.policy(
                played.accepted(),
                Map.of(TcbState.UNJUDGED, END, TcbState.OUT_OF_DATE, until),
                Debug.REFUSED);
    }

    @Test
    void aResponderThatDoesNotKnowACertificateClearsNobody() {
        played.files.put("identity.der", responder("identity").unknown(about("identity"), DAY));

        assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
        assertThat(check(played.judge(ifPresent, NOW))).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void theIssuerMayAnswerItself() {
        NvidiaOcsp itself = new NvidiaOcsp(HOPPER.provisioner(), HOPPER.provisioner());
        played.files.put("identity.der", itself.good(about("identity"), DAY));

        assertThat(played.judge()).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void whoWasNotNamedForItMayNotAnswer() {
        NvidiaOcsp purpose =
                NvidiaOcsp.of(
                        HOPPER.provisioner(), HOPPER.validity(), KeyPurposeId.id_kp_codeSigning);
        NvidiaOcsp anothers =
                new NvidiaOcsp(
                        HOPPER.provisioner(), played.responder(HOPPER.rimRoot()).responder());
        NvidiaOcsp device = new NvidiaOcsp(HOPPER.provisioner(), played.device.key());
        NvidiaOcsp expired =
                NvidiaOcsp.of(
                        HOPPER.provisioner(),
                        new Validity(HOPPER.validity().from(), NOW.minusSeconds(1)));
        for (NvidiaOcsp one : List.of(purpose, anothers, device, expired)) {
            played.files.put("identity.der", one.good(about("identity"), DAY));

            assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
            assertThat(check(played.judge(ifPresent, NOW))).isEqualTo(Check.COLLATERAL);
        }
    }

    /** The same serial number under another authority is another certificate. */
    @Test
    void anAnswerIsAboutOneIssuersCertificate() {
        NvidiaOcsp other = responder("product");
        played.files.put("identity.der", other.good(about("identity"), DAY));

        assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void anAnswerThatWasChangedIsNobodys() {
        byte[] answer = responder("identity").good(about("identity"), DAY);
        int refused = 0;
        for (int i = 0; i < answer.length; i += 23) {
            byte[] flipped = answer.clone();
            flipped[i] ^= 1;
            played.files.put("identity.der", flipped);
            refused += played.judge() instanceof Appraisal.Trusted ? 0 : 1;
        }

        // What stands outside of the signed part may change nothing: the responder's own id.
        assertThat(refused).isGreaterThan(answer.length / 23 - 4);
    }

    @Test
    void anAnswerMayBeInBase64() {
        byte[] der = played.files.remove("identity.der");
        played.files.put("identity.dat", Base64.getEncoder().encode(der));
        assertThat(played.judge()).isInstanceOf(Appraisal.Trusted.class);

        played.files.put("identity.dat", Base64.getMimeEncoder().encode(der));
        assertThat(played.judge()).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void aRefusalOfAResponderIsABrokenFile() {
        played.files.put("identity.der", new byte[] {0x30, 3, 0x0a, 1, 6});

        assertThat(check(played.judge())).isEqualTo(Check.COLLATERAL);
    }
}

package io.attestgate.verify.nitro;

import static io.attestgate.verify.nitro.PlayedAmazon.MADE;
import static io.attestgate.verify.nitro.PlayedAmazon.MAX_AGE;
import static io.attestgate.verify.nitro.PlayedAmazon.NOW;
import static io.attestgate.verify.nitro.PlayedAmazon.PKI;
import static io.attestgate.verify.nitro.PlayedAmazon.SIGNER;
import static io.attestgate.verify.nitro.PlayedAmazon.check;
import static io.attestgate.verify.nitro.PlayedAmazon.enclave;
import static io.attestgate.verify.nitro.PlayedAmazon.judge;
import static io.attestgate.verify.nitro.PlayedAmazon.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.cbor.CborWriter;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.NitroDocument;
import io.attestgate.verify.testpki.NitroPki;
import io.attestgate.verify.testpki.NitroPki.Profile;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

/** The chain from the key that signed to the root, and revocation lists. */
final class ChainJudgementTest {
    private static final Validity DAYS =
            NitroPki.validity(NOW.minus(Duration.ofDays(1)), Duration.ofDays(11));

    @Test
    void aRootThatNobodyPinnedIsRefused() {
        NitroPki other = NitroPki.at(NOW);

        assertThat(check(judge(NitroDocument.enclave(other, other.signer(NOW), NOW))))
                .isEqualTo(Check.ROOT);
    }

    /** Who pins AMD's root lets AMD vouch for its processors, and for no enclave of Amazon's. */
    @Test
    void aPinnedRootOfAnotherVendorVouchesForNoDocument() {
        NitroPki amd = NitroPki.at(NOW, "ARK-Milan");
        AppraisalPolicy pinned =
                new AppraisalPolicy(
                                Set.of(PKI.rootHash(), amd.rootHash()),
                                Map.of(TcbState.UNJUDGED, PlayedAmazon.END),
                                Map.of(),
                                AppraisalPolicy.Debug.REFUSED)
                        .with(new NitroPolicy.Enclaves(PlayedAmazon.accepted()));

        assertThat(judge(enclave().make(), pinned, NOW)).isInstanceOf(Appraisal.Trusted.class);
        assertThat(
                        check(
                                judge(
                                        NitroDocument.enclave(amd, amd.signer(MADE), MADE).make(),
                                        pinned,
                                        NOW)))
                .isEqualTo(Check.ROOT);
    }

    @Test
    void aChainInAnotherOrderIsRefused() {
        NitroDocument reversed = enclave();
        Collections.reverse(reversed.bundle);
        NitroDocument swapped = enclave();
        Collections.swap(swapped.bundle, 1, 2);
        NitroDocument shorter = enclave();
        shorter.bundle.remove(2);

        assertThat(check(judge(reversed))).isEqualTo(Check.ROOT);
        assertThat(check(judge(swapped))).isEqualTo(Check.CERTIFICATE);
        assertThat(check(judge(shorter))).isEqualTo(Check.CERTIFICATE);
    }

    /** The pinned root before a chain of one's own: its first signature is another's. */
    @Test
    void aStrangersChainBelowTheRightRootIsRefused() {
        NitroPki stranger = NitroPki.at(NOW);
        NitroDocument document = NitroDocument.enclave(stranger, stranger.signer(MADE), MADE);
        document.bundle.set(0, NitroDocument.der(PKI.root()));

        assertThat(check(judge(document))).isEqualTo(Check.CERTIFICATE);
    }

    private static Check judgeSigner(Profile profile) {
        NitroPki.Key signer = NitroPki.issue(PKI.instance(), profile);
        NitroDocument document = NitroDocument.enclave(PKI, signer, MADE);
        return check(judge(CborWriter.write(document.message(document.payload(), new byte[96]))));
    }

    @Test
    void whatSignsIsNoAuthorityAndMaySign() {
        Profile signer = Profile.signer("i-1-enc1", DAYS);

        assertThat(judgeSigner(signer.with(0, KeyUsage.keyCertSign | KeyUsage.digitalSignature)))
                .isEqualTo(Check.CERTIFICATE);
        assertThat(judgeSigner(signer.with(0, KeyUsage.digitalSignature)))
                .isEqualTo(Check.CERTIFICATE);
        assertThat(judgeSigner(signer.with(-1, KeyUsage.keyAgreement)))
                .isEqualTo(Check.CERTIFICATE);
    }

    @Test
    void everyKeyIsOnP384AndEverySignatureWithSha384() {
        Profile signer = Profile.signer("i-1-enc1", DAYS);
        NitroPki.Key instance =
                NitroPki.issue(
                        PKI.zone(),
                        Profile.authority("i-1", DAYS, 0).on("secp256r1", "SHA384withECDSA"));
        NitroPki weak = new NitroPki(PKI.root(), PKI.region(), PKI.zone(), instance);
        NitroPki.Key below = NitroPki.issue(instance, signer);

        assertThat(judgeSigner(signer.on("secp256r1", "SHA384withECDSA")))
                .isEqualTo(Check.CERTIFICATE);
        assertThat(judgeSigner(signer.on("secp384r1", "SHA256withECDSA")))
                .isEqualTo(Check.CERTIFICATE);
        assertThat(check(judge(NitroDocument.enclave(weak, below, MADE))))
                .isEqualTo(Check.CERTIFICATE);
    }

    private static Check judgeInstance(Profile profile) {
        NitroPki.Key instance = NitroPki.issue(PKI.zone(), profile);
        NitroPki pki = new NitroPki(PKI.root(), PKI.region(), PKI.zone(), instance);
        return check(judge(NitroDocument.enclave(pki, pki.signer(MADE), MADE)));
    }

    @Test
    void whatIssuesIsAnAuthority() {
        Profile authority = Profile.authority("i-1", DAYS, 0);

        assertThat(judgeInstance(authority.with(-1, KeyUsage.keyCertSign)))
                .isEqualTo(Check.CERTIFICATE);
        assertThat(judgeInstance(authority.with(0, KeyUsage.digitalSignature)))
                .isEqualTo(Check.CERTIFICATE);
    }

    /** An instance's authority may have nothing but signers below it. */
    @Test
    void noAuthorityHasMoreBelowItThanItMay() {
        NitroPki.Key further =
                NitroPki.issue(PKI.instance(), Profile.authority("further", DAYS, 0));
        NitroPki.Key signer = NitroPki.issue(further, Profile.signer("i-1-enc1", DAYS));
        NitroDocument document = NitroDocument.enclave(PKI, signer, MADE);
        document.bundle.add(NitroDocument.der(further));

        assertThat(check(judge(document))).isEqualTo(Check.CERTIFICATE);
    }

    @Test
    void everyCertificateHeldWhenTheDocumentWasMade() {
        Validity ended = new Validity(NOW.minus(Duration.ofDays(2)), MADE.minusSeconds(1));
        Validity later = new Validity(NOW, NOW.plus(Duration.ofDays(1)));

        assertThat(judgeInstance(Profile.authority("i-1", ended, 0))).isEqualTo(Check.EXPIRED);
        assertThat(judgeInstance(Profile.authority("i-1", later, 0)))
                .isEqualTo(Check.NOT_YET_VALID);
    }

    private static Appraisal judgeWith(Revocation revocation, byte[]... lists) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        for (byte[] list : lists) {
            files.put("list-" + files.size(), list);
        }
        AppraisalPolicy policy =
                PlayedAmazon.policy(
                        new NitroPolicy.Enclaves(
                                new NitroPolicy.Accepted(MAX_AGE, revocation, Map.of())));
        return new NitroKind()
                .verify(enclave().make(), new Bundle(files), policy, Optional.empty(), NOW);
    }

    private static byte[] list(NitroPki.Key issuer, X509Certificate... revoked) {
        return NitroPki.crl(issuer, DAYS, List.of(revoked));
    }

    /** Amazon names no list in certificates of instances and enclaves: none is no clearance. */
    @Test
    void everyAuthoritysListMustBeThereWhereThePolicyAsksForThem() {
        List<byte[]> all =
                Stream.of(PKI.root(), PKI.region(), PKI.zone(), PKI.instance())
                        .map(authority -> list(authority))
                        .toList();

        assertThat(judgeWith(Revocation.REQUIRED, all.toArray(new byte[0][])))
                .isInstanceOf(Appraisal.Trusted.class);
        for (int absent = 0; absent < all.size(); absent++) {
            List<byte[]> rest = new ArrayList<>(all);
            rest.remove(absent);
            assertThat(check(judgeWith(Revocation.REQUIRED, rest.toArray(new byte[0][]))))
                    .isEqualTo(Check.COLLATERAL);
            assertThat(judgeWith(Revocation.IF_PRESENT, rest.toArray(new byte[0][])))
                    .isInstanceOf(Appraisal.Trusted.class);
        }
        assertThat(judgeWith(Revocation.IF_PRESENT)).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void aCertificateOnAListIsRefusedWhateverThePolicySays() {
        for (Revocation revocation : Revocation.values()) {
            assertThat(revoking(revocation, PKI.root(), PKI.region())).isEqualTo(Check.REVOKED);
            assertThat(revoking(revocation, PKI.region(), PKI.zone())).isEqualTo(Check.REVOKED);
            assertThat(revoking(revocation, PKI.zone(), PKI.instance())).isEqualTo(Check.REVOKED);
            assertThat(revoking(revocation, PKI.instance(), SIGNER)).isEqualTo(Check.REVOKED);
        }
    }

    private static Check revoking(
            Revocation revocation, NitroPki.Key issuer, NitroPki.Key revoked) {
        byte[][] lists =
                Stream.of(PKI.root(), PKI.region(), PKI.zone(), PKI.instance())
                        .map(
                                one ->
                                        one.equals(issuer)
                                                ? list(one, revoked.certificate())
                                                : list(one))
                        .toArray(byte[][]::new);
        return check(judgeWith(revocation, lists));
    }

    @Test
    void aListHoldsNowAndBoundsTheVerdict() {
        Validity short_ = new Validity(NOW.minusSeconds(60), NOW.plusSeconds(60));
        Validity old = new Validity(NOW.minusSeconds(60), NOW);
        Validity early = new Validity(NOW.plusSeconds(1), NOW.plusSeconds(60));

        assertThat(
                        trusted(
                                        judgeWith(
                                                Revocation.IF_PRESENT,
                                                NitroPki.crl(PKI.root(), short_, List.of())))
                                .expiry())
                .isEqualTo(NOW.plusSeconds(60));
        assertThat(
                        check(
                                judgeWith(
                                        Revocation.IF_PRESENT,
                                        NitroPki.crl(PKI.root(), old, List.of()))))
                .isEqualTo(Check.EXPIRED);
        assertThat(
                        check(
                                judgeWith(
                                        Revocation.IF_PRESENT,
                                        NitroPki.crl(PKI.root(), early, List.of()))))
                .isEqualTo(Check.NOT_YET_VALID);
    }

    @Test
    void aListInTheRootsNameThatItDidNotSignIsRefused() {
        byte[] forged = list(new NitroPki.Key(PKI.zone().keys(), PKI.root().certificate()));

        assertThat(check(judgeWith(Revocation.IF_PRESENT, forged))).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void otherFilesArePassedOverAndABrokenListIsAFault() {
        byte[] list = list(PKI.root());
        byte[] broken = Arrays.copyOf(list, list.length - 1);
        byte[] json = {'{', '}'};

        assertThat(judgeWith(Revocation.IF_PRESENT, json)).isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(judgeWith(Revocation.IF_PRESENT, broken))).isEqualTo(Check.COLLATERAL);
    }

    /** What is kept is what verified, not what was judged: an ended chain is refused again. */
    @Test
    void keptCollateralForgetsNoCheck() {
        Collateral kept = Collateral.none();
        byte[] document = enclave().make();
        Instant late = NOW.plus(MAX_AGE);
        for (int i = 0; i < 2; i++) {
            assertThat(
                            Verifier.verify(
                                    document, kept, PlayedAmazon.policy(), Optional.empty(), NOW))
                    .isInstanceOf(Appraisal.Trusted.class);
            assertThat(
                            check(
                                    Verifier.verify(
                                            document,
                                            kept,
                                            PlayedAmazon.policy(),
                                            Optional.empty(),
                                            late)))
                    .isEqualTo(Check.EXPIRED);
        }
    }
}

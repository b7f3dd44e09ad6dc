package io.attestgate.verify.tpm;

import static io.attestgate.verify.tpm.PlayedTpm.NOW;
import static io.attestgate.verify.tpm.PlayedTpm.NO_KEYS;
import static io.attestgate.verify.tpm.PlayedTpm.PKI;
import static io.attestgate.verify.tpm.PlayedTpm.accepting;
import static io.attestgate.verify.tpm.PlayedTpm.certified;
import static io.attestgate.verify.tpm.PlayedTpm.chained;
import static io.attestgate.verify.tpm.PlayedTpm.check;
import static io.attestgate.verify.tpm.PlayedTpm.judge;
import static io.attestgate.verify.tpm.PlayedTpm.policy;
import static io.attestgate.verify.tpm.PlayedTpm.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.testpki.DcapPki;
import io.attestgate.verify.testpki.TestAuthority;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmPki;
import io.attestgate.verify.testpki.TpmQuote;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Why a key is believed: in the ways that the policy names, and in no other. */
final class KeyTrustTest {
    /** TPMA_OBJECT.noDA, which changes a Name and nothing that a reader asks for. */
    private static final int NO_DA = 0x400;

    private static final Octets EK = Octets.of(TpmKey.endorsing().name());

    private static TpmQuote quote() {
        return TpmQuote.of(TpmKey.attesting());
    }

    private static TpmPolicy.KeyRule known(Hash32 spki) {
        return new TpmPolicy.KeyRule(Set.of(), false, Set.of(), Set.of(spki), Map.of());
    }

    private static TpmPolicy.KeyRule activated(TpmQuote quote) {
        return new TpmPolicy.KeyRule(
                Set.of(), false, Set.of(), Set.of(), Map.of(Octets.of(quote.key.name()), EK));
    }

    @Test
    void aKeyThatNobodyVouchesForIsRefused() {
        assertThat(check(judge(quote(), accepting(NO_KEYS)))).isEqualTo(Check.SIGNER);
        assertThat(check(judge(quote(), accepting(chained())))).isEqualTo(Check.SIGNER);
    }

    @Test
    void aKeyMayBeKnownByTheHashOfItsNumbersAlone() {
        TpmQuote quote = quote();
        byte[] spki = quote.key.keys.getPublic().getEncoded();
        quote.describedKey = spki;
        Appraisal.Trusted trusted = trusted(judge(quote, accepting(known(PlayedTpm.sha256(spki)))));

        assertThat(trusted.identity()).doesNotContainKey("akName");
        assertThat(trusted.report().instance())
                .isEqualTo(Instance.of("tpm", PlayedTpm.sha256(spki).bytes()));
        assertThat(check(judge(quote, accepting(PlayedTpm.named(quote)))))
                .as("a Name is of a public area, which is not there")
                .isEqualTo(Check.SIGNER);
        assertThat(check(judge(quote, accepting(known(Hash32.ZERO))))).isEqualTo(Check.SIGNER);
    }

    /** Nobody signed what the attester says beside the key: one TPM must not be many machines. */
    @Test
    void whatAnAttesterSaysBesideAKeyMakesNoOtherMachineOfIt() {
        TpmQuote quote = quote();
        Hash32 spki = PlayedTpm.sha256(quote.key.keys.getPublic().getEncoded());
        byte[] name = quote.key.name();
        Appraisal.Trusted one = trusted(judge(quote, accepting(known(spki))));
        quote.key.attributes |= NO_DA;
        quote.describedKey = quote.key.area();
        Appraisal.Trusted other = trusted(judge(quote, accepting(known(spki))));

        assertThat(quote.key.name()).isNotEqualTo(name);
        assertThat(other.report().instance())
                .isEqualTo(one.report().instance())
                .isEqualTo(Instance.of("tpm", spki.bytes()));
        assertThat(other.identity()).isEqualTo(one.identity()).doesNotContainKey("akName");
    }

    @Test
    void theAttributesOfAKnownKeyCountAllTheSame() {
        TpmQuote quote = quote();
        quote.key.attributes = 0x00040072;
        quote.describedKey = quote.key.area();

        assertThat(
                        check(
                                judge(
                                        quote,
                                        accepting(
                                                known(
                                                        PlayedTpm.sha256(
                                                                quote.key
                                                                        .keys
                                                                        .getPublic()
                                                                        .getEncoded()))))))
                .isEqualTo(Check.SIGNER);
    }

    @Test
    void anActivatedKeyIsOfItsEk() {
        TpmQuote quote = quote();
        quote.ek = EK.bytes();
        Appraisal.Trusted trusted = trusted(judge(quote, accepting(activated(quote))));

        assertThat(trusted.identity()).containsEntry("ekName", EK.toString());
        assertThat(trusted.report().instance()).isEqualTo(Instance.of("tpm", EK.bytes()));
    }

    /** Nobody else can be blamed for a key that no vendor certified. */
    @Test
    void aVerdictOnAKeyWithoutARootRestsOnTheReaderAndSaysSo() {
        TpmQuote quote = quote();
        Hash32 spki = PlayedTpm.sha256(quote.key.keys.getPublic().getEncoded());

        for (TpmPolicy.KeyRule rule :
                List.of(known(spki), PlayedTpm.named(quote), activated(quote))) {
            Appraisal.Trusted trusted = trusted(judge(quote, accepting(rule)));

            assertThat(trusted.roots()).isEmpty();
            assertThat(trusted.report().restsOn())
                    .startsWith("the reader")
                    .contains("no root in this verdict vouches for it");
        }
        assertThat(trusted(judge(quote, accepting(known(spki)))).report().restsOn())
                .isNotEqualTo(
                        trusted(judge(quote, accepting(PlayedTpm.named(quote))))
                                .report()
                                .restsOn());
    }

    @Test
    void anEkThatTheReaderHasNoRecordOfIsRefused() {
        TpmQuote quote = quote();
        quote.ek = TpmKey.endorsing("secp256r1").name();

        assertThat(check(judge(quote, accepting(activated(quote))))).isEqualTo(Check.SIGNER);
        assertThat(check(judge(quote, accepting(PlayedTpm.named(quote))))).isEqualTo(Check.SIGNER);
    }

    @Test
    void aVendorsChainVouchesUnderItsRoot() {
        Appraisal.Trusted trusted = trusted(judge(certified(quote()), accepting(chained())));

        assertThat(trusted.roots()).containsExactly(PKI.rootHash());
        assertThat(trusted.expiry()).isEqualTo(PKI.validity().until());
        assertThat(trusted.report().restsOn()).contains("Test TPM Root");
    }

    @Test
    void issuersMayBeInTheCollateralAndTheKeyInItsCertificateAlone() {
        TpmQuote quote = certified(quote());
        quote.describedKey = TpmQuote.NONE;
        quote.certificates.removeLast();
        quote.certificates.removeLast();
        Bundle issuers =
                Bundle.of(
                        "issuers.der",
                        io.attestgate.verify.testpki.DcapQuote.concat(
                                Certificates.der(PKI.root().certificate()),
                                Certificates.der(PKI.issuer().certificate())));

        assertThat(judge(quote.evidence(), issuers, policy(accepting(chained()))))
                .isInstanceOf(Appraisal.Trusted.class);
        assertThat(check(judge(quote, accepting(chained())))).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void aChainEndsInARootThatThePolicyNamesTwice() {
        TpmQuote quote = certified(quote());
        AppraisalPolicy others =
                new AppraisalPolicy(
                                Set.of(Hash32.ZERO),
                                Map.of(TcbState.UNJUDGED, PlayedTpm.END),
                                Map.of(),
                                AppraisalPolicy.Debug.REFUSED)
                        .with(accepting(chained()));

        assertThat(check(judge(quote, others))).isEqualTo(Check.ROOT);
        assertThat(
                        check(
                                judge(
                                        quote,
                                        accepting(
                                                new TpmPolicy.KeyRule(
                                                        Set.of(Hash32.ZERO),
                                                        false,
                                                        Set.of(),
                                                        Set.of(),
                                                        Map.of())))))
                .isEqualTo(Check.ROOT);
    }

    /** A good certificate of one key must not vouch for another that signed. */
    @Test
    void theCertificatesKeyIsTheOneThatSigned() {
        TpmQuote quote = quote();
        quote.certificates.add(
                PKI.certify(TpmKey.endorsing().keys.getPublic(), TpmPki.Use.SIGN, TpmPki.AK));
        quote.certificates.add(Certificates.der(PKI.issuer().certificate()));
        quote.certificates.add(Certificates.der(PKI.root().certificate()));

        assertThat(check(judge(quote, accepting(chained())))).isEqualTo(Check.SIGNER);
        quote.describedKey = TpmQuote.NONE;
        assertThat(check(judge(quote, accepting(chained())))).isEqualTo(Check.SIGNATURE);
    }

    /** A vendor's root certifies EKs and servers, too: their keys sign what their owner likes. */
    @Test
    void aCertificateIsForAKeyThatAttests() {
        assertThat(purposes(TpmPki.Use.SIGN, TpmPki.AK)).isEmpty();
        assertThat(purposes(TpmPki.Use.SIGN, "1.3.6.1.4.1.311.10.3.12", TpmPki.AK)).isEmpty();
        assertThat(purposes(TpmPki.Use.SIGN)).contains(Check.CERTIFICATE);
        assertThat(purposes(TpmPki.Use.SIGN, TpmPki.EK)).contains(Check.CERTIFICATE);
        assertThat(purposes(TpmPki.Use.SIGN, "1.3.6.1.5.5.7.3.1")).contains(Check.CERTIFICATE);
        assertThat(purposes(TpmPki.Use.SIGN, "2.5.29.37.0")).contains(Check.CERTIFICATE);
        assertThat(purposes(TpmPki.Use.ENCRYPT, TpmPki.AK)).contains(Check.CERTIFICATE);
        assertThat(purposes(TpmPki.Use.AGREE)).contains(Check.CERTIFICATE);
    }

    /** Google states no purpose, or an EK's: its extension is there, and the key signs alone. */
    @Test
    void googlesCertificatesSayWhichMachineTheyAreOf() {
        assertThat(googles(TpmPki.Use.SIGN)).isEmpty();
        assertThat(googles(TpmPki.Use.SIGN, TpmPki.EK)).isEmpty();
        assertThat(googles(TpmPki.Use.SIGN, TpmPki.AK)).isEmpty();
        assertThat(googles(TpmPki.Use.ENCRYPT)).contains(Check.CERTIFICATE);
        assertThat(googles(TpmPki.Use.SIGN_AND_ENCRYPT)).contains(Check.CERTIFICATE);
        assertThat(googles(TpmPki.Use.SIGN_AND_ENCRYPT, TpmPki.EK)).contains(Check.CERTIFICATE);
        assertThat(googles(TpmPki.Use.SIGN, "1.3.6.1.5.5.7.3.1")).contains(Check.CERTIFICATE);
    }

    private static Optional<Check> purposes(TpmPki.Use use, String... purposes) {
        TpmQuote quote = quote();
        return judged(quote, PKI.certify(quote.key.keys.getPublic(), use, purposes));
    }

    private static Optional<Check> googles(TpmPki.Use use, String... purposes) {
        TpmQuote quote = quote();
        return judged(quote, PKI.certifyAsGoogle(quote.key.keys.getPublic(), use, purposes));
    }

    private static Optional<Check> judged(TpmQuote quote, byte[] certificate) {
        certified(quote).certificates.set(0, certificate);
        Appraisal appraisal = judge(quote, accepting(chained()));
        return appraisal instanceof Appraisal.Trusted
                ? Optional.empty()
                : Optional.of(check(appraisal));
    }

    @Test
    void aChainHoldsInItsTime() {
        assertThat(at(NOW.minusSeconds(2 * 86_400))).isEqualTo(Check.NOT_YET_VALID);
        assertThat(at(NOW.plusSeconds(366L * 86_400))).isEqualTo(Check.EXPIRED);
    }

    private static Check at(Instant now) {
        return check(
                PlayedTpm.KIND.verify(
                        certified(quote()).evidence(),
                        Bundle.empty(),
                        policy(accepting(chained())),
                        Optional.empty(),
                        now));
    }

    @Test
    void aRevokedKeyIsRefusedAndAMissingListAsThePolicySays() {
        TpmQuote quote = certified(quote());
        X509Certificate own =
                Certificates.parse(quote.certificates.getFirst()).toOptional().orElseThrow();
        byte[] revoking = PKI.issuer().crl(PKI.validity(), List.of(own));
        byte[] empty = PKI.issuer().crl(PKI.validity(), List.of());
        byte[] roots = PKI.root().crl(PKI.validity(), List.of());
        TpmPolicy required =
                new TpmPolicy(
                        chained(),
                        PlayedTpm.pcrs(),
                        PlayedTpm.ANY_CLOCK,
                        Optional.empty(),
                        new java.util.TreeSet<>(),
                        Revocation.REQUIRED);

        assertThat(
                        check(
                                judge(
                                        quote.evidence(),
                                        Bundle.of("crl", revoking),
                                        policy(accepting(chained())))))
                .isEqualTo(Check.REVOKED);
        assertThat(check(judge(quote, required))).isEqualTo(Check.COLLATERAL);
        assertThat(
                        judge(
                                quote.evidence(),
                                new Bundle(
                                        new java.util.TreeMap<>(
                                                Map.of("issuer.crl", empty, "root.crl", roots))),
                                policy(required)))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    /** The issuer's own name on a leaf's certificate makes no authority of the leaf. */
    @Test
    void aLeafCannotIssue() {
        TestAuthority leaf =
                PKI.root().issue("Test TPM", PKI.validity(), TestAuthority.Role.SIGNER);
        TpmQuote quote = quote();
        TpmPki below = new TpmPki(PKI.root(), leaf, PKI.validity());
        quote.certificates.add(
                below.certify(quote.key.keys.getPublic(), TpmPki.Use.SIGN, TpmPki.AK));
        quote.certificates.add(Certificates.der(leaf.certificate()));
        quote.certificates.add(Certificates.der(PKI.root().certificate()));

        assertThat(check(judge(quote, accepting(chained())))).isEqualTo(Check.CERTIFICATE);
    }

    /** A policy that pins a processor's root does not make its certificates TPMs'. */
    @Test
    void aRootOfAnotherKindVouchesForNoTpm() {
        DcapPki intel = DcapPki.at(NOW);
        TpmQuote quote = TpmQuote.of(TpmKey.attesting("secp256r1", TpmKey.SHA256));
        TpmPki below = new TpmPki(intel.root(), intel.platformAuthority(), intel.validity());
        quote.certificates.add(
                below.certify(quote.key.keys.getPublic(), TpmPki.Use.SIGN, TpmPki.AK));
        quote.certificates.add(Certificates.der(intel.platformAuthority().certificate()));
        quote.certificates.add(Certificates.der(intel.root().certificate()));
        AppraisalPolicy both =
                new AppraisalPolicy(
                                Set.of(PKI.rootHash(), intel.rootHash()),
                                Map.of(TcbState.UNJUDGED, PlayedTpm.END),
                                Map.of(),
                                AppraisalPolicy.Debug.REFUSED)
                        .with(accepting(chained()));

        assertThat(check(judge(quote, both))).isEqualTo(Check.ROOT);
    }

    @Test
    void certificatesThatAreNoneAreRefused() {
        TpmQuote quote = certified(quote());
        quote.certificates.set(1, new byte[] {0x30, 0x03, 1, 2, 3});

        assertThat(check(judge(quote, accepting(chained())))).isEqualTo(Check.CERTIFICATE);
        quote.certificates.set(0, new byte[] {1});
        assertThat(check(judge(quote, accepting(chained())))).isEqualTo(Check.SIGNER);
    }

    @Test
    void aBrokenFileInTheCollateralIsNamed() {
        assertThat(
                        check(
                                judge(
                                        quote().evidence(),
                                        Bundle.of("broken", new byte[] {0x30, 1}),
                                        policy(accepting(NO_KEYS)))))
                .isEqualTo(Check.COLLATERAL);
    }
}

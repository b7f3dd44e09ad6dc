package io.attestgate.verify.tpm;

import static io.attestgate.verify.tpm.PlayedTpm.NOW;
import static io.attestgate.verify.tpm.PlayedTpm.PKI;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.testpki.TpmDevice;
import io.attestgate.verify.testpki.TpmKey;
import io.attestgate.verify.testpki.TpmPki;
import io.attestgate.verify.testpki.TpmQuote;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret that only the TPM with a certified EK gives back, and only for the key it is for. */
final class ActivationTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private final TpmKey key = TpmKey.attesting();

    private static Activator activator(Set<Hash32> roots, Revocation revocation) {
        Collateral collateral = Collateral.parse(Bundle.empty()).toOptional().orElseThrow();
        return new Activator(collateral, roots, revocation, RANDOM);
    }

    private static Activation challenge(TpmKey key, TpmKey ek, byte[] certificate) {
        return activator(Set.of(PKI.rootHash()), Revocation.IF_PRESENT)
                .challenge(area(key), area(ek), chain(certificate), NOW);
    }

    private static TpmPublic area(TpmKey key) {
        return TpmPublic.parse(key.area()).toOptional().orElseThrow();
    }

    private static List<Octets> chain(byte[] certificate) {
        return List.of(
                Octets.of(certificate),
                Octets.of(Certificates.der(PKI.issuer().certificate())),
                Octets.of(Certificates.der(PKI.root().certificate())));
    }

    private static byte[] certificate(TpmKey ek) {
        boolean ecc = ek.keys.getPublic().getAlgorithm().equals("EC");
        TpmPki.Use use = ecc ? TpmPki.Use.AGREE : TpmPki.Use.ENCRYPT;
        return PKI.certify(ek.keys.getPublic(), use, TpmPki.EK);
    }

    private static TpmKey ek(String kind) {
        TpmKey ek =
                switch (kind) {
                    case "rsa2048", "rsa2048-sha384" -> TpmKey.endorsing();
                    case "rsa3072" -> TpmKey.endorsing(3072);
                    default -> TpmKey.endorsing(kind);
                };
        if (kind.equals("rsa2048-sha384") || kind.equals("secp384r1")) {
            ek.nameHash = TpmKey.SHA384;
            ek.symmetricBits = 256;
        }
        return ek;
    }

    private Challenge challenged(Activation activation) {
        return switch (activation) {
            case Activation.Challenged good -> good.challenge();
            case Activation.Activated early -> throw new AssertionError(early.toString());
            case Activation.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    private static Check check(Activation activation) {
        return switch (activation) {
            case Activation.Refused refused -> refused.refusal().check();
            case Activation.Challenged challenged -> throw new AssertionError("a challenge");
            case Activation.Activated activated -> throw new AssertionError("activated");
        };
    }

    private static Optional<byte[]> answer(TpmKey ek, byte[] name, Challenge challenge) {
        return new TpmDevice(ek)
                .activate(
                        name,
                        challenge.credential().idObject().bytes(),
                        challenge.credential().encryptedSecret().bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa2048", "rsa2048-sha384", "rsa3072", "secp256r1", "secp384r1"})
    void aTpmWithBothKeysAnswers(String kind) {
        TpmKey ek = ek(kind);
        Challenge challenge = challenged(challenge(key, ek, certificate(ek)));
        byte[] secret = answer(ek, key.name(), challenge).orElseThrow();

        assertThat(challenge.answer(secret))
                .isInstanceOfSatisfying(
                        Activation.Activated.class,
                        activated -> {
                            assertThat(activated.key().name()).isEqualTo(Octets.of(key.name()));
                            assertThat(activated.key().endorsementKey())
                                    .isEqualTo(Octets.of(ek.name()));
                            assertThat(activated.key().expiry()).isEqualTo(PKI.validity().until());
                        });
    }

    @Test
    void aRecordOfItMakesThePolicyAcceptTheKeysQuotes() {
        TpmKey ek = TpmKey.endorsing();
        Challenge challenge = challenged(challenge(key, ek, certificate(ek)));
        byte[] secret = answer(ek, key.name(), challenge).orElseThrow();
        Activation.Activated activated = (Activation.Activated) challenge.answer(secret);
        TpmQuote quote = TpmQuote.of(key);
        quote.ek = ek.name();

        assertThat(
                        PlayedTpm.judge(
                                quote,
                                PlayedTpm.accepting(PlayedTpm.NO_KEYS.with(activated.key()))))
                .isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void anotherTpmOrAnotherKeyCannotAnswer() {
        TpmKey ek = TpmKey.endorsing();
        Challenge challenge = challenged(challenge(key, ek, certificate(ek)));
        byte[] other = TpmKey.attesting("secp256r1", TpmKey.SHA256).name();

        assertThat(answer(TpmKey.endorsing(2048), key.name(), challenge)).isEmpty();
        assertThat(answer(ek, other, challenge)).isEmpty();
        assertThat(check(challenge.answer(new byte[32]))).isEqualTo(Check.SIGNER);
        assertThat(check(challenge.answer(new byte[0]))).isEqualTo(Check.SIGNER);
    }

    @Test
    void noByteOfACredentialCanChange() {
        TpmKey ek = TpmKey.endorsing("secp256r1");
        Credential credential = challenged(challenge(key, ek, certificate(ek))).credential();
        byte[] id = credential.idObject().bytes();
        for (int i = 2; i < id.length; i++) {
            byte[] flipped = id.clone();
            flipped[i] ^= 1;
            // The sizes of its parts are in front: other sizes run past the end or fail the HMAC.
            if (i > 3) {
                assertThat(
                                new TpmDevice(ek)
                                        .activate(
                                                key.name(),
                                                flipped,
                                                credential.encryptedSecret().bytes()))
                        .as("byte " + i)
                        .isEmpty();
            }
        }
    }

    @Test
    void everySecretAndSeedIsNew() {
        TpmKey ek = TpmKey.endorsing();
        Challenge first = challenged(challenge(key, ek, certificate(ek)));
        Challenge second = challenged(challenge(key, ek, certificate(ek)));

        assertThat(first.credential().idObject()).isNotEqualTo(second.credential().idObject());
        assertThat(first.credential().encryptedSecret())
                .isNotEqualTo(second.credential().encryptedSecret());
        assertThat(check(first.answer(answer(ek, key.name(), second).orElseThrow())))
                .isEqualTo(Check.SIGNER);
    }

    @Test
    void aChallengeShowsNoSecret() {
        TpmKey ek = TpmKey.endorsing();
        Challenge challenge = challenged(challenge(key, ek, certificate(ek)));
        byte[] secret = answer(ek, key.name(), challenge).orElseThrow();

        assertThat(challenge.toString().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain(java.util.HexFormat.of().formatHex(secret));
    }

    @Test
    void bothKeysAreOfTheKindThatTheyMustBe() {
        TpmKey ek = TpmKey.endorsing();
        TpmKey loose = TpmKey.attesting();
        loose.attributes = 0x00040072;
        TpmKey signing = TpmKey.endorsing();
        signing.attributes |= 0x00040000;
        TpmKey open = TpmKey.endorsing();
        open.attributes &= ~0x00010000;

        assertThat(check(challenge(loose, ek, certificate(ek)))).isEqualTo(Check.SIGNER);
        assertThat(check(challenge(key, signing, certificate(ek)))).isEqualTo(Check.SIGNER);
        assertThat(check(challenge(key, open, certificate(ek)))).isEqualTo(Check.SIGNER);
        assertThat(check(challenge(key, key, certificate(ek)))).isEqualTo(Check.SIGNER);
    }

    @Test
    void theCertificateIsOfThisEkAndForOne() {
        TpmKey ek = TpmKey.endorsing();
        TpmKey other = TpmKey.endorsing("secp256r1");
        byte[] signing = PKI.certify(ek.keys.getPublic(), TpmPki.Use.SIGN, TpmPki.EK);
        byte[] web = PKI.certify(ek.keys.getPublic(), TpmPki.Use.ENCRYPT, "1.3.6.1.5.5.7.3.1");
        byte[] plain = PKI.certify(ek.keys.getPublic(), TpmPki.Use.ENCRYPT);
        byte[] googles = PKI.certifyAsGoogle(ek.keys.getPublic(), TpmPki.Use.ENCRYPT);
        byte[] googlesAk = PKI.certifyAsGoogle(ek.keys.getPublic(), TpmPki.Use.SIGN_AND_ENCRYPT);
        byte[] googlesWeb =
                PKI.certifyAsGoogle(ek.keys.getPublic(), TpmPki.Use.ENCRYPT, "1.3.6.1.5.5.7.3.1");

        assertThat(check(challenge(key, ek, certificate(other)))).isEqualTo(Check.CERTIFICATE);
        assertThat(check(challenge(key, ek, signing))).isEqualTo(Check.CERTIFICATE);
        assertThat(check(challenge(key, ek, web))).isEqualTo(Check.CERTIFICATE);
        assertThat(check(challenge(key, ek, new byte[] {1}))).isEqualTo(Check.CERTIFICATE);
        assertThat(check(challenge(key, ek, plain))).isEqualTo(Check.CERTIFICATE);
        assertThat(check(challenge(key, ek, googlesAk))).isEqualTo(Check.CERTIFICATE);
        assertThat(check(challenge(key, ek, googlesWeb))).isEqualTo(Check.CERTIFICATE);
        assertThat(challenge(key, ek, googles)).isInstanceOf(Activation.Challenged.class);
    }

    @Test
    void theChainStandsUnderTheReadersRootAndIsNotRevoked() {
        TpmKey ek = TpmKey.endorsing();

        assertThat(
                        check(
                                activator(Set.of(Hash32.ZERO), Revocation.IF_PRESENT)
                                        .challenge(
                                                area(key), area(ek), chain(certificate(ek)), NOW)))
                .isEqualTo(Check.ROOT);
        assertThat(
                        check(
                                activator(Set.of(PKI.rootHash()), Revocation.REQUIRED)
                                        .challenge(
                                                area(key), area(ek), chain(certificate(ek)), NOW)))
                .isEqualTo(Check.COLLATERAL);
        assertThat(
                        check(
                                activator(Set.of(PKI.rootHash()), Revocation.IF_PRESENT)
                                        .challenge(area(key), area(ek), List.of(), NOW)))
                .isEqualTo(Check.CERTIFICATE);
    }
}

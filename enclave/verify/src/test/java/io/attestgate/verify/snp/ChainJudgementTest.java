package io.attestgate.verify.snp;

import static io.attestgate.verify.snp.PlayedAmd.GENOA;
import static io.attestgate.verify.snp.PlayedAmd.MILAN;
import static io.attestgate.verify.snp.PlayedAmd.NOW;
import static io.attestgate.verify.snp.PlayedAmd.check;
import static io.attestgate.verify.snp.PlayedAmd.files;
import static io.attestgate.verify.snp.PlayedAmd.judge;
import static io.attestgate.verify.snp.PlayedAmd.lenient;
import static io.attestgate.verify.snp.PlayedAmd.milan;
import static io.attestgate.verify.snp.PlayedAmd.policy;
import static io.attestgate.verify.snp.PlayedAmd.trusted;
import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.testpki.SnpPki;
import io.attestgate.verify.testpki.SnpReport;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The chain to a root, and its revocation list. */
final class ChainJudgementTest {
    private final SnpReport report = milan();
    private final SnpPki.Vek vek = report.vcek();
    private final SortedMap<String, byte[]> files = files(MILAN, vek);

    private Appraisal judged() {
        return judge(report.make(vek.keys()), files, policy(lenient()), NOW);
    }

    @Test
    void aRootThatNobodyPinnedIsRefused() {
        AppraisalPolicy policy = policy(lenient());
        AppraisalPolicy other =
                new AppraisalPolicy(
                                Set.of(GENOA.rootHash(), Verifier.ARK_MILAN),
                                policy.tcbStates(),
                                policy.advisories(),
                                policy.debug())
                        .with(lenient());

        assertThat(check(judge(report, other))).isEqualTo(Check.ROOT);
    }

    @Test
    void withoutItsAuthoritiesAKeyIsNobodys() {
        files.put("chain.pem", SnpPki.pem(MILAN.ask()));
        assertThat(check(judged())).isEqualTo(Check.COLLATERAL);

        files.put("chain.pem", SnpPki.pem(MILAN.ark()));
        assertThat(check(judged())).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void anotherProductsAuthorityVouchesForNothing() {
        files.put("chain.pem", SnpPki.pem(GENOA.ask(), GENOA.ark()));

        assertThat(check(judged())).isEqualTo(Check.COLLATERAL);
    }

    @Test
    void aChainIsValidFromItsFirstInstantToItsLast() {
        byte[] bytes = report.make(vek.keys());
        Validity validity = MILAN.validity();

        assertThat(check(judge(bytes, files, policy(lenient()), validity.from().minusSeconds(1))))
                .isEqualTo(Check.NOT_YET_VALID);
        assertThat(check(judge(bytes, files, policy(lenient()), validity.until().plusSeconds(1))))
                .isEqualTo(Check.EXPIRED);
    }

    @Test
    void anAuthorityThatTheRootRevokedIsRefused() {
        files.put("crl.der", MILAN.crl(MILAN.validity(), List.of(MILAN.ask())));
        assertThat(check(judged())).isEqualTo(Check.REVOKED);

        files.put("crl.der", MILAN.crl(MILAN.validity(), List.of(MILAN.asvk())));
        assertThat(judged()).isInstanceOf(Appraisal.Trusted.class);
    }

    @Test
    void aRevocationListOfAnotherTimeClearsNobody() {
        Instant from = MILAN.validity().from();
        files.put("crl.der", MILAN.crl(new Validity(from, NOW), List.of()));
        assertThat(check(judged())).isEqualTo(Check.EXPIRED);

        files.put("crl.der", MILAN.crl(new Validity(NOW.plusSeconds(1), PlayedAmd.END), List.of()));
        assertThat(check(judged())).isEqualTo(Check.NOT_YET_VALID);
    }

    @Test
    void aVerdictEndsWithItsRevocationList() {
        Instant until = NOW.plus(Duration.ofDays(3));
        files.put("crl.der", MILAN.crl(new Validity(MILAN.validity().from(), until), List.of()));

        assertThat(trusted(judged()).expiry()).isEqualTo(until);
    }

    @Test
    void aMissingListIsRefusedUnlessThePolicySaysIfPresent() {
        files.remove("crl.der");
        SnpPolicy strict = lenient();
        SnpPolicy ifPresent =
                new SnpPolicy(
                        strict.floors(),
                        strict.keys(),
                        strict.allowed(),
                        strict.required(),
                        strict.abi(),
                        strict.vmplMax(),
                        Revocation.IF_PRESENT);

        assertThat(check(judged())).isEqualTo(Check.COLLATERAL);
        assertThat(judge(report.make(vek.keys()), files, policy(ifPresent), NOW))
                .isInstanceOf(Appraisal.Trusted.class);

        files.put("crl.der", MILAN.crl(MILAN.validity(), List.of(MILAN.ask())));
        assertThat(check(judge(report.make(vek.keys()), files, policy(ifPresent), NOW)))
                .isEqualTo(Check.REVOKED);
    }

    @Test
    void aKeySignedWithAnotherAlgorithmIsRefused() {
        for (String algorithm : List.of("SHA384withRSA", "SHA256withRSAandMGF1")) {
            SnpPki.Vek other = MILAN.vcekSignedBy(algorithm, report.tcb, report.hardwareId());

            assertThat(check(judge(report, other, policy(lenient())))).isEqualTo(Check.CERTIFICATE);
        }
    }

    @Test
    void everyKeyIsNumberedZero() {
        assertThat(vek.certificate().getSerialNumber()).isZero();
    }

    @Test
    void aBrokenFileOfAKnownFormIsAFaultAndOthersArePassedOver() {
        X509Certificate ask = MILAN.ask();
        byte[] pem = SnpPki.pem(ask);
        pem[100] = '!';
        assertThat(Collateral.parse(Bundle.of("chain.pem", pem))).isInstanceOf(Parsed.Bad.class);
        assertThat(Collateral.parse(Bundle.of("vek.der", new byte[] {0x30, 1, 0})))
                .isInstanceOf(Parsed.Bad.class);
        assertThat(Collateral.parse(Bundle.of("readme", new byte[] {'h', 'i'})))
                .isInstanceOf(Parsed.Good.class);
    }
}

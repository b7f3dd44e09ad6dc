package io.attestgate.verify.x509;

import static org.assertj.core.api.Assertions.assertThat;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.testpki.TestAuthority;
import io.attestgate.verify.testpki.TestAuthority.Role;
import io.attestgate.verify.testpki.TestAuthority.TestExtension;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.junit.jupiter.api.Test;

/** A list clears the certificates that it speaks of, and no others. */
final class CrlTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Validity TIME = new Validity(NOW.minusSeconds(60), NOW.plusSeconds(60));
    private static final TestAuthority AUTHORITY = TestAuthority.root("Authority", TIME);
    private static final X509Certificate PLAIN =
            AUTHORITY.issue("Somebody", TIME, Role.SIGNER).certificate();
    private static final X509Certificate FIRST =
            AUTHORITY
                    .issue(
                            "Somebody",
                            TIME,
                            Role.SIGNER,
                            Optional.of(new TestExtension("2.5.29.31", points("1"))))
                    .certificate();

    private static DistributionPointName point(String part) {
        return new DistributionPointName(
                new GeneralNames(
                        new GeneralName(
                                GeneralName.uniformResourceIdentifier,
                                "http://crl.example/" + part)));
    }

    private static ASN1Encodable points(String part) {
        return new CRLDistPoint(
                new DistributionPoint[] {new DistributionPoint(point(part), null, null)});
    }

    private static Optional<Check> judge(X509Certificate certificate, TestExtension extension) {
        byte[] list = AUTHORITY.crl(TIME, List.of(), Optional.of(extension));
        return judge(AUTHORITY.certificate(), certificate, list);
    }

    private static Optional<Check> judge(
            X509Certificate issuer, X509Certificate certificate, byte[] list) {
        return Crl.parse(list)
                .toOptional()
                .orElseThrow()
                .refusal(issuer, certificate, NOW)
                .map(Refusal::check);
    }

    private static TestExtension scope(ASN1Encodable issuingPoint) {
        return new TestExtension("2.5.29.28", issuingPoint);
    }

    private static IssuingDistributionPoint only(boolean users, boolean authorities) {
        return new IssuingDistributionPoint(null, users, authorities, null, false, false);
    }

    @Test
    void aListOfChangesClearsNobody() {
        assertThat(judge(PLAIN, new TestExtension("2.5.29.27", new ASN1Integer(1))))
                .contains(Check.COLLATERAL);
    }

    @Test
    void aListOfSomeCertificatesOrReasonsClearsNobody() {
        assertThat(judge(PLAIN, scope(only(false, true)))).contains(Check.COLLATERAL);
        assertThat(judge(PLAIN, scope(only(true, false)))).contains(Check.COLLATERAL);
        assertThat(
                        judge(
                                PLAIN,
                                scope(
                                        new IssuingDistributionPoint(
                                                null,
                                                false,
                                                false,
                                                new ReasonFlags(ReasonFlags.cACompromise),
                                                false,
                                                false))))
                .contains(Check.COLLATERAL);
        assertThat(
                        judge(
                                PLAIN,
                                scope(
                                        new IssuingDistributionPoint(
                                                null, false, false, null, true, false))))
                .contains(Check.COLLATERAL);
        assertThat(judge(PLAIN, scope(new DERSequence()))).isEmpty();
    }

    /** Authorities that cut their lists into parts name the part in each certificate. */
    @Test
    void aListOfAnotherPartClearsNobody() {
        assertThat(judge(FIRST, scope(part("1")))).isEmpty();
        assertThat(judge(FIRST, scope(part("2")))).contains(Check.COLLATERAL);
        assertThat(judge(PLAIN, scope(part("2")))).isEmpty();
    }

    private static IssuingDistributionPoint part(String name) {
        return new IssuingDistributionPoint(point(name), false, false, null, false, false);
    }

    @Test
    void aListOfAnotherTimeIsNamedByItsIssuer() {
        Crl list = Crl.parse(AUTHORITY.crl(TIME, List.of())).toOptional().orElseThrow();

        assertThat(list.refusal(AUTHORITY.certificate(), PLAIN, TIME.until()))
                .contains(
                        new Refusal(
                                Check.EXPIRED,
                                "revocation list of C=US,O=Attestgate test,CN=Authority until"
                                        + " 2026-06-01T12:01:00Z",
                                "one that holds at 2026-06-01T12:01:00Z",
                                "RFC 5280 §6.3"));
        assertThat(list.refusal(AUTHORITY.certificate(), PLAIN, NOW.minusSeconds(61)))
                .contains(
                        new Refusal(
                                Check.NOT_YET_VALID,
                                "revocation list of C=US,O=Attestgate test,CN=Authority from"
                                        + " 2026-06-01T11:59:00Z",
                                "one that holds at 2026-06-01T11:58:59Z",
                                "RFC 5280 §6.3"));
    }

    @Test
    void whoMaySignNoListsSignedNone() {
        TestAuthority signer = AUTHORITY.issue("Signer", TIME, Role.SIGNER);

        assertThat(judge(signer.certificate(), PLAIN, signer.crl(TIME, List.of())))
                .contains(Check.COLLATERAL);
        assertThat(judge(AUTHORITY.certificate(), PLAIN, AUTHORITY.crl(TIME, List.of()))).isEmpty();
    }
}

package io.attestgate.verify.testpki;

import io.attestgate.verify.testpki.TestAuthority.Role;
import io.attestgate.verify.testpki.TestAuthority.TestExtension;
import io.attestgate.verify.testpki.TestAuthority.Validity;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;

/**
 * Intel's authorities, played: a root, the authority for platforms with one platform, and the
 * signer of TCB info. Makes what {@link DcapQuote} and {@link DcapCollateral} describe.
 *
 * @param root of all
 * @param platformAuthority issues PCK certificates
 * @param pck the one platform's key
 * @param tcbSigning signs TCB info and QE identity
 * @param validity of every certificate
 */
public record DcapPki(
        TestAuthority root,
        TestAuthority platformAuthority,
        TestAuthority pck,
        TestAuthority tcbSigning,
        Validity validity) {
    public static final String OID = "1.2.840.113741.1.13.1";
    public static final int COMPONENTS = 16;

    /** Each SGX component and the PCE of the platform that {@link #at} makes. */
    public static final int SVN = 5;

    /** The platform's model and its own number, in hexadecimal. */
    public static final String FMSPC = "000102030405";

    public static final String PPID = "00000000000000000000000000000007";

    /** Everything valid from a day before {@code now} to a year after. */
    public static DcapPki at(Instant now) {
        return of(new Validity(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(365))));
    }

    /** Everything valid in that time. */
    public static DcapPki of(Validity validity) {
        return below(TestAuthority.root("Intel SGX Root CA", validity), validity);
    }

    /** Everything below that root, valid in that time. */
    public static DcapPki below(TestAuthority root, Validity validity) {
        TestAuthority platforms = root.issue("Intel SGX PCK Platform CA", validity, Role.AUTHORITY);
        return new DcapPki(
                root,
                platforms,
                platform(platforms, validity),
                root.issue("Intel SGX TCB Signing", validity, Role.SIGNER),
                validity);
    }

    /** A platform's key, with the extension that describes it. */
    public static TestAuthority platform(TestAuthority authority, Validity validity) {
        return authority.issue(
                "Intel SGX PCK Certificate",
                validity,
                Role.SIGNER,
                Optional.of(new TestExtension(OID, sgxExtension())));
    }

    public DcapPki withPck(TestAuthority other) {
        return new DcapPki(root, platformAuthority, other, tcbSigning, validity);
    }

    public DcapPki withTcbSigning(TestAuthority other) {
        return new DcapPki(root, platformAuthority, pck, other, validity);
    }

    /** How the root is pinned. */
    public Hash32 rootHash() {
        return Certificates.sha256(root.certificate());
    }

    /** The platform's chain, leaf first, as a quote carries it. */
    public byte[] chain() {
        return pem(List.of(pck.certificate(), platformAuthority.certificate(), root.certificate()));
    }

    public static byte[] pem(List<X509Certificate> certificates) {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(
                            Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(Certificates.der(certificate)))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return pem.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static DERSequence sgxExtension() {
        ASN1EncodableVector tcb = new ASN1EncodableVector();
        byte[] cpuSvn = new byte[COMPONENTS];
        for (int i = 1; i <= COMPONENTS; i++) {
            tcb.add(member(OID + ".2." + i, new ASN1Integer(SVN)));
            cpuSvn[i - 1] = SVN;
        }
        tcb.add(member(OID + ".2.17", new ASN1Integer(SVN)));
        tcb.add(member(OID + ".2.18", new DEROctetString(cpuSvn)));
        ASN1EncodableVector all = new ASN1EncodableVector();
        all.add(member(OID + ".1", octets(PPID)));
        all.add(member(OID + ".2", new DERSequence(tcb)));
        all.add(member(OID + ".3", new DEROctetString(new byte[2])));
        all.add(member(OID + ".4", octets(FMSPC)));
        all.add(member(OID + ".5", new ASN1Enumerated(1)));
        all.add(member(OID + ".6", new DEROctetString(new byte[16])));
        return new DERSequence(all);
    }

    private static DEROctetString octets(String hex) {
        return new DEROctetString(HexFormat.of().parseHex(hex));
    }

    private static DERSequence member(String oid, ASN1Encodable value) {
        return new DERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(oid), value});
    }
}

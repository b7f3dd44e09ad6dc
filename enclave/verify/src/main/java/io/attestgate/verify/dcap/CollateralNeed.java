package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.Crl;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;

/**
 * Which of Intel's documents a quote must be held against, as the certificate of its platform says;
 * believed in nothing.
 *
 * @param fmspc the platform's model
 * @param authority who issued the platform's certificate, and so its revocation list
 * @param root whose own revocation list it is held against, too
 */
public record CollateralNeed(Tee tee, Octets fmspc, Authority authority, X509Certificate root) {

    /** Intel's authorities for platforms (SGX PCK Certificate and CRL Specification, 1). */
    public enum Authority {
        /** For platforms of one processor. */
        PROCESSOR("processor", "Intel SGX PCK Processor CA"),
        /** For platforms of several, registered as one. */
        PLATFORM("platform", "Intel SGX PCK Platform CA");

        private final String parameter;
        private final String commonName;

        Authority(String parameter, String commonName) {
            this.parameter = parameter;
            this.commonName = commonName;
        }

        /** As Intel's service asks for it: the parameter {@code ca}. */
        public String parameter() {
            return parameter;
        }

        /** Whether a list says that it is this authority's. */
        public boolean isIssuerOf(Crl crl) {
            return crl.isOf(commonName);
        }
    }

    /** Reads it from a quote; a fault if the quote carries no chain of a platform. */
    public static Parsed<CollateralNeed> of(Quote quote) {
        try {
            Pck pck = Pck.of(quote.signature());
            X509Certificate issuer = pck.path().certificates().get(1);
            return authority(issuer)
                    .then(
                            authority ->
                                    Parsed.good(
                                            new CollateralNeed(
                                                    quote.tee(),
                                                    pck.platform().fmspc(),
                                                    authority,
                                                    pck.path().root())));
        } catch (RefusedException e) {
            return Parsed.bad(new Fault("quote", e.refusal().found(), e.refusal().expected()));
        }
    }

    private static Parsed<Authority> authority(X509Certificate issuer) {
        for (Authority authority : Authority.values()) {
            if (CommonName.is(issuer, authority.commonName)) {
                return Parsed.good(authority);
            }
        }
        return Parsed.bad(
                Fault.quoted(
                        "PCK authority",
                        Certificates.name(issuer),
                        "Intel's for processors or for platforms"));
    }
}

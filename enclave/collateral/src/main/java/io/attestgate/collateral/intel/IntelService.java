package io.attestgate.collateral.intel;

import io.attestgate.collateral.Update;
import io.attestgate.collateral.http.Question;
import io.attestgate.collateral.http.Service;
import io.attestgate.collateral.http.Trust;
import io.attestgate.verify.dcap.CollateralNeed;
import io.attestgate.verify.dcap.Tee;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Where Intel's documents are (Intel PCS API v4; PCCS Design Guide, API).
 *
 * <p>The caching service PCCS has the same paths, and the root's revocation list at one of its own.
 */
public sealed interface IntelService {
    /** Intel's public service. */
    String PCS = "https://api.trustedservices.intel.com";

    /** The root's revocation list, at the address in Intel's certificates. */
    String ROOT_CRL = "https://certificates.trustedservices.intel.com/IntelSGXRootCA.der";

    Service service();

    /** The root's revocation list: DER, or DER in hexadecimal digits. */
    URI rootCrl();

    /**
     * Intel's own.
     *
     * @param rootCrl where the root's revocation list is
     */
    record Pcs(Service service, URI rootCrl) implements IntelService {
        /** Intel's public service. */
        public static Pcs standard() {
            return new Pcs(new Service(PCS), URI.create(ROOT_CRL));
        }

        /** Another that has its paths, the root's list among them. */
        public static Pcs at(Service service) {
            return service.base().equals(PCS)
                    ? standard()
                    : new Pcs(service, service.uri("/IntelSGXRootCA.der"));
        }
    }

    /** A cache of it, as operators run them. */
    record Pccs(Service service) implements IntelService {
        @Override
        public URI rootCrl() {
            return service.uri("/sgx/certification/v4/rootcacrl");
        }
    }

    /** TCB info of a model. */
    default Question tcbInfo(CollateralNeed need, Update update, Trust trust) {
        return Question.get(
                service()
                        .uri(
                                "%s/tcb?fmspc=%s&update=%s"
                                        .formatted(
                                                path(need.tee()),
                                                HexFormat.of().formatHex(need.fmspc().bytes()),
                                                update.parameter())),
                new Readings.TcbInfo(need.tee(), need.fmspc(), trust));
    }

    /** The identity of a quoting enclave. */
    default Question identity(Tee tee, Update update, Trust trust) {
        return Question.get(
                service().uri(path(tee) + "/qe/identity?update=" + update.parameter()),
                new Readings.Identity(tee, trust));
    }

    /** The revocation list of an authority for platforms. */
    default Question pckCrl(CollateralNeed.Authority authority, Trust trust) {
        return Question.get(
                service()
                        .uri(
                                "/sgx/certification/v4/pckcrl?ca=%s&encoding=der"
                                        .formatted(authority.parameter())),
                new Readings.PckCrl(authority, trust));
    }

    /** That root's revocation list. */
    default Question rootCaCrl(X509Certificate root, Trust trust) {
        return Question.get(rootCrl(), new Readings.RootCrl(root, trust));
    }

    /** Which TCB recoveries there are. */
    default Question evaluationNumbers(Tee tee) {
        return Question.get(
                service().uri(path(tee) + "/tcbevaluationdatanumbers"),
                new Readings.Evaluations(tee));
    }

    private static String path(Tee tee) {
        return "/%s/certification/v4".formatted(tee.name().toLowerCase(Locale.ROOT));
    }
}

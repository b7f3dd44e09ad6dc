package io.attestgate.collateral.amd;

import io.attestgate.collateral.http.Question;
import io.attestgate.collateral.http.Service;
import io.attestgate.collateral.http.Trust;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.snp.Signer;
import io.attestgate.verify.snp.SnpProduct;
import io.attestgate.verify.snp.SnpTcb;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * Where AMD's certificates are (AMD 57230, VCEK Certificate and KDS Interface Specification, 4).
 *
 * <p>It answers each address a few times a minute and no more, so what it says is kept.
 */
public record KeyService(Service service) {
    /** AMD's public service. */
    public static final String KDS = "https://kdsintf.amd.com";

    /** The certificate of a chip's key for a TCB, which that authority issued. */
    public Question vcek(
            SnpProduct product, Octets hardwareId, SnpTcb tcb, X509Certificate issuer) {
        String address =
                "/vcek/v1/%s/%s?%s"
                        .formatted(
                                product,
                                HexFormat.of().formatHex(hardwareId.bytes()),
                                levels(product, tcb));
        return Question.get(
                service.uri(address), new Readings.Vcek(product, hardwareId, tcb, issuer));
    }

    private static String levels(SnpProduct product, SnpTcb tcb) {
        String fmc = product == SnpProduct.TURIN ? "fmcSPL=%d&".formatted(tcb.fmc()) : "";
        return "%sblSPL=%d&teeSPL=%d&snpSPL=%d&ucodeSPL=%d"
                .formatted(fmc, tcb.bootloader(), tcb.tee(), tcb.snp(), tcb.microcode());
    }

    /** The authorities above a kind of key, in PEM. */
    public Question chain(Signer signer, SnpProduct product, Trust trust) {
        return Question.get(
                uri(signer, product, "cert_chain"), new Readings.Chain(signer, product, trust));
    }

    /** That root's revocation list. */
    public Question crl(Signer signer, SnpProduct product, X509Certificate root) {
        return Question.get(uri(signer, product, "crl"), new Readings.RootCrl(product, root));
    }

    private URI uri(Signer signer, SnpProduct product, String what) {
        return service.uri("/%s/v1/%s/%s".formatted(signer.path(), product, what));
    }
}

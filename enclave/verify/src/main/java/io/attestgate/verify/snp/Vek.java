package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.verify.x509.P384;
import io.attestgate.wire.Parsed;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The certificate of a key that signs reports, with what it says about the key.
 *
 * <p>AMD numbers them all 0, so no revocation list can name one; a chip's key ends with its TCB.
 */
record Vek(X509Certificate certificate, Signer signer, VekExtensions extensions) {

    /** The certificate as one of a key on P-384; none if it is of something else. */
    static Stream<Vek> read(X509Certificate certificate) {
        if (!(VekExtensions.of(certificate) instanceof Parsed.Good<VekExtensions> good)
                || !P384.isP384(certificate.getPublicKey())) {
            return Stream.empty();
        }
        Signer signer = good.value().hardwareId().isPresent() ? Signer.VCEK : Signer.VLEK;
        return Certificates.hasCommonName(certificate, signer.subject())
                ? Stream.of(new Vek(certificate, signer, good.value()))
                : Stream.empty();
    }

    SnpProduct product() {
        return extensions.product();
    }

    /** How this key differs from the one that a report names; empty if it does not. */
    Optional<String> mismatch(Report report, Signer expected) {
        if (signer != expected) {
            return Optional.of("a certificate of a " + signer);
        }
        if (!isProductOf(report)) {
            return Optional.of("a %s for %s".formatted(signer, product()));
        }
        if (!extensions.tcb().equals(report.reportedTcb())) {
            return Optional.of("a %s for TCB %s".formatted(signer, extensions.tcb()));
        }
        return extensions
                .hardwareId()
                .filter(id -> !isOf(id, report.chipId()))
                .map(id -> "a %s of chip %s".formatted(signer, id));
    }

    /** Version 2 does not say; Turin never made it. */
    private boolean isProductOf(Report report) {
        return report.version() == 2
                ? product() != SnpProduct.TURIN
                : report.product().equals(Optional.of(product()));
    }

    /** Turin's id is shorter than its field; a masked id is nobody's and contradicts none. */
    private static boolean isOf(Octets hardwareId, Optional<Octets> chipId) {
        byte[] padded = Arrays.copyOf(hardwareId.bytes(), Report.CHIP_ID_BYTES);
        return chipId.isEmpty() || chipId.get().equals(Octets.of(padded));
    }

    boolean isSignatureOf(Report report) {
        return report.signature()
                .p1363()
                .filter(
                        signature ->
                                P384.isSigned(
                                        certificate.getPublicKey(), signature, report.signed()))
                .isPresent();
    }
}

package io.attestgate.verify.dcap;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.x509.P256;
import io.attestgate.wire.Digests;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Optional;

/** The enclave that made the attestation key: its report, and whether it is Intel's. */
final class QuotingEnclave {
    private static final int REPORT_DATA_BYTES = 64;

    private QuotingEnclave() {}

    /** Signed by the platform's key, and for this attestation key (QVL 4.1.2.4.11 to .13). */
    static void judge(QuoteSignature signature, PublicKey pck) throws RefusedException {
        RefusedException.unless(
                P256.isSigned(
                        pck, signature.qeReportSignature().bytes(), signature.qeReport().bytes()),
                Check.SIGNER,
                "another signature over the QE report",
                "the PCK's",
                "QVL 4.1.2.4.12");
        byte[] bound =
                Arrays.copyOf(
                        Digests.sha256(
                                signature.attestationKey().bytes(), signature.qeAuthData().bytes()),
                        REPORT_DATA_BYTES);
        RefusedException.unless(
                Arrays.equals(bound, signature.qeReport().reportData().bytes()),
                Check.SIGNER,
                "a QE report for another attestation key",
                "SHA-256 of attestation key and authentication data, then 32 zero bytes",
                "QVL 4.1.2.4.13");
    }

    /** The level of Intel's identity that it reaches (QVL 4.1.2.4.15, 4.1.2.9). */
    static IsvLevel level(SgxReport report, EnclaveIdentity identity) throws RefusedException {
        Optional<String> difference = identity.differenceFrom(report);
        RefusedException.unless(
                difference.isEmpty(),
                Check.SIGNER,
                "another " + difference.orElse(""),
                "that of Intel's " + identity.id(),
                "QVL 4.1.2.9");
        return IsvLevel.reached(identity.levels(), report.isvSvn())
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Check.TCB_LEVEL,
                                        "quoting enclave of SVN " + report.isvSvn(),
                                        "one that a level of its identity reaches down to",
                                        "QVL 4.1.2.9.9"));
    }
}

package io.attestgate.verify.tpm;

import io.attestgate.verify.azure.AzureEvidence;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.wire.Parsed;
import java.util.List;
import java.util.Optional;

/**
 * The report of a processor that vouches for a virtual TPM: judged by its own kind under the same
 * policy, for the hash of the runtime data that names the TPM's key.
 */
record NestedHardware(AzureEvidence azure, Question question, List<EvidenceKind> processors) {
    private static final String CLAUSE = "Azure confidential VM guest attestation, runtime data";
    private static final String VMPL = "vmpl";
    private static final String MOST_PRIVILEGED = "0x00000000";

    Appraisal.Trusted judge() throws RefusedException {
        RefusedException.unless(
                question.accepted().keys().hardware(),
                Check.SIGNER,
                "a key that a hardware report vouches for",
                "a policy whose keys have hardware",
                "the reader's policy");
        Appraisal.Trusted trusted =
                switch (verdict()) {
                    case Appraisal.Trusted good -> good;
                    case Refusal refusal -> throw new RefusedException(of(refusal));
                };
        platform(trusted);
        privilege(trusted);
        question.expiry().at(trusted.expiry());
        return trusted;
    }

    private Appraisal verdict() throws RefusedException {
        EvidenceKind kind =
                processors.stream()
                        .filter(one -> one.isLike(azure.hardware().bytes()))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Check.REPORT,
                                                azure.hardware().size() + " bytes",
                                                "a report of "
                                                        + processors.stream()
                                                                .map(EvidenceKind::name)
                                                                .toList(),
                                                CLAUSE));
        return switch (question.collateral().bundleWith(azure.certificates())) {
            case Parsed.Bad<Bundle> bad -> Refusal.of(Check.COLLATERAL, bad, CLAUSE);
            case Parsed.Good<Bundle> good ->
                    kind.verify(
                            azure.hardware().bytes(),
                            good.value(),
                            question.policy(),
                            Optional.of(azure.runtime().reportData()),
                            question.now());
        };
    }

    /** A report for other runtime data vouches for another key. */
    private static Refusal of(Refusal refusal) {
        return refusal.check() == Check.REPORT_DATA
                ? new Refusal(Check.SIGNER, refusal.found(), refusal.expected(), CLAUSE)
                : refusal;
    }

    /** An enclave runs beside the machine, whose TPM it cannot speak for. */
    private static void platform(Appraisal.Trusted trusted) throws RefusedException {
        String platform = trusted.report().platform();
        RefusedException.unless(
                TrustedQuote.PROCESSORS.contains(platform),
                Check.REPORT,
                "evidence of " + platform,
                "of a machine: " + TrustedQuote.PROCESSORS,
                CLAUSE);
    }

    /**
     * A guest below the paravisor may ask for reports too, with report data of its choice, and so
     * with a key of its own: only the paravisor's level speaks for the TPM.
     */
    private static void privilege(Appraisal.Trusted trusted) throws RefusedException {
        if (!trusted.report().platform().equals(TrustedQuote.SNP)) {
            return; // A trust domain's quote has no such levels.
        }
        String vmpl = trusted.claims().getOrDefault(VMPL, "absent");
        RefusedException.unless(
                vmpl.equals(MOST_PRIVILEGED),
                Check.PRIVILEGE,
                "VMPL " + vmpl,
                "VMPL 0, at which the paravisor runs",
                CLAUSE);
    }
}

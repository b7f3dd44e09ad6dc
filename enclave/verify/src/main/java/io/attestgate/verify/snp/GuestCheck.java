package io.attestgate.verify.snp;

import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.RefusedException;

/**
 * What the guest lets its host do, and who in the guest asked: held against the reader's policy.
 */
record GuestCheck(Report report, Question question) {
    private static final String CLAUSE = "SEV-SNP Firmware ABI, 4.3";

    void judge() throws RefusedException {
        debug();
        permissions();
        restrictions();
        abi();
        privilege();
    }

    private void debug() throws RefusedException {
        RefusedException.unless(
                !report.policy().isDebug()
                        || question.policy().debug() == AppraisalPolicy.Debug.ACCEPTED,
                Check.DEBUG,
                "DEBUG is on in the guest's policy " + report.policy(),
                "off: the host can look into what runs",
                CLAUSE);
    }

    private void permissions() throws RefusedException {
        for (SnpPolicy.Permission permission : SnpPolicy.Permission.values()) {
            RefusedException.unless(
                    !report.policy().allows(permission)
                            || question.accepted().allowed().contains(permission),
                    Check.GUEST_POLICY,
                    "%s allows %s".formatted(report.policy(), permission),
                    "only " + question.accepted().allowed(),
                    CLAUSE);
        }
    }

    private void restrictions() throws RefusedException {
        for (SnpPolicy.Restriction restriction : question.accepted().required()) {
            RefusedException.unless(
                    report.policy().asksFor(restriction),
                    Check.GUEST_POLICY,
                    "%s does not ask for %s".formatted(report.policy(), restriction),
                    question.accepted().required().toString(),
                    CLAUSE);
        }
    }

    private void abi() throws RefusedException {
        RefusedException.unless(
                report.policy().abi().reaches(question.accepted().abi()),
                Check.GUEST_POLICY,
                "%s asks for ABI %s".formatted(report.policy(), report.policy().abi()),
                "at least " + question.accepted().abi(),
                CLAUSE);
    }

    /** All ones says that the host asked, with no level of the guest's. */
    private void privilege() throws RefusedException {
        RefusedException.unless(
                report.vmpl() <= question.accepted().vmplMax(),
                Check.PRIVILEGE,
                "VMPL " + report.vmpl(),
                "at most " + question.accepted().vmplMax(),
                "SEV-SNP Firmware ABI, 7.3");
    }
}

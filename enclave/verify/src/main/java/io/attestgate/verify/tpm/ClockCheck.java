package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.RefusedException;
import java.util.OptionalLong;

/** Holds a TPM's counters and firmware against the policy. */
record ClockCheck(Attest attest, TpmPolicy policy) {
    private static final String CLAUSE = "TPM 2.0 Part 2 §10.11.1, TPMS_CLOCK_INFO";

    void judge() throws RefusedException {
        Attest.Clock clock = attest.clock();
        RefusedException.unless(
                clock.safe() || !policy.clock().safe(),
                Check.CLOCK,
                "safe 0: the TPM may have told such a time before",
                "safe 1",
                CLAUSE);
        count("resetCount", clock.resetCount(), policy.clock().resetCount());
        count("restartCount", clock.restartCount(), policy.clock().restartCount());
        RefusedException.unless(
                policy.firmwareVersions()
                        .map(versions -> versions.contains(attest.firmwareVersion()))
                        .orElse(true),
                Check.TCB_LEVEL,
                "firmwareVersion " + attest.firmwareVersion(),
                "one of " + policy.firmwareVersions().map(Object::toString).orElse(""),
                "the reader's policy");
    }

    private static void count(String name, long found, OptionalLong expected)
            throws RefusedException {
        RefusedException.unless(
                expected.isEmpty() || expected.getAsLong() == found,
                Check.CLOCK,
                name + " " + found,
                Long.toString(expected.orElse(0)),
                CLAUSE);
    }
}

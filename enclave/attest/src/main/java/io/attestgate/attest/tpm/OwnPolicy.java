package io.attestgate.attest.tpm;

import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.verify.evidence.TcbState;
import io.attestgate.verify.tpm.TpmHash;
import io.attestgate.verify.tpm.TpmPolicy;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * How the code on a TPM judges its own quotes: by the very keys that it talks to. Nobody else may
 * judge so, since it takes for granted what a reader has to find out, that these keys are a TPM's.
 */
final class OwnPolicy {
    /** For as long as the process runs: no vendor says anything about a TPM's state. */
    private static final Instant ALWAYS = Instant.parse("9999-12-31T23:59:59Z");

    private OwnPolicy() {}

    /**
     * Of the key with that Name, in the TPM of that endorsement key, quoting those PCRs.
     *
     * @param attestationKey TPMT_PUBLIC
     */
    static AppraisalPolicy of(byte[] attestationKey, Octets endorsement, PcrSelection pcrs) {
        Octets name = TpmName.of(attestationKey).octets();
        TpmHash bank =
                switch (pcrs.bank()) {
                    case SHA256 -> TpmHash.SHA256;
                    case SHA384 -> TpmHash.SHA384;
                };
        TpmPolicy policy =
                new TpmPolicy(
                        new TpmPolicy.KeyRule(
                                Set.of(), false, Set.of(), Set.of(), Map.of(name, endorsement)),
                        new TpmPolicy.PcrRule(
                                io.attestgate.verify.tpm.PcrSelection.of(bank, pcrs.pcrs()),
                                Map.of()),
                        new TpmPolicy.ClockRule(false, OptionalLong.empty(), OptionalLong.empty()),
                        Optional.empty(),
                        new TreeSet<>(),
                        Revocation.IF_PRESENT);
        return new AppraisalPolicy(
                        Set.of(),
                        Map.of(TcbState.UNJUDGED, ALWAYS),
                        Map.of(),
                        AppraisalPolicy.Debug.REFUSED)
                .with(policy);
    }
}

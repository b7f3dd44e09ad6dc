package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.RefusedException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Holds the PCRs of evidence against the quote, and both against the policy. */
record PcrCheck(TpmEvidence evidence, TpmPolicy.PcrRule rule) {
    private static final String CLAUSE = "TPM 2.0 Part 2 §10.12, TPMS_QUOTE_INFO";
    private static final String POLICY = "the reader's policy";

    /** The values that were quoted, by number. */
    SortedMap<Integer, Octets> judge() throws RefusedException {
        PcrSelection selection = selection();
        SortedMap<Integer, Octets> values = new TreeMap<>();
        for (int pcr : selection.pcrs()) {
            values.put(pcr, value(bank(), pcr));
        }
        digest(values);
        for (Map.Entry<Integer, Set<Octets>> allowed : rule.values().entrySet()) {
            Octets value = values.get(allowed.getKey());
            RefusedException.unless(
                    value != null && allowed.getValue().contains(value),
                    Check.PCRS,
                    "PCR %d: %s".formatted(allowed.getKey(), value),
                    "one of " + allowed.getValue(),
                    POLICY);
        }
        return values;
    }

    private TpmHash bank() {
        return TpmHash.of(rule.selection().bank()).orElseThrow();
    }

    private PcrSelection selection() throws RefusedException {
        RefusedException.unless(
                evidence.attest().selections().equals(java.util.List.of(rule.selection())),
                Check.PCRS,
                PcrSelection.spell(evidence.attest().selections()),
                "exactly " + rule.selection(),
                POLICY);
        return rule.selection();
    }

    private Octets value(TpmHash bank, int pcr) throws RefusedException {
        Optional<Octets> value = evidence.pcrs().value(bank, pcr);
        RefusedException.unless(
                value.isPresent(),
                Check.PCRS,
                "PCR %d: absent".formatted(pcr),
                "its value, since it was quoted",
                CLAUSE);
        return value.orElseThrow();
    }

    /** With the hash function of the signature, whatever the bank's is. */
    private void digest(SortedMap<Integer, Octets> values) throws RefusedException {
        Octets digest = evidence.signature().hash().digest(values.values().toArray(Octets[]::new));
        RefusedException.unless(
                digest.equals(evidence.attest().pcrDigest()),
                Check.PCRS,
                "values with digest " + digest,
                "the quoted " + evidence.attest().pcrDigest(),
                CLAUSE);
    }
}

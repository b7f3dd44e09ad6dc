package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PolicyPart;
import io.attestgate.verify.evidence.Revocation;
import io.attestgate.wire.Hash32;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a reader accepts of TPMs. Every field is trust, so none has a default.
 *
 * @param keys why a key that signs quotes is believed
 * @param pcrs what must be quoted
 * @param clock what the TPM's counters must say
 * @param firmwareVersions eight bytes each; empty if every version passes
 * @param replayed PCRs that an event log must explain; a log must be there unless this is empty
 * @param revocation what a missing revocation list means for a chain
 */
public record TpmPolicy(
        KeyRule keys,
        PcrRule pcrs,
        ClockRule clock,
        Optional<Set<Octets>> firmwareVersions,
        SortedSet<Integer> replayed,
        Revocation revocation)
        implements PolicyPart {

    /**
     * Why a key is believed; each way is one more that passes.
     *
     * @param chainRoots roots under which a vendor certifies such keys; each must be among the
     *     policy's roots as well
     * @param hardware whether a processor's report may vouch for it, by that report's own policy
     * @param names of keys that the reader knows (TPM 2.0 Part 1 §16)
     * @param spkis SHA-256 of such keys' SubjectPublicKeyInfo
     * @param activated the reader's record of credentials that he saw activated: the key's Name,
     *     and that of the EK in whose TPM it is
     */
    public record KeyRule(
            Set<Hash32> chainRoots,
            boolean hardware,
            Set<Octets> names,
            Set<Hash32> spkis,
            Map<Octets, Octets> activated) {
        public KeyRule {
            chainRoots = Set.copyOf(chainRoots);
            names = Set.copyOf(names);
            spkis = Set.copyOf(spkis);
            activated = Map.copyOf(activated);
        }

        /** This rule, with a key whose credential was activated. */
        public KeyRule with(ActivatedKey key) {
            Map<Octets, Octets> all = new HashMap<>(activated);
            all.put(key.name(), key.endorsementKey());
            return new KeyRule(chainRoots, hardware, names, spkis, all);
        }
    }

    /**
     * What must be quoted.
     *
     * @param selection exactly these of exactly this bank
     * @param values allowed values by number, each of some; a PCR that is not named may have any
     */
    public record PcrRule(PcrSelection selection, Map<Integer, Set<Octets>> values) {
        public PcrRule {
            values = Map.copyOf(values);
        }
    }

    /**
     * What the TPM's counters must say.
     *
     * @param safe whether time may not have been told before
     * @param resetCount exactly this; empty for any
     * @param restartCount exactly this; empty for any
     */
    public record ClockRule(boolean safe, OptionalLong resetCount, OptionalLong restartCount) {}

    public TpmPolicy {
        firmwareVersions = firmwareVersions.map(Set::copyOf);
        replayed = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(replayed));
    }
}

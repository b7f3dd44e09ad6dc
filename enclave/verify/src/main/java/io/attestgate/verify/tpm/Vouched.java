package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.x509.CertificatePath;
import io.attestgate.verify.x509.Certificates;
import io.attestgate.wire.Hash32;
import java.util.Optional;
import java.util.Set;

/**
 * Why a key is believed.
 *
 * @param by in a phrase, for {@code restsOn}
 * @param keyName the key's Name, where it is by this that the reader knows it: nobody signed what
 *     else an attester says of its public area
 * @param endorsementKey the EK's Name, where the reader has a record of it
 * @param hardware the verdict on the processor that vouched for it
 * @param roots SHA-256 of the certificates that this ends in; empty where the reader vouches
 */
record Vouched(
        String by,
        Optional<Octets> keyName,
        Optional<Octets> endorsementKey,
        Optional<Appraisal.Trusted> hardware,
        Set<Hash32> roots) {
    private static final String NO_ROOT =
            " and no root in this verdict vouches for it; and that TPM with its maker";

    /** The reader, who pinned the key by its Name: its attributes are what he knows, too. */
    static Vouched named(Octets keyName) {
        return new Vouched(
                "the reader, who pinned the key by its Name: that it is a TPM's is his knowledge,"
                        + NO_ROOT,
                Optional.of(keyName),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    /** The reader, who pinned the key itself. */
    static Vouched pinned() {
        return new Vouched(
                "the reader, who pinned the key: that it is a TPM's and signs nothing but what"
                        + " that TPM saw is his knowledge,"
                        + NO_ROOT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    /** The reader, who saw a credential activated in the TPM with that EK. */
    static Vouched activated(Octets keyName, Octets endorsementKey) {
        return new Vouched(
                "the reader's record of a credential activation: that the key is a TPM's was seen"
                        + " then,"
                        + NO_ROOT,
                Optional.of(keyName),
                Optional.of(endorsementKey),
                Optional.empty(),
                Set.of());
    }

    /** Who certified it. */
    static Vouched certified(CertificatePath path) {
        return new Vouched(
                Certificates.name(path.root()) + ", which certified the TPM's key",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(path.rootHash()));
    }

    /** A processor, whose report names it. */
    static Vouched hardware(Appraisal.Trusted verdict) {
        return new Vouched(
                verdict.report().restsOn() + "; the measured paravisor that is the TPM",
                Optional.empty(),
                Optional.empty(),
                Optional.of(verdict),
                verdict.roots());
    }
}

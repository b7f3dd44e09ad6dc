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
 * @param endorsementKey the EK's Name, where the reader has a record of it
 * @param hardware the verdict on the processor that vouched for it
 * @param roots SHA-256 of the certificates that this ends in; empty where the reader vouches
 */
record Vouched(
        String by,
        Optional<Octets> endorsementKey,
        Optional<Appraisal.Trusted> hardware,
        Set<Hash32> roots) {

    /** The reader, who knows the key. */
    static Vouched known() {
        return new Vouched(
                "the TPM's vendor; the reader's knowledge of its key",
                Optional.empty(),
                Optional.empty(),
                Set.of());
    }

    /** The reader, who saw a credential activated in the TPM with that EK. */
    static Vouched activated(Octets endorsementKey) {
        return new Vouched(
                "the TPM's vendor; the reader's record of a credential activation",
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
                Set.of(path.rootHash()));
    }

    /** A processor, whose report names it. */
    static Vouched hardware(Appraisal.Trusted verdict) {
        return new Vouched(
                verdict.report().restsOn() + "; the measured paravisor that is the TPM",
                Optional.empty(),
                Optional.of(verdict),
                verdict.roots());
    }
}

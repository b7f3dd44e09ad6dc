package io.attestgate.verify.tpm;

import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.MalformedException;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.RefusedException;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.verify.x509.CertificatePath;
import io.attestgate.wire.Hash32;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the key of a quote is believed: a processor's report names it, or the reader knows it, or
 * he saw its credential activated, or a vendor certifies it. The evidence chooses among the ways
 * that the policy allows; a hardware report that is there must hold.
 *
 * @param processors the kinds of reports that may vouch for a key
 */
record KeyTrust(TpmEvidence evidence, Question question, List<EvidenceKind> processors) {
    private static final String CLAUSE = "docs/evidence-tpm.md, the key";

    Vouched judge(AttestationKey key) throws RefusedException {
        if (key.area().isPresent()) {
            KeyAttributes.attesting(key.area().get());
            KeyAttributes.scheme(key.area().get(), evidence.signature());
        }
        TpmPolicy.KeyRule rule = question.accepted().keys();
        Optional<Octets> known =
                key.name()
                        .filter(
                                name ->
                                        rule.names().contains(name)
                                                || rule.activated().containsKey(name));
        Optional<Octets> recorded =
                known.flatMap(name -> Optional.ofNullable(rule.activated().get(name)));
        endorsement(recorded);
        if (evidence.azure().isPresent()) {
            return Vouched.hardware(
                    new NestedHardware(evidence.azure().get(), question, processors).judge());
        }
        if (recorded.isPresent()) {
            return Vouched.activated(known.orElseThrow(), recorded.get());
        }
        if (known.isPresent()) {
            return Vouched.named(known.get());
        }
        if (rule.spkis().contains(key.spki())) {
            return Vouched.pinned();
        }
        return certified(key);
    }

    /** An EK that the evidence names is one that the reader has a record of, for this key. */
    private void endorsement(Optional<Octets> recorded) throws RefusedException {
        Optional<Octets> named = evidence.endorsementKey();
        RefusedException.unless(
                named.isEmpty() || named.equals(recorded),
                Check.SIGNER,
                "an EK " + named.map(Octets::toString).orElse(""),
                recorded.map(name -> "the recorded EK " + name)
                        .orElse("none, since the reader has no record of one for this key"),
                CLAUSE);
    }

    private Vouched certified(AttestationKey key) throws RefusedException {
        Set<Hash32> roots = new HashSet<>(question.accepted().keys().chainRoots());
        RefusedException.unless(
                !evidence.certificates().isEmpty() && !roots.isEmpty(),
                Check.SIGNER,
                "key %s%s"
                        .formatted(key.spki(), key.name().map(name -> ", Name " + name).orElse("")),
                "a key that the policy knows, or with a certificate under a root of its chains",
                CLAUSE);
        roots.retainAll(question.policy().roots());
        List<X509Certificate> carried = carried();
        CertificatePath path =
                new KeyChain(
                                question.collateral(),
                                roots,
                                question.accepted().revocation(),
                                question.now())
                        .standing(carried.getFirst(), carried, question.expiry());
        CertifiedKey.attesting(path.leaf());
        return Vouched.certified(path);
    }

    private List<X509Certificate> carried() throws RefusedException {
        try {
            return Collateral.read(evidence.certificates());
        } catch (MalformedException e) {
            throw new RefusedException(
                    Check.CERTIFICATE,
                    e.fault().path() + ": " + e.fault().found(),
                    e.fault().expected(),
                    "RFC 5280 §4.1");
        }
    }
}

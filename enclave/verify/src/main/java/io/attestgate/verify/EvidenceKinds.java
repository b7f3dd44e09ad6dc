package io.attestgate.verify;

import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.dcap.DcapKind;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.AppraisalPolicyReader;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.EvidenceRequirement;
import io.attestgate.verify.evidence.EvidenceRequirementReader;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PolicyPartReader;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.verify.nitro.NitroKind;
import io.attestgate.verify.nvidia.NvidiaKind;
import io.attestgate.verify.simulated.DevelopmentRoot;
import io.attestgate.verify.snp.SnpKind;
import io.attestgate.verify.tpm.TpmKind;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every kind of hardware's evidence that this release judges. */
public final class EvidenceKinds {
    /** In the order in which they are asked whether evidence is theirs. */
    public static final List<EvidenceKind> ALL = all();

    private EvidenceKinds() {}

    private static List<EvidenceKind> all() {
        EvidenceKind dcap = new DcapKind();
        EvidenceKind snp = new SnpKind();
        return List.of(
                dcap, snp, new NitroKind(), new TpmKind(List.of(dcap, snp)), new NvidiaKind());
    }

    /** The kind of which that evidence is; empty if it is of none. */
    public static Optional<EvidenceKind> recognise(byte[] evidence) {
        return ALL.stream().filter(kind -> kind.isLike(evidence)).findFirst();
    }

    /** The kind that travels under that media type; empty if none does. */
    public static Optional<EvidenceKind> ofMediaType(String type) {
        return ALL.stream().filter(kind -> kind.mediaTypes().contains(type)).findFirst();
    }

    /** Every media type that this release judges. */
    static SortedSet<String> mediaTypes() {
        SortedSet<String> types = new TreeSet<>();
        ALL.forEach(kind -> types.addAll(kind.mediaTypes()));
        return types;
    }

    /**
     * Judges a report that stands alone, without claims and envelope: as its kind does, and as the
     * only one of as many vendors' as the policy wants.
     *
     * @param reportData what it must carry; empty if the caller looks at that himself
     */
    public static Appraisal verify(
            byte[] evidence,
            Bundle collateral,
            AppraisalPolicy policy,
            Optional<Octets> reportData,
            Instant now) {
        return recognise(evidence)
                .map(kind -> kind.verify(evidence, collateral, policy, reportData, now))
                .map(appraisal -> alone(appraisal, policy))
                .orElseGet(() -> unknown(evidence));
    }

    private static Appraisal alone(Appraisal appraisal, AppraisalPolicy policy) {
        if (!(appraisal instanceof Appraisal.Trusted trusted)) {
            return appraisal;
        }
        String kind = trusted.report().platform();
        Leg leg = new Leg.Held(Members.nameOf(kind), kind, trusted.report(), Optional.of(trusted));
        return policy.part(EvidenceRequirement.class)
                .flatMap(wanted -> new RequirementCheck(wanted).refusal(List.of(leg)))
                .map(Appraisal.class::cast)
                .orElse(trusted);
    }

    private static Refusal unknown(byte[] evidence) {
        return new Refusal(
                Check.REPORT,
                evidence.length + " bytes of no known form",
                "evidence of one of " + ALL.stream().map(EvidenceKind::title).toList(),
                "docs/evidence.md, hardware");
    }

    /** Reads a policy that may name every kind's roots and have every kind's part. */
    public static Parsed<AppraisalPolicy> policy(byte[] json) {
        Map<String, Hash32> roots = new TreeMap<>();
        Map<String, PolicyPartReader> parts = new TreeMap<>();
        roots.put(RootOfTrust.DEVELOPMENT, DevelopmentRoot.SHA256);
        for (EvidenceKind kind : ALL) {
            roots.putAll(kind.namedRoots());
            parts.putAll(kind.policyParts());
        }
        parts.put(
                EvidenceRequirementReader.MEMBER,
                new EvidenceRequirementReader(Members.measured(), roots));
        return AppraisalPolicyReader.parse(json, roots, parts);
    }
}

package io.attestgate.verify;

import io.attestgate.verify.claims.Claims;
import io.attestgate.verify.claims.EndpointClaims;
import io.attestgate.verify.claims.MeshClaims;
import io.attestgate.verify.claims.RegistrationClaims;
import io.attestgate.verify.claims.TlsKeyClaims;
import io.attestgate.verify.collateral.Bundle;
import io.attestgate.verify.dcap.Quote;
import io.attestgate.verify.dcap.Rtmrs;
import io.attestgate.verify.dcap.TdReport;
import io.attestgate.verify.eventlog.DstackKeyProvider;
import io.attestgate.verify.eventlog.DstackLog;
import io.attestgate.verify.evidence.Appraisal;
import io.attestgate.verify.evidence.AppraisalPolicy;
import io.attestgate.verify.evidence.Check;
import io.attestgate.verify.evidence.CmwRecord;
import io.attestgate.verify.evidence.GpuBinding;
import io.attestgate.verify.evidence.Instance;
import io.attestgate.verify.evidence.Judgement;
import io.attestgate.verify.evidence.Octets;
import io.attestgate.verify.evidence.PlatformReport;
import io.attestgate.verify.evidence.Refusal;
import io.attestgate.verify.kind.EvidenceKind;
import io.attestgate.verify.nvidia.NvidiaPolicy;
import io.attestgate.verify.simulated.SimulatedJudge;
import io.attestgate.verify.simulated.SimulatedReport;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hex;
import io.attestgate.wire.Parsed;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Judges the members of an envelope one by one, hardware with what the reader brings. They are
 * those that {@link Members} lets be there, of the kinds that it lets them be.
 */
record LegJudge(Members members, Claims claims, Optional<Hardware> hardware, Instant now) {
    private static final String CLAUSE = "docs/evidence.md, members";
    private static final String TDX = "tdx";

    Leg judge(String name) {
        CmwRecord member = members.member(name);
        if (member.kind().equals(SimulatedReport.KIND)) {
            return simulated(name, member);
        }
        Optional<EvidenceKind> kind = EvidenceKinds.ofMediaType(member.kind());
        if (kind.isEmpty() || hardware.isEmpty()) {
            return failed(name, unjudged(member.kind()));
        }
        return data(name)
                .map(data -> judge(name, kind.get(), data))
                .orElseGet(() -> failed(name, unbound()));
    }

    private Leg simulated(String name, CmwRecord member) {
        return switch (SimulatedJudge.judge(member, members.envelope().reportData())) {
            case Refusal refusal -> failed(name, refusal);
            case Judgement.Genuine genuine ->
                    new Leg.Held(name, member.kind(), genuine.report(), Optional.empty());
        };
    }

    private Refusal unjudged(String kind) {
        return new Refusal(
                Check.PLATFORM,
                kind,
                hardware.isPresent()
                        ? "one that this release judges: simulated, " + EvidenceKinds.mediaTypes()
                        : "simulated: hardware needs collateral and a policy",
                "docs/evidence.md, platforms");
    }

    private static Refusal unbound() {
        return new Refusal(
                Check.GPU,
                "claims without a signing key",
                "claims of a role that GPUs can be bound to: endpoint or mesh",
                "docs/evidence.md, claims");
    }

    /** What the member must carry: a GPU its own nonce, any other the report data. */
    private Optional<Octets> data(String name) {
        if (!Members.isGpu(name)) {
            return Optional.of(Octets.of(members.envelope().reportData().bytes()));
        }
        return gpuNonce().map(nonce -> Octets.of(nonce.bytes()));
    }

    private Optional<Hash32> gpuNonce() {
        return switch (claims) {
            case EndpointClaims endpoint ->
                    Optional.of(
                            GpuBinding.nonce(
                                    endpoint.nonce(),
                                    endpoint.signingKey(),
                                    endpoint.tlsKeys().connection()));
            case MeshClaims mesh ->
                    Optional.of(GpuBinding.nonce(mesh.nonce(), mesh.signingKey(), mesh.tlsKey()));
            case TlsKeyClaims key -> Optional.empty();
            case RegistrationClaims registration -> Optional.empty();
        };
    }

    private Leg judge(String name, EvidenceKind kind, Octets data) {
        return switch (hardware.orElseThrow().of(name)) {
            case Parsed.Bad<Bundle> bad ->
                    failed(
                            name,
                            Refusal.of(Check.COLLATERAL, bad, "docs/collateral.md, several legs"));
            case Parsed.Good<Bundle> good -> judge(name, kind, data, good.value());
        };
    }

    private Leg judge(String name, EvidenceKind kind, Octets data, Bundle collateral) {
        CmwRecord member = members.member(name);
        Appraisal appraisal =
                kind.verify(
                        member.value(),
                        collateral,
                        policy(name, hardware.orElseThrow().policy()),
                        Optional.of(data),
                        now);
        return switch (appraisal) {
            case Refusal refusal -> failed(name, refusal);
            case Appraisal.Trusted trusted -> asNamed(name, member, trusted);
        };
    }

    /** A GPU is judged by itself; how many there are is asked of all together. */
    private static AppraisalPolicy policy(String name, AppraisalPolicy policy) {
        return policy.part(NvidiaPolicy.class)
                .filter(accepted -> Members.isGpu(name))
                .map(accepted -> policy.with(accepted.withCount(1)))
                .orElse(policy);
    }

    private Leg asNamed(String name, CmwRecord member, Appraisal.Trusted trusted) {
        String expected = member.kind().equals(Members.DSTACK) ? TDX : member.kind();
        String found = trusted.report().platform();
        if (!found.equals(expected)) {
            return failed(
                    name, new Refusal(Check.REPORT, "evidence of " + found, expected, CLAUSE));
        }
        return member.kind().equals(Members.DSTACK)
                ? dstack(name, member, trusted)
                : held(name, trusted.report(), trusted);
    }

    private Leg dstack(String name, CmwRecord cpu, Appraisal.Trusted trusted) {
        TdReport domain = (TdReport) Quote.parse(cpu.value()).toOptional().orElseThrow().body();
        return switch (DstackLog.parse(members.member(Members.EVENT_LOG).value())) {
            case Parsed.Bad<DstackLog> bad ->
                    failed(
                            name,
                            Refusal.of(Check.EVENT_LOG, bad, "docs/evidence-dcap.md, event logs"));
            case Parsed.Good<DstackLog> good ->
                    Rtmrs.refusal(good.value(), domain)
                            .<Leg>map(refusal -> failed(name, refusal))
                            .orElseGet(
                                    () ->
                                            held(
                                                    name,
                                                    dstack(good.value(), domain, trusted),
                                                    trusted));
        };
    }

    private static PlatformReport dstack(
            DstackLog log, TdReport domain, Appraisal.Trusted trusted) {
        String ppid = Objects.requireNonNull(trusted.identity().get("ppid"));
        return new PlatformReport(
                Members.DSTACK,
                Rtmrs.dstackRegisters(log, domain),
                Instance.of(Members.DSTACK, Hex.parse(ppid).orElseThrow()),
                Optional.empty(),
                "%s; dstack's measured system; for keys %s"
                        .formatted(
                                trusted.report().restsOn(),
                                log.keyProvider()
                                        .map(DstackKeyProvider::toString)
                                        .orElse("nobody it names")));
    }

    private Leg held(String name, PlatformReport report, Appraisal.Trusted trusted) {
        return new Leg.Held(name, members.member(name).kind(), report, Optional.of(trusted));
    }

    private Leg failed(String name, Refusal refusal) {
        return new Leg.Failed(name, members.member(name).kind(), refusal);
    }
}

package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.DomainDocument;
import io.attestgate.policy.document.EvidenceRoot;
import io.attestgate.policy.document.EvidenceRule;
import io.attestgate.policy.document.GatewayDocument;
import io.attestgate.policy.document.KeyProvider;
import io.attestgate.policy.document.RollbackRisk;
import io.attestgate.policy.document.TcbState;
import io.attestgate.wire.Base64Url;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who is to enforce a policy, as its own platform says: a policy that does not accept this platform
 * is no policy to serve by.
 *
 * @param platform such as {@code simulated}
 * @param tcbState of that platform; {@link TcbState#UNJUDGED} for the simulated one
 * @param roots what that platform's evidence ends in, every one of which a document must accept
 * @param instance the digest that names the machine, as evidence carries it; empty if it has none
 * @param rollback what keeps its state from being replaced by an older one
 * @param keyProvider who else can open what it seals, as its evidence names him; empty if its
 *     platform alone can
 */
public record Enforcer(
        String platform,
        TcbState tcbState,
        Set<EvidenceRoot> roots,
        Optional<Hash32> instance,
        Rollback rollback,
        Optional<KeyProvider> keyProvider) {
    public Enforcer {
        roots = Set.copyOf(roots);
    }

    /** One that seals under its platform's own secret. */
    public Enforcer(
            String platform,
            TcbState tcbState,
            Set<EvidenceRoot> roots,
            Optional<Hash32> instance,
            Rollback rollback) {
        this(platform, tcbState, roots, instance, rollback, Optional.empty());
    }

    /** One on the simulated platform, which nobody judges and no instance of which has a name. */
    public static Enforcer simulated(Rollback rollback) {
        return new Enforcer(
                "simulated",
                TcbState.UNJUDGED,
                Set.of(EvidenceRoot.DEVELOPMENT),
                Optional.empty(),
                rollback);
    }

    /** The same, sealing under that provider's secret. */
    public Enforcer withKeyProvider(KeyProvider provider) {
        return new Enforcer(platform, tcbState, roots, instance, rollback, Optional.of(provider));
    }

    /** Why this enforcer may not serve by the gateway's document; empty if it may. */
    List<Fault> refusalsBy(GatewayDocument gateway) {
        List<Fault> refusals = new ArrayList<>();
        require(refusals, gateway.platforms().contains(platform), "$.platforms", platform);
        require(
                refusals,
                gateway.tcbStates().contains(tcbState),
                "$.tcbStates",
                tcbState.spelling());
        require(
                refusals,
                gateway.instances().allows(instance),
                "$.instances",
                instance.map(Hash32::bytes).map(Base64Url::write).orElse("no instance"));
        require(
                refusals,
                suffices(gateway.evidence()),
                "$.evidence",
                "%s that ends in %s".formatted(platform, roots));
        require(
                refusals,
                keyProvider.map(gateway.keyProviders()::contains).orElse(true),
                "$.keyProviders",
                keyProvider.map(KeyProvider::toString).orElse("none"));
        return refusals;
    }

    /**
     * What beats the gateway's document asks of this platform. Without a trusted register, or where
     * the document asks for beats anyway, one has to be seen before anything is served, unless the
     * document accepts by name that the view of the chain may be an old one.
     */
    HeartbeatDuty heartbeatDuty(GatewayDocument gateway) {
        boolean needed = rollback == Rollback.UNPROTECTED || gateway.heartbeat().isPresent();
        return new HeartbeatDuty(
                needed && gateway.rollbackRisk() == RollbackRisk.REFUSED, gateway.heartbeat());
    }

    /** Why this enforcer may not serve by a domain's document; empty if it may. */
    List<Fault> refusalsBy(DomainDocument domain) {
        List<Fault> refusals = new ArrayList<>();
        require(
                refusals,
                domain.platforms().map(all -> all.contains(platform)).orElse(true),
                "$.platforms",
                platform);
        require(
                refusals,
                domain.tcbStates().map(all -> all.contains(tcbState)).orElse(true),
                "$.tcbStates",
                tcbState.spelling());
        return refusals;
    }

    /** A platform gives evidence of its own kind, and in this release of no other. */
    private boolean suffices(EvidenceRule evidence) {
        long given =
                evidence.require().stream().filter(kind -> kind.counts(platform, roots)).count();
        return given >= evidence.atLeast();
    }

    private static void require(List<Fault> refusals, boolean met, String path, String ours) {
        if (!met) {
            refusals.add(Fault.quoted(path, ours, "what the document accepts"));
        }
    }

    /** What keeps sealed state from being rolled back. */
    public enum Rollback {
        /** A register that only the platform can move. */
        TRUSTED_REGISTER,
        /** Nothing. */
        UNPROTECTED
    }
}

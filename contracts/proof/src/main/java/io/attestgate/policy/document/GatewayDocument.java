package io.attestgate.policy.document;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * The document of the gateway as a whole, with what it leaves open filled in.
 *
 * @param platforms accepted, never by default
 * @param tcbStates accepted, never by default
 * @param instances which machines, never by default
 * @param evidence what evidence there must be, never by default
 * @param authorities the ACME directories that a domain may name, never by default
 * @param tlsVersions that a domain may speak
 * @param ceilings every bound's largest value for a domain
 * @param defaults every bound's value for a domain that writes none; within the ceilings
 * @param hsts for a domain that writes none
 * @param staleness how old the newest proven block may be
 * @param logs what may leave the enclave
 * @param rollbackRisk whether it serves after a start before anything proves its view to be new
 * @param heartbeat how often that is proven anew; empty where it is not asked for
 * @param keyProviders under whose secrets it may seal beside its platform's own, never by default
 */
public record GatewayDocument(
        Set<String> platforms,
        Set<TcbState> tcbStates,
        InstanceRule instances,
        EvidenceRule evidence,
        Set<URI> authorities,
        Set<TlsVersion> tlsVersions,
        Bounds ceilings,
        Bounds defaults,
        Hsts hsts,
        Staleness staleness,
        LogRule logs,
        RollbackRisk rollbackRisk,
        Optional<HeartbeatRule> heartbeat,
        Set<KeyProvider> keyProviders) {
    public GatewayDocument {
        platforms = Set.copyOf(platforms);
        tcbStates = Set.copyOf(tcbStates);
        authorities = Set.copyOf(authorities);
        tlsVersions = Set.copyOf(tlsVersions);
        keyProviders = Set.copyOf(keyProviders);
    }
}

package io.attestgate.proxy.chain;

import io.attestgate.policy.beacon.BeaconApi;
import io.attestgate.policy.beacon.LightClientFinality;
import io.attestgate.policy.endpoint.Endpoint;
import io.attestgate.policy.endpoint.EndpointStatus;
import io.attestgate.policy.endpoint.Endpoints;
import io.attestgate.policy.finality.BothFinality;
import io.attestgate.policy.finality.DevnetFinality;
import io.attestgate.policy.finality.Disagreements;
import io.attestgate.policy.finality.FinalitySource;
import io.attestgate.policy.finality.QuorumFinality;
import io.attestgate.policy.read.PinnedContract;
import io.attestgate.policy.read.ProvenSource;
import io.attestgate.policy.read.ReadingListener;
import io.attestgate.policy.rpc.JsonRpc;
import io.attestgate.policy.rpc.ProofEndpoints;
import io.attestgate.proxy.bootstrap.ChainAnchor;
import io.attestgate.proxy.bootstrap.EndpointConnection;
import io.attestgate.proxy.bootstrap.LightClientTrust;
import io.attestgate.proxy.bootstrap.RpcEndpoint;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The reader of the policy with the finality and the endpoints that a bootstrap file asks for, and
 * how they stand.
 *
 * <p>Nothing is sent before the first reading.
 */
public final class ChainConnection implements AutoCloseable {
    private final ProvenSource source;
    private final Optional<Endpoints> endpoints;
    private final Optional<Disagreements> disagreements;
    private final Optional<LightClientFinality> lightClient;

    private ChainConnection(
            ProvenSource source,
            Optional<Endpoints> endpoints,
            Optional<Disagreements> disagreements,
            Optional<LightClientFinality> lightClient) {
        this.source = source;
        this.endpoints = endpoints;
        this.disagreements = disagreements;
        this.lightClient = lightClient;
    }

    /**
     * Opens it.
     *
     * @param kept what outlives a restart
     * @param clock the latest that is known: it ends the checkpoint's age
     * @param listener is told of long work
     */
    public static ChainConnection open(
            ChainAnchor chain, Kept kept, InstantSource clock, ReadingListener listener) {
        return switch (chain.trust()) {
            case DEVNET -> devnet(chain, kept, listener);
            case QUORUM -> {
                Endpoints endpoints = endpoints(chain, clock);
                QuorumFinality quorum = quorum(chain, endpoints);
                yield new ChainConnection(
                        source(chain, quorum, endpoints, kept, listener),
                        Optional.of(endpoints),
                        Optional.of(quorum.disagreements()),
                        Optional.empty());
            }
            case LIGHT_CLIENT -> {
                Endpoints endpoints = endpoints(chain, clock);
                LightClientFinality client = lightClient(chain, endpoints, kept, clock);
                yield new ChainConnection(
                        source(chain, client, endpoints, kept, listener),
                        Optional.of(endpoints),
                        Optional.empty(),
                        Optional.of(client));
            }
            case BOTH -> {
                Endpoints endpoints = endpoints(chain, clock);
                QuorumFinality quorum = quorum(chain, endpoints);
                LightClientFinality client = lightClient(chain, endpoints, kept, clock);
                FinalitySource both = new BothFinality(quorum, client);
                yield new ChainConnection(
                        source(chain, both, endpoints, kept, listener),
                        Optional.of(endpoints),
                        Optional.of(quorum.disagreements()),
                        Optional.of(client));
            }
        };
    }

    /** The reader, closed with this. */
    public ProvenSource source() {
        return source;
    }

    /** How each endpoint stands; none in devnet trust, whose one endpoint is never set aside. */
    public List<EndpointStatus> endpoints() {
        return endpoints.map(Endpoints::status).orElse(List.of());
    }

    /** How often endpoints disagreed; empty where none has a voice. */
    public Optional<Disagreements> disagreements() {
        return disagreements;
    }

    /** What each beacon node failed by when it was asked last, by host and port; no others. */
    public Map<String, String> beaconFailures() {
        Map<String, String> failures = new TreeMap<>();
        lightClient
                .map(LightClientFinality::failures)
                .orElse(Map.of())
                .forEach((base, why) -> failures.put(host(URI.create(base)), why.getMessage()));
        return failures;
    }

    @Override
    public void close() {
        source.close();
    }

    private static ChainConnection devnet(ChainAnchor chain, Kept kept, ReadingListener listener) {
        JsonRpc rpc = EndpointConnection.open(chain.rpc().getFirst());
        FinalitySource finality = new DevnetFinality(chain.chainId(), rpc);
        return new ChainConnection(
                source(chain, finality, ProofEndpoints.of(rpc), kept, listener),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static ProvenSource source(
            ChainAnchor chain,
            FinalitySource finality,
            ProofEndpoints endpoints,
            Kept kept,
            ReadingListener listener) {
        return new ProvenSource(
                new PinnedContract(chain.chainId(), chain.contract(), chain.codeHash()),
                finality,
                endpoints,
                chain.documents(),
                kept.anchor(),
                listener);
    }

    private static QuorumFinality quorum(ChainAnchor chain, Endpoints endpoints) {
        return new QuorumFinality(endpoints, chain.quorum().orElseThrow(), chain.chainId());
    }

    private static LightClientFinality lightClient(
            ChainAnchor chain, ProofEndpoints headers, Kept kept, InstantSource clock) {
        LightClientTrust trust = chain.lightClient().orElseThrow();
        List<BeaconApi> beacons = new ArrayList<>();
        for (RpcEndpoint beacon : trust.beacons()) {
            beacons.add(EndpointConnection.openBeacon(beacon));
        }
        return new LightClientFinality(
                trust.settings(), beacons, headers, kept.checkpoint(), clock);
    }

    private static Endpoints endpoints(ChainAnchor chain, InstantSource clock) {
        List<RpcEndpoint> rpc = chain.rpc();
        List<Endpoint> opened =
                IntStream.range(0, rpc.size())
                        .mapToObj(
                                i ->
                                        new Endpoint(
                                                name(rpc, i),
                                                EndpointConnection.open(rpc.get(i)),
                                                clock))
                        .toList();
        return new Endpoints(opened);
    }

    /** Host and port, since a path may hold a secret; a number too where two have the same. */
    private static String name(List<RpcEndpoint> rpc, int index) {
        String name = host(rpc.get(index).url());
        long same = rpc.stream().filter(other -> host(other.url()).equals(name)).count();
        return same == 1 ? name : name + "#" + (index + 1);
    }

    private static String host(URI url) {
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }
}

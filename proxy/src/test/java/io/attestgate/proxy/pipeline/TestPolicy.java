package io.attestgate.proxy.pipeline;

import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.Halt;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.policy.snapshot.Enforcer;
import io.attestgate.policy.snapshot.Grounds;
import io.attestgate.policy.snapshot.Snapshot;
import io.attestgate.policy.snapshot.SnapshotBuilder;
import io.attestgate.proxy.route.RouteTable;
import io.attestgate.wire.Address;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A policy in the making: documents by name, as the chain would hold them. One thread. */
public final class TestPolicy {
    private static final String GATEWAY =
            """
            {"domain":"","authorities":["https://ca.example/dir"],
             "evidence":{"atLeast":1,"require":[{"kind":"simulated","roots":["development"]}]},
             "instances":"any","platforms":["simulated"],"rollbackRisk":"accepted",
             "tcbStates":["unjudged"]}\
            """;

    private static final int DOCUMENT_BYTES_MAX = 24_575;

    private Instant blockTime;
    private final Map<PolicyName, NameEntry> names = new TreeMap<>();
    private final SnapshotBuilder builder =
            new SnapshotBuilder(Enforcer.simulated(Enforcer.Rollback.UNPROTECTED));
    private RouteTable table = RouteTable.empty();
    private long epoch;
    private Grounds grounds = Grounds.fulfilled();

    public TestPolicy(Instant blockTime) {
        this.blockTime = blockTime;
        names.put(PolicyName.GATEWAY, NameEntry.published(document(GATEWAY)));
    }

    /** Everything of {@code host} goes to that port of loopback. */
    public TestPolicy host(String host, int port) {
        return host(host, port, "");
    }

    /** The same, with more members in the document. */
    public TestPolicy host(String host, int port, String more) {
        return routes(
                host,
                """
                [{"match":{"path":{"prefix":"/"}},
                  "upstreams":[{"url":"http://127.0.0.1:%d","upstreamTls":"none-accepted"}]}]\
                """
                        .formatted(port),
                more);
    }

    /** These routes; {@code more} members begin with a comma, if there are any. */
    public TestPolicy routes(String host, String routes, String more) {
        String json =
                """
                {"domain":"%s","certificate":{"authorities":["https://ca.example/dir"],
                 "challenges":["tls-alpn-01"]},"routes":%s%s}\
                """
                        .formatted(host, routes, more);
        names.put(name(host), NameEntry.published(document(json)));
        return this;
    }

    /** A document that nobody can enforce. */
    public TestPolicy broken(String host) {
        names.put(name(host), NameEntry.published(document("{\"nonsense\":1}")));
        return this;
    }

    public TestPolicy withdrawn(String host) {
        names.put(
                name(host),
                new NameEntry(
                        NameEntry.Status.WITHDRAWN,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        return this;
    }

    /** Halts what was published before. */
    public TestPolicy halted(String host, Halt halt) {
        NameEntry entry = names.get(name(host));
        names.put(
                name(host),
                new NameEntry(
                        NameEntry.Status.PUBLISHED,
                        entry == null ? Optional.empty() : entry.document(),
                        Optional.empty(),
                        Optional.of(halt)));
        return this;
    }

    /** Read at a block of that time from now on. */
    public TestPolicy at(Instant later) {
        blockTime = later;
        return this;
    }

    /** On what it permits anything from now on. */
    public TestPolicy on(Grounds newer) {
        grounds = newer;
        return this;
    }

    /** The table of what was said so far, made from the one before. */
    public RouteTable table() {
        epoch++;
        PolicyPoint point =
                new PolicyPoint(
                        31337, Address.ZERO, epoch, Hash32.ZERO, epoch, Hash32.ZERO, blockTime);
        Snapshot next = builder.next(table.snapshot(), PolicyReading.of(point, names)).on(grounds);
        if (!next.gatewayFaults().isEmpty()) {
            throw new AssertionError(next.gatewayFaults().toString());
        }
        table = RouteTable.compile(next, table);
        return table;
    }

    private static PolicyName name(String host) {
        return PolicyName.parse(host).orElseThrow();
    }

    private static StoredDocument document(String json) {
        Json value =
                JsonReader.parse(json.getBytes(StandardCharsets.UTF_8), DOCUMENT_BYTES_MAX)
                        .toOptional()
                        .orElseThrow();
        return StoredDocument.of(CanonicalJson.write(value));
    }
}

package io.attestgate.client;

import io.attestgate.client.chain.BlockFacts;
import io.attestgate.client.chain.ContractQuestion;
import io.attestgate.client.chain.ContractReading;
import io.attestgate.client.chain.MeasurementTrust;
import io.attestgate.client.chain.OwnView;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import io.attestgate.wire.Parsed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;

/** What a reader of the tests knows by itself, and what it holds an endpoint to. */
final class TestReader {
    static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    static final Hostname HOST = new Hostname("app.verify.localhost");
    static final Hash32 HOST_DOCUMENT = hash("host document");
    static final Hash32 GATEWAY_DOCUMENT = hash("gateway document");
    static final Address CONTRACT = Address.of(new byte[Address.SIZE_BYTES]);
    static final BlockFacts CLAIMED = new BlockFacts(100, hash("block 100"), NOW.minusSeconds(24));
    static final BlockFacts NEWEST = new BlockFacts(102, hash("block 102"), NOW.minusSeconds(2));

    private TestReader() {}

    static ContractReading reading(long epoch) {
        LinkedHashMap<PolicyName, Hash32> hosts = new LinkedHashMap<>();
        hosts.put(PolicyName.of(HOST), HOST_DOCUMENT);
        hosts.put(new PolicyName("*.verify.localhost"), hash("wildcard document"));
        return new ContractReading(
                31337,
                NEWEST,
                epoch,
                head(epoch),
                Optional.of(CLAIMED),
                head(3),
                GATEWAY_DOCUMENT,
                hosts,
                Optional.empty());
    }

    static ContractReading withClaimedBlock(ContractReading own, Optional<BlockFacts> block) {
        return new ContractReading(
                own.chainId(),
                own.newest(),
                own.epoch(),
                own.head(),
                block,
                own.headAtClaimedEpoch(),
                own.gatewayDocument(),
                own.hostDocuments(),
                own.measurement());
    }

    static Expectations toRegistry(
            Optional<Instant> allowed, Optional<Instant> until, Optional<Instant> revoked) {
        ContractReading own = reading(3);
        return toContract(
                new ContractReading(
                        own.chainId(),
                        own.newest(),
                        own.epoch(),
                        own.head(),
                        own.claimedBlock(),
                        own.headAtClaimedEpoch(),
                        own.gatewayDocument(),
                        own.hostDocuments(),
                        Optional.of(new MeasurementTrust(CONTRACT, allowed, until, revoked))));
    }

    static Expectations toContract(ContractReading own) {
        return toContract(Parsed.good(own));
    }

    static Expectations toContract(Parsed<ContractReading> own) {
        return to(CONTRACT, own);
    }

    static Expectations toContract(Address other) {
        return to(other, Parsed.good(reading(3)));
    }

    private static Expectations to(Address contract, Parsed<ContractReading> own) {
        OwnView view =
                new OwnView() {
                    @Override
                    public String restsOn() {
                        return "a test";
                    }

                    @Override
                    public Parsed<ContractReading> read(ContractQuestion question) {
                        return own;
                    }
                };
        ContractAnchor anchor = new ContractAnchor(contract, view, ContractAnchor.BEHIND_MAX);
        return new Expectations(Set.of("simulated"), Optional.of(anchor), Set.of(), Set.of());
    }

    static Expectations toMeasurement(Hash32 measurement) {
        return new Expectations(
                Set.of("simulated"), Optional.empty(), Set.of(measurement), Set.of());
    }

    static Expectations toPin(Hash32 pin) {
        return new Expectations(Set.of("simulated"), Optional.empty(), Set.of(), Set.of(pin));
    }

    static Expectations simulatedAllowed() {
        return new Expectations(Set.of("simulated"), Optional.empty(), Set.of(), Set.of());
    }

    static Hash32 head(long epoch) {
        return hash("head " + epoch);
    }

    static Hash32 hash(String text) {
        return Hash32.of(Digests.sha256(text.getBytes(StandardCharsets.US_ASCII)));
    }
}

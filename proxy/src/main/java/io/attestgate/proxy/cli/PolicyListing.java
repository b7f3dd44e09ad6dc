package io.attestgate.proxy.cli;

import io.attestgate.policy.document.PolicyDocuments;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.Dependencies;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.policy.snapshot.PolicyCheck;
import io.attestgate.wire.Address;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Everything that a contract held at one block, for people and for programs. */
final class PolicyListing {
    private PolicyListing() {}

    static void print(PolicyReading reading, Output output) {
        PolicyPoint point = reading.point();
        output.line("GatewayPolicy %s on chain %d".formatted(point.contract(), point.chainId()));
        output.value("block", "%d, %s".formatted(point.block(), point.blockTime()));
        output.value("block hash", point.blockHash().toString());
        output.value("final by", reading.justification());
        output.value("proven", "account, code and every slot, under that block's state root");
        output.value("epoch", String.valueOf(point.epoch()));
        output.value("head", point.head().toString());
        contracts(reading.dependencies())
                .forEach((role, address) -> output.value(role, address.toString()));
        reading.names()
                .forEach(
                        (name, entry) -> {
                            output.line(title(name) + ": " + describe(entry));
                            faults(reading, name, entry)
                                    .forEach(fault -> output.value("FAULT", fault.toString()));
                        });
    }

    static Json json(PolicyReading reading) {
        PolicyPoint point = reading.point();
        return Json.object(
                "chainId", point.chainId(),
                "contract", point.contract().toString(),
                "block", point.block(),
                "blockHash", point.blockHash().toString(),
                "blockTime", point.blockTime().toString(),
                "justification", reading.justification(),
                "contracts", contractsJson(reading.dependencies()),
                "epoch", point.epoch(),
                "head", point.head().toString(),
                "names",
                        new Json.Arr(
                                reading.names().entrySet().stream()
                                        .map(e -> json(reading, e.getKey(), e.getValue()))
                                        .toList()));
    }

    /** The other contracts that the policy names, by what they are for. */
    private static Map<String, Address> contracts(Dependencies named) {
        Map<String, Address> contracts = new LinkedHashMap<>();
        named.measurementRegistry().ifPresent(a -> contracts.put("measurements", a));
        named.enclaveRegistry().ifPresent(a -> contracts.put("enclaves", a));
        named.heartbeat().ifPresent(a -> contracts.put("heartbeat", a));
        named.successor().ifPresent(a -> contracts.put("successor", a));
        return contracts;
    }

    private static Json contractsJson(Dependencies named) {
        Map<String, Json> members = new LinkedHashMap<>();
        contracts(named).forEach((role, at) -> members.put(role, new Json.Text(at.toString())));
        return new Json.Obj(members);
    }

    private static Json json(PolicyReading reading, PolicyName name, NameEntry entry) {
        return Json.object(
                "name", name.value(),
                "status", word(entry.status()),
                "document", orNull(entry.document().map(d -> d.hash().toString())),
                "controller", orNull(entry.controller().map(Address::toString)),
                "haltedUntil", orNull(haltEnd(reading, entry)),
                "faults",
                        Json.Arr.of(
                                faults(reading, name, entry).stream()
                                        .map(Fault::toString)
                                        .toList()));
    }

    private static String title(PolicyName name) {
        return name.isGateway() ? "the gateway" : name.value();
    }

    private static String describe(NameEntry entry) {
        List<String> parts = new ArrayList<>();
        parts.add(word(entry.status()));
        entry.document().ifPresent(d -> parts.add("document %s".formatted(d.hash())));
        entry.controller().ifPresent(c -> parts.add("controlled by " + c));
        entry.halt()
                .ifPresent(h -> parts.add("newest halt %s to %s".formatted(h.start(), h.until())));
        return String.join(", ", parts);
    }

    /** What gateways refuse in a document, by itself and within the gateway's. */
    private static List<Fault> faults(PolicyReading reading, PolicyName name, NameEntry entry) {
        if (entry.document().isEmpty()) {
            return List.of();
        }
        byte[] bytes = entry.document().get().bytes();
        if (name.isGateway()) {
            return PolicyDocuments.parseGateway(bytes).faults();
        }
        Optional<byte[]> gateway =
                Optional.ofNullable(reading.names().get(PolicyName.GATEWAY))
                        .flatMap(NameEntry::document)
                        .map(StoredDocument::bytes)
                        .filter(g -> PolicyDocuments.parseGateway(g).faults().isEmpty());
        return gateway.isPresent()
                ? PolicyCheck.check(name, bytes, gateway.get()).faults()
                : PolicyDocuments.parseDomain(name, bytes).faults();
    }

    /** The end of a halt of this very name that stands at the block. */
    private static Optional<String> haltEnd(PolicyReading reading, NameEntry entry) {
        return entry.halt()
                .filter(halt -> halt.stands(reading.point().blockTime()))
                .map(halt -> halt.until().toString());
    }

    private static String word(NameEntry.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static Json orNull(Optional<String> text) {
        return text.<Json>map(Json.Text::new).orElse(new Json.Null());
    }
}

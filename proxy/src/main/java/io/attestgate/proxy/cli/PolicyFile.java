package io.attestgate.proxy.cli;

import io.attestgate.policy.document.PolicyDocuments;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.snapshot.PolicyCheck;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A policy document as a person keeps it in a file: JSON in any layout, which the contract holds in
 * canonical form only.
 *
 * @param name of the slot it is for
 * @param json what it says
 * @param isCanonical whether the file has the very bytes that the contract would hold
 */
record PolicyFile(PolicyName name, Json json, boolean isCanonical) {
    /** Layout may cost a file several times its canonical size. */
    private static final int FILE_BYTES_MAX = 8 * PolicyDocuments.DOCUMENT_BYTES_MAX;

    /**
     * Reads a file.
     *
     * @param name the slot; empty to take the document's own {@code domain}, and the gateway's slot
     *     for a document without one
     * @throws CommandException if it is no JSON
     */
    static PolicyFile open(Path file, Optional<PolicyName> name) throws CommandException {
        byte[] bytes = Files.read("FILE", file, FILE_BYTES_MAX);
        return switch (JsonReader.parse(bytes, FILE_BYTES_MAX)) {
            case Parsed.Bad<Json> bad -> throw new CommandException(bad.faults());
            case Parsed.Good<Json> good -> {
                Json json = good.value();
                boolean isCanonical = Arrays.equals(bytes, CanonicalJson.write(json));
                yield new PolicyFile(
                        name.isPresent() ? name.get() : ownName(json), json, isCanonical);
            }
        };
    }

    /** The bytes that the contract would hold. */
    byte[] canonicalBytes() {
        return CanonicalJson.write(json);
    }

    /** Keccak-256 of these bytes: what the contract's slot says, and what voters compare. */
    Hash32 hash() {
        return Hash32.of(Digests.keccak256(canonicalBytes()));
    }

    /** What a gateway would refuse in it, by itself. */
    List<Fault> faults() {
        return name.isGateway()
                ? PolicyDocuments.parseGateway(canonicalBytes()).faults()
                : PolicyDocuments.parseDomain(name, canonicalBytes()).faults();
    }

    /** What a gateway whose own document is {@code gateway} would refuse in it. */
    List<Fault> faultsWithin(PolicyFile gateway) {
        return PolicyCheck.check(name, canonicalBytes(), gateway.canonicalBytes()).faults();
    }

    /** The name in words. */
    String title() {
        return title(name);
    }

    static String title(PolicyName name) {
        return name.isGateway() ? "the gateway" : name.value();
    }

    private static PolicyName ownName(Json json) throws CommandException {
        if (!(json instanceof Json.Obj object)
                || !(object.get("domain").orElse(null) instanceof Json.Text domain)) {
            return PolicyName.GATEWAY;
        }
        String rule = Spelling.ruleOf(PolicyName.class).orElseThrow();
        return PolicyName.parse(domain.value())
                .orElseThrow(
                        () ->
                                new CommandException(
                                        List.of(Fault.quoted("$.domain", domain.value(), rule))));
    }
}

package io.attestgate.policy.snapshot;

import io.attestgate.policy.document.Documents;
import io.attestgate.policy.document.PolicyName;
import io.attestgate.policy.read.Halt;
import io.attestgate.policy.read.NameEntry;
import io.attestgate.policy.read.NameEntry.Status;
import io.attestgate.policy.read.PolicyPoint;
import io.attestgate.policy.read.PolicyReading;
import io.attestgate.policy.read.StoredDocument;
import io.attestgate.wire.Address;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Readings as a test writes them: names and their documents at a time after {@link #START}. */
public final class Policies {
    public static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    static final Enforcer SIMULATED = Enforcer.simulated(Enforcer.Rollback.TRUSTED_REGISTER);

    private final Map<PolicyName, NameEntry> names = new TreeMap<>();

    /** The full gateway's document of the tests and one domain. */
    public static Policies usual() {
        return new Policies().with("", Documents.gateway()).with("app.example", Documents.domain());
    }

    /** The full domain document for another name. */
    static Json domain(String name) {
        return Documents.with(Documents.domain(), "$.domain", "\"" + name + "\"");
    }

    Policies with(String name, Json document) {
        return with(name, Documents.bytes(document));
    }

    Policies with(String name, byte[] document) {
        return with(name, NameEntry.published(StoredDocument.of(document)));
    }

    Policies with(String name, NameEntry entry) {
        names.put(new PolicyName(name), entry);
        return this;
    }

    Policies withdrawn(String name) {
        return with(
                name,
                new NameEntry(
                        Status.WITHDRAWN, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    Policies halted(String name, Halt halt) {
        NameEntry entry =
                names.getOrDefault(
                        new PolicyName(name),
                        new NameEntry(
                                Status.LISTED,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
        return with(
                name,
                new NameEntry(
                        entry.status(), entry.document(), entry.controller(), Optional.of(halt)));
    }

    public PolicyReading after(Duration sinceStart) {
        long seconds = sinceStart.toSeconds();
        Hash32 hash = hash("block " + seconds);
        return PolicyReading.of(
                new PolicyPoint(
                        1, Address.ZERO, 1, hash("head"), seconds, hash, START.plus(sinceStart)),
                names);
    }

    private static Hash32 hash(String text) {
        return Hash32.of(Digests.keccak256(text.getBytes(StandardCharsets.UTF_8)));
    }
}

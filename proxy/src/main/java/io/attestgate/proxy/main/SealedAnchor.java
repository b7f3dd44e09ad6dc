package io.attestgate.proxy.main;

import io.attestgate.attest.seal.Compartment;
import io.attestgate.policy.read.AnchorStore;
import io.attestgate.policy.read.PolicyAnchor;
import io.attestgate.wire.Address;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** The reader's anchor in the sealed store, as canonical JSON, in a compartment of its own. */
final class SealedAnchor implements AnchorStore {
    private static final String NAME = "anchor";
    private static final int SIZE_BYTES_MAX = 4096;

    /** Of the form in which it is kept. */
    private static final long VERSION = 1;

    private final SealedFile file;

    SealedAnchor(Compartment compartment) {
        this.file = new SealedFile(compartment, NAME);
    }

    @Override
    public Optional<PolicyAnchor> load() throws IOException {
        return file.load(SealedAnchor::parse);
    }

    @Override
    public void store(PolicyAnchor anchor) throws IOException {
        file.store(CanonicalJson.write(json(anchor)));
    }

    private static Json json(PolicyAnchor anchor) {
        return Json.object(
                "block", anchor.block(),
                "blockHash", anchor.blockHash().toString(),
                "blockTime", anchor.blockTime().getEpochSecond(),
                "chainId", anchor.chainId(),
                "contract", anchor.contract().toString(),
                "epoch", anchor.epoch(),
                "head", anchor.head().toString(),
                "version", VERSION);
    }

    /** What we sealed ourselves is right or the store is broken; it is never half believed. */
    private static PolicyAnchor parse(byte[] bytes) throws IOException {
        Parsed<Json> parsed = JsonReader.parseCanonical(bytes, SIZE_BYTES_MAX);
        if (!(parsed.toOptional().orElse(null) instanceof Json.Obj anchor)) {
            throw new IOException("anchor: no object (expected: what was sealed)");
        }
        if (number(anchor, "version") != VERSION) {
            throw new IOException("anchor: another version (expected: %d)".formatted(VERSION));
        }
        return new PolicyAnchor(
                number(anchor, "chainId"),
                Address.parse(text(anchor, "contract")).orElseThrow(SealedAnchor::broken),
                number(anchor, "epoch"),
                Hash32.parse(text(anchor, "head")).orElseThrow(SealedAnchor::broken),
                number(anchor, "block"),
                Hash32.parse(text(anchor, "blockHash")).orElseThrow(SealedAnchor::broken),
                Instant.ofEpochSecond(number(anchor, "blockTime")));
    }

    private static long number(Json.Obj anchor, String name) throws IOException {
        if (anchor.get(name).orElse(null) instanceof Json.Int number) {
            return number.value();
        }
        throw broken();
    }

    private static String text(Json.Obj anchor, String name) throws IOException {
        if (anchor.get(name).orElse(null) instanceof Json.Text text) {
            return text.value();
        }
        throw broken();
    }

    private static IOException broken() {
        return new IOException("anchor: a field is missing (expected: what was sealed)");
    }
}

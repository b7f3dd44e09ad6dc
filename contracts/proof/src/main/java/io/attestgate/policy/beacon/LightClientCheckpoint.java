package io.attestgate.policy.beacon;

import io.attestgate.policy.beacon.spec.BeaconBlockHeader;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Fault;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import io.attestgate.wire.Parsed;
import java.util.Optional;

/**
 * What of a {@link LightClientStore} outlives a restart: the newest final block. Its root commits
 * to the committees, which are asked for again and believed by it alone.
 *
 * @param network its genesis validators root
 * @param slot of the block
 * @param root of the block
 */
public record LightClientCheckpoint(Hash32 network, long slot, Hash32 root) {
    /** Two hashes, a number and their names. */
    static final int SIZE_BYTES_MAX = 256;

    public LightClientCheckpoint {
        if (slot < 0 || slot > BeaconBlockHeader.SLOT_MAX) {
            throw new IllegalArgumentException("slot: %d (expected: 0 to 2^40)".formatted(slot));
        }
    }

    static LightClientCheckpoint of(LightClientStore store) {
        return new LightClientCheckpoint(
                store.network().genesisValidatorsRoot(),
                store.finalized().beacon().slot(),
                store.finalized().beacon().root());
    }

    /** Canonical JSON, for sealing. */
    public byte[] encode() {
        return CanonicalJson.write(
                Json.object("network", network.toString(), "root", root.toString(), "slot", slot));
    }

    /** Reads what {@link #encode} wrote, and nothing else. */
    public static Parsed<LightClientCheckpoint> decode(byte[] bytes) {
        return JsonReader.parseCanonical(bytes, SIZE_BYTES_MAX)
                .then(
                        json ->
                                fields(json)
                                        .map(Parsed::good)
                                        .orElseGet(
                                                () ->
                                                        Parsed.bad(
                                                                new Fault(
                                                                        "$",
                                                                        json.kind(),
                                                                        "network, root, slot"))));
    }

    private static Optional<LightClientCheckpoint> fields(Json json) {
        if (json instanceof Json.Obj object
                && object.members().size() == 3
                && object.get("slot").orElse(json) instanceof Json.Int(long slot)
                && slot >= 0
                && slot <= BeaconBlockHeader.SLOT_MAX) {
            return hash(object, "network")
                    .flatMap(
                            network ->
                                    hash(object, "root")
                                            .map(
                                                    root ->
                                                            new LightClientCheckpoint(
                                                                    network, slot, root)));
        }
        return Optional.empty();
    }

    private static Optional<Hash32> hash(Json.Obj object, String name) {
        return object.get(name)
                .filter(Json.Text.class::isInstance)
                .flatMap(text -> Hash32.parse(((Json.Text) text).value()));
    }
}

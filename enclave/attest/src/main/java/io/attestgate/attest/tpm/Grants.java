package io.attestgate.attest.tpm;

import io.attestgate.wire.Base64Url;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import io.attestgate.wire.JsonReader;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What may ever have been signed for: sealed before anything is signed.
 *
 * <p>No signature exists for a later epoch than {@code epoch}, and none in that epoch for another
 * version than {@code versions}. So an epoch beyond it is one for which nobody has kept anything.
 *
 * @param epoch 0 before the first
 * @param versions SHA-256 of the values of each version's PCRs
 */
record Grants(long epoch, SortedSet<Hash32> versions) {
    static final Grants NONE = new Grants(0, Collections.emptySortedSet());

    private static final int SIZE_BYTES_MAX = 8 * 1024;

    Grants {
        versions = Collections.unmodifiableSortedSet(new TreeSet<>(versions));
    }

    byte[] toBytes() {
        return CanonicalJson.write(
                Json.object(
                        "epoch",
                        epoch,
                        "versions",
                        new Json.Arr(
                                versions.stream()
                                        .<Json>map(v -> new Json.Text(Base64Url.write(v.bytes())))
                                        .toList())));
    }

    /** Reads what {@link #toBytes} wrote, and this code sealed; anything else is a bug. */
    static Grants parse(byte[] json) {
        Json.Obj object =
                (Json.Obj) JsonReader.parse(json, SIZE_BYTES_MAX).toOptional().orElseThrow();
        SortedSet<Hash32> versions = new TreeSet<>();
        for (Json version : ((Json.Arr) required(object, "versions")).elements()) {
            Optional<byte[]> digest = Base64Url.parse(((Json.Text) version).value());
            versions.add(Hash32.of(digest.orElseThrow()));
        }
        return new Grants(((Json.Int) required(object, "epoch")).value(), versions);
    }

    private static Json required(Json.Obj object, String name) {
        return object.get(name).orElseThrow();
    }
}

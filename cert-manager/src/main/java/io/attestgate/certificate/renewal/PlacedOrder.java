package io.attestgate.certificate.renewal;

import io.attestgate.certificate.account.SealedJson;
import io.attestgate.certificate.account.SealedStateException;
import io.attestgate.wire.CanonicalJson;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Json;
import java.net.URI;
import java.time.Instant;

/**
 * An order that an authority has taken, sealed before anything else is done with it.
 *
 * @param authority its directory
 * @param location the order's own URL
 * @param spki the key it is for
 * @param placedAt by our clock
 */
record PlacedOrder(URI authority, URI location, Hash32 spki, Instant placedAt) {
    byte[] toSealed() {
        return CanonicalJson.write(
                Json.object(
                        "authority", authority.toString(),
                        "location", location.toString(),
                        "spki", spki.toString(),
                        "placedAt", placedAt.toString()));
    }

    static PlacedOrder ofSealed(String entry, byte[] sealed) throws SealedStateException {
        SealedJson json = SealedJson.parse(entry, sealed);
        return new PlacedOrder(
                json.uri("authority"),
                json.uri("location"),
                Hash32.parse(json.text("spki")).orElseThrow(() -> json.wrong("spki", "a hash")),
                json.instant("placedAt"));
    }
}

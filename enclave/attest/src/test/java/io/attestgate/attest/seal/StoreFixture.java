package io.attestgate.attest.seal;

import io.attestgate.attest.disk.Disk;
import io.attestgate.attest.platform.Platform;
import io.attestgate.attest.secret.SecretMemory;
import io.attestgate.attest.simulated.SimulatedPlatform;
import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Stores of one code and one bootstrap file, and what is in them as text. */
final class StoreFixture {
    static final Hash32 CODE = hash("code");
    static final Hash32 CONFIG = hash("config");
    static final Purpose TLS = Purpose.tls(new Hostname("a.example"));

    private StoreFixture() {}

    static Hash32 hash(String text) {
        return Hash32.of(Digests.sha256(bytes(text)));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Platform platform(Disk disk) {
        return SimulatedPlatform.of(CODE, disk, CONFIG);
    }

    @SuppressWarnings("MustBeClosedChecker") // Each test closes what it opens.
    static SealedStore open(Disk disk) throws SealException, IOException {
        return SealedStore.open(disk, () -> {}, platform(disk), CONFIG);
    }

    static Changes put(Map<String, String> texts) {
        Changes changes = Changes.none();
        texts.forEach((name, text) -> changes.put(name, bytes(text)));
        return changes;
    }

    static Optional<String> text(Compartment compartment, String name) throws SealException {
        Optional<SecretMemory> secret = compartment.open(name);
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        try (SecretMemory open = secret.get()) {
            return Optional.of(open.lend(heap -> new String(heap, StandardCharsets.UTF_8)));
        }
    }

    /** Everything in a store, each as {@code purpose:name}. */
    static Map<String, String> contents(SealedStore store) throws SealException {
        Map<String, String> all = new TreeMap<>();
        for (Purpose purpose : store.purposes()) {
            Compartment compartment = store.compartment(purpose);
            for (String name : compartment.names()) {
                all.put(purpose + ":" + name, text(compartment, name).orElseThrow());
            }
        }
        return all;
    }
}

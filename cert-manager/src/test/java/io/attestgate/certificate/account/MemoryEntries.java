package io.attestgate.certificate.account;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sealed entries without a seal: they outlive the keeper that wrote them, as a disk does. */
public final class MemoryEntries implements SealedEntries {
    private final Map<String, byte[]> values = new HashMap<>();

    @Override
    public synchronized Optional<byte[]> read(String name) {
        return Optional.ofNullable(values.get(name)).map(byte[]::clone);
    }

    @Override
    public synchronized void commit(Changes changes) {
        changes.byName()
                .forEach(
                        (name, change) -> {
                            switch (change) {
                                case Change.Put put -> values.put(name, put.value().clone());
                                case Change.PutSecret put -> values.put(name, put.value().clone());
                                case Change.Remove remove -> values.remove(name);
                            }
                        });
    }

    public synchronized Map<String, byte[]> values() {
        return Map.copyOf(values);
    }
}

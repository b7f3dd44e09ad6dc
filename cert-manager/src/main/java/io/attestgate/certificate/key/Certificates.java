package io.attestgate.certificate.key;

import io.attestgate.wire.Hostname;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The certificates in use and the keys that come after them, by name.
 *
 * <p>Written by the keeper, read by every thread of the proxy without a lock. What is current stays
 * so until the next is put in its place in one step; what a connection took lives as long as the
 * connection.
 */
public final class Certificates {
    private final InstantSource clock;
    private final Map<Hostname, Keys> byName = new ConcurrentHashMap<>();

    /**
     * @param current what is served; empty before the first certificate
     * @param next the key of the next certificate, published one renewal ahead
     */
    public record Keys(Optional<ServingCertificate> current, Optional<AttestedKey> next) {
        public static final Keys NONE = new Keys(Optional.empty(), Optional.empty());
    }

    public Certificates(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * What to serve for that name; empty if it has none, or one that the clock has ended. The same
     * instance until another takes its place.
     */
    public Optional<ServingCertificate> current(Hostname name) {
        return Optional.ofNullable(byName.get(name))
                .flatMap(Keys::current)
                .filter(certificate -> certificate.isGoodAt(clock.instant()));
    }

    /** The key of the next certificate of that name. */
    public Optional<AttestedKey> next(Hostname name) {
        return Optional.ofNullable(byName.get(name)).flatMap(Keys::next);
    }

    /** Publishes both at once. */
    public void put(Hostname name, Keys keys) {
        byName.put(name, keys);
    }

    /** The name is wanted no more. */
    public void remove(Hostname name) {
        byName.remove(name);
    }
}

package io.attestgate.policy.document;

import io.attestgate.wire.Digests;
import io.attestgate.wire.Hash32;
import io.attestgate.wire.Hostname;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name of a slot of the registry: {@code ""} for the gateway as a whole, a host name, or {@code
 * *.} and a host name.
 *
 * @param value at most 253 characters, exactly as the contract holds it
 */
public record PolicyName(String value) implements Comparable<PolicyName> {
    /** The name of the gateway's own document. */
    public static final PolicyName GATEWAY = new PolicyName("");

    private static final String WILDCARD = "*.";

    /** Takes a name in its one form; anything else is our bug. */
    public PolicyName {
        if (!isCanonical(value)) {
            throw new IllegalArgumentException(
                    "name: \"%s\" (expected: \"\", a host name or *. and a host name)"
                            .formatted(value));
        }
    }

    /** Reads a name that is already in its one form; empty for any other text. */
    public static Optional<PolicyName> parse(String text) {
        return isCanonical(text) ? Optional.of(new PolicyName(text)) : Optional.empty();
    }

    /** The name of exactly this host. */
    public static PolicyName of(Hostname host) {
        return new PolicyName(host.value());
    }

    /** The name of the wildcard that serves the hosts one label below {@code base}, if one fits. */
    public static Optional<PolicyName> wildcardBelow(Hostname base) {
        return parse(WILDCARD + base.value());
    }

    public boolean isGateway() {
        return value.isEmpty();
    }

    public boolean isWildcard() {
        return value.startsWith(WILDCARD);
    }

    /** The host, or the one that the wildcard stands below; empty for the gateway. */
    public Optional<Hostname> base() {
        if (isGateway()) {
            return Optional.empty();
        }
        return Optional.of(new Hostname(isWildcard() ? value.substring(2) : value));
    }

    /** keccak256 of the name's bytes: its key in the contract's mappings and its nameHash. */
    public Hash32 hash() {
        return Hash32.of(Digests.keccak256(value.getBytes(StandardCharsets.US_ASCII)));
    }

    private static boolean isCanonical(String value) {
        if (value.isEmpty()) {
            return true;
        }
        String base = value.startsWith(WILDCARD) ? value.substring(2) : value;
        return value.length() <= Hostname.LENGTH_CHARS_MAX
                && Hostname.parse(base).filter(host -> host.value().equals(base)).isPresent();
    }

    @Override
    public int compareTo(PolicyName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
